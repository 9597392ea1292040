//! What may stand before and behind the numbers of a requirement without changing what they say.

use super::comparator::{take_any, take_symbol};
use super::number::skip_blank;
use super::unit::Unit;
use super::unit_text::take_unit;
use crate::value::folding::is_han;

/// Words that turn a comparison round: 不得有大于5 mm的裂纹 does not ask for more than 5 mm.
const REFUSALS: &[&str] = &[
    "不允许",
    "不得",
    "不应",
    "不能",
    "不可",
    "不准",
    "不许",
    "不宜",
    "禁止",
    "没有",
    "未",
    "除外",
];
/// What the text before the numbers must not end with, for the same reason.
const REFUSING_ENDS: &[&str] = &["无", "不", "有", "允许", "非"];
/// Words that make a number approximate.
const ROUGHLY: &[&str] = &["约", "大约", "左右", "接近", "近似", "上下"];
/// Words that make a comparison a condition of something else: 大于5 mm的裂纹, ≥5 kg时.
const CONDITIONS: &[&str] = &["的", "时", "者", "处", "则", "以", "后", "前"];

/// How much of a requirement its numbers say by themselves: the less, the less may stand around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A number alone: only words like 为 may stand before it.
    Bare,
    /// A range or a deviation.
    Range,
    /// A comparison.
    Compared,
}

/// Whether the text before the numbers is a name, 抗拉强度应, and not a part of what is asked. Digits are parts of names
/// there, PM2.5: the reader stops at all others.
pub(super) fn is_introduction(before: &[char], form: Form) -> bool {
    let text: String = before.iter().collect();
    let text = text.trim_end_matches([' ', ':', ';', ',']);
    let refuses = REFUSALS.iter().any(|word| text.contains(word))
        || REFUSING_ENDS.iter().any(|word| text.ends_with(word))
        || ROUGHLY.iter().any(|word| text.ends_with(word))
        || text.contains('或')
        || text.contains(['≈', '≠', '/', '^', '<', '>', '≤', '≥', '±', '「']);
    let latin = || text.chars().any(|one| one.is_ascii_alphabetic()) && !names_acidity(before);
    !refuses
        && match form {
            Form::Compared => true,
            Form::Range => !latin(),
            Form::Bare => {
                text.is_empty() || names_acidity(before) || (text.ends_with(['为', '是', '=']) && !latin())
            }
        }
}

/// Whether the text ends with pH or pH值, which is name and unit in one.
pub(super) fn names_acidity(before: &[char]) -> bool {
    let text: String = before.iter().collect::<String>().to_ascii_lowercase();
    let text = text.trim_end_matches([' ', ':', '=', ';', ',', '应', '为', '在', '(', ')']);
    let text = text.strip_suffix('值').unwrap_or(text);
    text.strip_suffix("ph")
        .is_some_and(|before| !before.ends_with(|one: char| one.is_ascii_alphanumeric()))
}

/// Takes the unit that the name in front has in brackets, `长度(mm)`, `铅/(mg/kg)`, and gives the name without it. A capital
/// alone is an element, `氮(N)`, and a unit in no table is a remark.
pub(super) fn split_unit_of_name(before: &[char]) -> Option<(&[char], Unit)> {
    let last = before
        .iter()
        .rposition(|one| !matches!(one, ' ' | ':' | ';' | ',' | '应' | '为'))?;
    let (name, bracket) = before
        .get(..=last)?
        .split_at_checked(opening_of(before.get(..=last)?)?)?;
    let ['(', inner @ .., ')'] = bracket else {
        return None;
    };
    let (unit, rest) = take_unit(inner);
    if matches!(inner, [letter] if letter.is_ascii_uppercase()) || unit.is_empty() || !rest.is_empty() {
        return None;
    }
    let name = match name {
        // The bracket is a part of a unit that stands outside, W/(m·K).
        [.., letter, '/'] if letter.is_ascii_alphabetic() => return None,
        [name @ .., '/'] => name,
        name => name,
    };
    let unit = Unit::read(&unit);
    (!unit.dimension().is_own()).then_some((name, unit))
}

/// Where the bracket opens that the last character closes.
fn opening_of(text: &[char]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, one) in text.iter().enumerate().rev() {
        match one {
            ')' => depth += 1,
            '(' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return (*one == '(').then_some(at);
        }
    }
    None
}

/// Whether the text behind the numbers is a note: （以干基计）, a closing point, a further clause without numbers.
pub(super) fn is_note(behind: &[char], form: Form, has_unit: bool) -> bool {
    let mut rest = skip_blank(behind);
    while let ['(', inner @ ..] = rest {
        let Some(length) = inner.iter().position(|one| *one == ')') else {
            return false;
        };
        let (inner, after) = inner.split_at_checked(length).unwrap_or_default();
        let numbers_allowed = has_unit && !matches!(inner.first(), Some('+' | '-' | '±'));
        let excludes = matches!(inner, ['不', '含', ..]) || (form == Form::Bare && names_side(inner));
        if excludes || says_more(inner) || (holds_digit(inner) && !numbers_allowed) {
            return false;
        }
        rest = skip_blank(after.get(1..).unwrap_or_default());
    }
    let closing = |one: &char| matches!(one, '.' | ';' | ',' | ' ');
    if rest.iter().all(closing) {
        return true;
    }
    if form == Form::Bare || holds_digit(rest) || says_more(rest) {
        return false;
    }
    match rest {
        [';' | ',' | '.', ..] => true,
        [first, ..] if is_han(*first) => {
            let text: String = rest.iter().collect();
            let conditions = take_any(rest, CONDITIONS).is_some() || take_any(rest, ROUGHLY).is_some();
            !conditions && !text.contains(['不', '无', '禁', '未'])
        }
        _ => false,
    }
}

/// Whether a note says on which side the allowed values lie, 5.0（最大）.
fn names_side(note: &[char]) -> bool {
    let note: String = note.iter().collect::<String>().to_ascii_lowercase();
    ["最", "限", "max", "min"].iter().any(|word| note.contains(word))
}

/// Signs and words of a further requirement or of an alternative.
fn says_more(text: &[char]) -> bool {
    text.iter()
        .any(|one| matches!(one, '±' | '×' | '~' | '^' | '或' | '≈' | '≠' | '('))
        || (0..text.len()).any(|at| text.get(at..).and_then(take_symbol).is_some())
}

fn holds_digit(text: &[char]) -> bool {
    text.iter().any(char::is_ascii_digit)
}
