//! Signs and words that say on which side of a number the allowed values lie.

/// Which values a requirement allows around its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Comparator {
    pub(super) side: Side,
    /// Whether the number itself is allowed.
    pub(super) inclusive: bool,
}

/// The side of the allowed values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The number is the least: ≥, >.
    Above,
    /// The number is the most: ≤, <.
    Below,
}

/// Words that allow the number itself.
const AT_LEAST: &[&str] = &["至少", "最少", "最小", "最低"];
const AT_MOST: &[&str] = &["至多", "最多", "最大", "最高"];
/// Words that do not, unless 等于 follows or 不 stands before.
const MORE: &[&str] = &["大于", "超过", "超出", "高于", "多于", "长于"];
const LESS: &[&str] = &["小于", "低于", "少于", "短于"];
/// 民法典 article 1259: 不满 does not include the number.
const UNDER: &[&str] = &["不足", "不满", "未满"];
/// Words between 不 and the comparison, 不得大于.
const MODAL: &[&str] = &["允许", "应", "得", "能", "可", "宜", "会", "准", "许"];

/// Reads a comparison where a text starts with one, and gives the rest of the text.
pub(super) fn take_comparator(text: &[char]) -> Option<(Comparator, &[char])> {
    take_symbol(text).or_else(|| take_word(text))
}

/// Reads `≥`, `>=`, `=>`, `>` and their opposites.
pub(super) fn take_symbol(text: &[char]) -> Option<(Comparator, &[char])> {
    let (side, inclusive, rest) = match text {
        ['≥', rest @ ..] | ['>', '=', rest @ ..] | ['=', '>', rest @ ..] => (Side::Above, true, rest),
        ['≤', rest @ ..] | ['<', '=', rest @ ..] | ['=', '<', rest @ ..] => (Side::Below, true, rest),
        ['>', rest @ ..] => (Side::Above, false, rest),
        ['<', rest @ ..] => (Side::Below, false, rest),
        _ => return None,
    };
    Some((Comparator { side, inclusive }, rest))
}

fn take_word(text: &[char]) -> Option<(Comparator, &[char])> {
    for (words, side, inclusive) in [
        (AT_LEAST, Side::Above, true),
        (AT_MOST, Side::Below, true),
        (UNDER, Side::Below, false),
    ] {
        if let Some(rest) = take_any(text, words) {
            return Some((Comparator { side, inclusive }, rest));
        }
    }
    if let ['不', rest @ ..] = text {
        let rest = take_any(rest, MODAL).unwrap_or(rest);
        let (side, rest) = take_strict(rest)?;
        // 不大于等于 is a slip of the pen that can mean either.
        return take_equal(rest).is_none().then_some((
            Comparator {
                side: side.opposite(),
                inclusive: true,
            },
            rest,
        ));
    }
    let (side, rest) = take_strict(text)?;
    let (inclusive, rest) = take_equal(rest).map_or((false, rest), |rest| (true, rest));
    Some((Comparator { side, inclusive }, rest))
}

fn take_strict(text: &[char]) -> Option<(Side, &[char])> {
    let above = take_any(text, MORE).map(|rest| (Side::Above, rest));
    above.or_else(|| take_any(text, LESS).map(|rest| (Side::Below, rest)))
}

fn take_equal(text: &[char]) -> Option<&[char]> {
    take_any(text, &["或等于", "或者等于", "等于"])
}

/// The rest of a text that starts with one of some words.
pub(super) fn take_any<'t>(text: &'t [char], words: &[&str]) -> Option<&'t [char]> {
    words.iter().find_map(|word| {
        let (start, rest) = text.split_at_checked(word.chars().count())?;
        start.iter().copied().eq(word.chars()).then_some(rest)
    })
}

impl Side {
    pub(super) fn opposite(self) -> Self {
        match self {
            Self::Above => Self::Below,
            Self::Below => Self::Above,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs_of_the_four_comparisons() {
        let table: [(Side, bool, &[&str]); 4] = [
            (
                Side::Above,
                true,
                &[
                    "≥",
                    ">=",
                    "=>",
                    "不小于",
                    "不低于",
                    "不少于",
                    "不应小于",
                    "不得低于",
                    "不宜少于",
                    "不允许低于",
                    "至少",
                    "最低",
                    "大于等于",
                    "大于或等于",
                    "高于或者等于",
                ],
            ),
            (Side::Above, false, &[">", "大于", "高于", "超过", "多于"]),
            (
                Side::Below,
                true,
                &[
                    "≤",
                    "<=",
                    "=<",
                    "不大于",
                    "不超过",
                    "不高于",
                    "不得超过",
                    "不应大于",
                    "不能超过",
                    "至多",
                    "最多",
                    "小于等于",
                    "小于或等于",
                    "低于或等于",
                ],
            ),
            (Side::Below, false, &["<", "小于", "低于", "少于", "不足", "未满"]),
        ];
        for (side, inclusive, words) in table {
            for word in words {
                let text: Vec<char> = format!("{word}5").chars().collect();
                let read = take_comparator(&text);
                assert_eq!(read, Some((Comparator { side, inclusive }, &['5'][..])), "{word}");
            }
        }
        for none in ["", "不", "不得", "不大于等于5", "等于5", "应5", "大5"] {
            let text: Vec<char> = none.chars().collect();
            assert_eq!(take_comparator(&text), None, "{none}");
        }
    }
}
