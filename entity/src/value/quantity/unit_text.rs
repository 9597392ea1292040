//! How far the unit goes behind a number.

use super::comparator::take_any;
use super::number::skip_blank;
use crate::value::folding::is_han;

/// Longest unit, in characters.
const LONGEST: usize = 40;
/// Longest Chinese word that is taken for a unit nobody listed.
const LONGEST_WORD: usize = 4;

/// Chinese units with blanks between them, longer ones before those they start with.
const WORDS: &str = "\
    平方千米 平方分米 平方厘米 平方毫米 平方米 立方厘米 立方米 毫米汞柱 摄氏度 千瓦时 毫摩尔 摩尔 毫克 \
    微克 纳克 千克力 千克 公斤 克 吨 千米 公里 分米 厘米 毫米 微米 纳米 英寸 米 公顷 毫升 微升 升 毫秒 \
    微秒 纳秒 秒 分钟 小时 天 牛顿 千牛 兆牛 牛 帕斯卡 百帕 千帕 兆帕 吉帕 毫帕 帕 毫巴 巴 焦耳 千焦 \
    兆焦 吉焦 毫焦 焦 瓦特 千瓦 兆瓦 毫瓦 微瓦 瓦 伏特 千伏 毫伏 微伏 伏 安培 千安 毫安 微安 安 欧姆 \
    千欧 兆欧 毫欧 微欧 欧 西门子 法拉 微法 皮法 亨利 毫亨 微亨 千赫 兆赫 吉赫 赫兹 赫 坎德拉 流明 \
    勒克斯 贝可 分贝 转 级 次 个 件 条 根 只 片 粒 块 株 头 枚 张 页 层 点 处 倍 年 月 日 周 度 人 户 元";
/// Words that go on with the sentence: no unit starts with them.
const NO_UNIT: &str = "\
    以 及 或 且 并 和 与 至 到 的 为 是 时 内 左右 之 大 小 不 超 低 高 多 少 等 均 者 其 合格 无 含 则 应 \
    可 ±";

/// Takes the unit from the start of a text behind its number and gives the rest; empty if there is none. Blanks around a
/// stroke vanish: `mg / kg`, `g/100 g`.
pub(super) fn take_unit(text: &[char]) -> (Vec<char>, &[char]) {
    let mut unit = Vec::new();
    let mut rest = skip_blank(text);
    while let Some(behind) = take_piece(&mut unit, rest) {
        rest = behind;
        if unit.len() > LONGEST {
            return (Vec::new(), text);
        }
    }
    if unit.is_empty() {
        (unit, text)
    } else {
        (unit, rest)
    }
}

/// Appends the next piece of a unit and gives what is behind it; `None` where the unit ends.
fn take_piece<'t>(unit: &mut Vec<char>, text: &'t [char]) -> Option<&'t [char]> {
    let last = unit.last().copied();
    let after_sign = matches!(last, None | Some('/' | '·'));
    match text {
        // 5x10 is a product, not a unit.
        ['x' | 'X', next, ..] if next.is_ascii_digit() => None,
        [' ', ..] => take_stroke(unit, skip_blank(text)).filter(|_| last.is_some()),
        ['/', ..] => take_stroke(unit, text).filter(|_| last.is_some()),
        ['·' | '*' | '.', rest @ ..] if last.is_some() && !after_sign && goes_on(rest) => {
            unit.push('·');
            Some(rest)
        }
        ['^', rest @ ..] if last.is_some() && !after_sign => {
            let length = power_length(rest)?;
            unit.push('^');
            take_count(unit, rest, length)
        }
        ['-', digit, rest @ ..] if last.is_some_and(is_letter) && is_lost_power(*digit, rest) => {
            unit.extend(['^', '-', *digit]);
            Some(rest)
        }
        [digit, ..] if digit.is_ascii_digit() && last.is_some_and(is_letter) => take_count(
            unit,
            text,
            text.iter().take_while(|one| one.is_ascii_digit()).count(),
        ),
        ['(', ..] => take_brackets(unit, text),
        [han, ..] if is_han(*han) => after_sign.then(|| take_word(unit, text)).flatten(),
        ['%' | '‰' | '°' | '′', rest @ ..] if after_sign => {
            unit.extend(text.first());
            Some(rest)
        }
        [letter, rest @ ..] if is_letter(*letter) => {
            unit.push(*letter);
            Some(rest)
        }
        _ => None,
    }
}

/// A stroke with what stands below it: a unit, a bracket, or a number with a unit.
fn take_stroke<'t>(unit: &mut Vec<char>, text: &'t [char]) -> Option<&'t [char]> {
    let ['/', rest @ ..] = text else { return None };
    if unit.last() == Some(&'/') {
        return None;
    }
    let rest = skip_blank(rest);
    let count = rest.iter().take_while(|one| one.is_ascii_digit()).count();
    let behind = skip_blank(rest.get(count..)?);
    let is_group = matches!(behind, ['(', ..]) && take_brackets(&mut vec!['/'], behind).is_some();
    if !goes_on(behind) && !is_group {
        return None;
    }
    unit.push('/');
    take_count(unit, rest, count)?;
    Some(behind)
}

/// Whether a text starts with a unit.
fn goes_on(text: &[char]) -> bool {
    match text {
        [han, ..] if is_han(*han) => take_word(&mut Vec::new(), text).is_some(),
        [next, ..] => is_letter(*next),
        [] => false,
    }
}

/// Moves the first characters of a text to the unit.
fn take_count<'t>(unit: &mut Vec<char>, text: &'t [char], count: usize) -> Option<&'t [char]> {
    let (taken, rest) = text.split_at_checked(count)?;
    unit.extend_from_slice(taken);
    Some(rest)
}

fn power_length(text: &[char]) -> Option<usize> {
    let sign = usize::from(text.first() == Some(&'-'));
    let digits = text
        .iter()
        .skip(sign)
        .take_while(|one| one.is_ascii_digit())
        .count();
    (digits > 0).then_some(sign + digits)
}

/// `s-1` is a power whose superscript was lost, `5m-8m` is a range.
fn is_lost_power(digit: char, rest: &[char]) -> bool {
    let ends = match rest {
        [] => true,
        [next, ..] => matches!(next, '·' | '/' | ';' | '('),
    };
    ('1'..='4').contains(&digit) && ends
}

/// Brackets of a unit: `(A)` of decibels, `(V/V)` of per cent, a group below a stroke. Others are notes.
fn take_brackets<'t>(unit: &mut Vec<char>, text: &'t [char]) -> Option<&'t [char]> {
    let length = text.iter().position(|one| *one == ')')? + 1;
    let inner = text.get(1..length - 1)?;
    let is_compound = !inner.is_empty()
        && inner.iter().all(|one| {
            is_letter(*one) || one.is_ascii_digit() || matches!(one, '·' | '*' | '/' | '^' | '-' | '°')
        });
    let belongs = match unit.as_slice() {
        ['d' | 'D', 'b' | 'B'] | ['分', '贝'] => matches!(inner, ['A' | 'a' | 'C']),
        ['%'] => matches!(inner, [one, '/', other] if one == other),
        [.., '/'] => is_compound,
        _ => false,
    };
    if belongs {
        take_count(unit, text, length)
    } else {
        None
    }
}

/// A listed Chinese unit; or, behind a number only, a short word that ends the clause.
fn take_word<'t>(unit: &mut Vec<char>, text: &'t [char]) -> Option<&'t [char]> {
    let listed = WORDS.split(' ').find(|word| take_any(text, &[word]).is_some());
    if let Some(word) = listed {
        return take_count(unit, text, word.chars().count());
    }
    let length = text.iter().take_while(|one| is_han(**one)).count();
    let ends = text
        .get(length)
        .is_none_or(|next| matches!(next, ' ' | ';' | ',' | '(' | '/' | '~' | '-' | '±'));
    if NO_UNIT.split(' ').any(|word| take_any(text, &[word]).is_some()) || length > LONGEST_WORD || !ends {
        return None;
    }
    take_count(unit, text, length)
}

/// Letters of unit symbols: Latin and Greek, no ideographs.
fn is_letter(character: char) -> bool {
    character.is_alphabetic() && !is_han(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::quantity::fold::fold;

    #[test]
    fn unit_ends_where_the_sentence_goes_on() {
        let table = [
            (" MPa", "MPa", ""),
            ("mm以上", "mm", "以上"),
            ("mg/kg(以Pb计)", "mg/kg", "(以Pb计)"),
            (" mg / kg", "mg/kg", ""),
            (" g/100 g", "g/100g", ""),
            ("mm/mm", "mm/mm", ""),
            ("mm~10mm", "mm", "~10mm"),
            ("m-8m", "m", "-8m"),
            ("m-10", "m", "-10"),
            ("s-1", "s^-1", ""),
            ("W·m-1·K-1", "W·m^-1·K^-1", ""),
            ("W/(m²·K)", "W/(m^2·K)", ""),
            ("dB(A)", "dB(A)", ""),
            ("dB (A)", "dB", " (A)"),
            ("%", "%", ""),
            ("%(V/V)", "%(V/V)", ""),
            ("%(质量分数)", "%", "(质量分数)"),
            ("% vol", "%", " vol"),
            ("%vol", "%vol", ""),
            ("℃", "°C", ""),
            ("℃±2℃", "°C", "±2°C"),
            ("N.m", "N·m", ""),
            ("次/min", "次/min", ""),
            ("个/cm²", "个/cm^2", ""),
            ("kW·h/24h", "kW·h/24h", ""),
            ("级", "级", ""),
            ("级合格", "级", "合格"),
            ("循环", "循环", ""),
            ("循环后无裂纹", "", "循环后无裂纹"),
            ("以上", "", "以上"),
            ("x10", "", "x10"),
            ("×10", "", "×10"),
            ("/2", "", "/2"),
            ("mm/2", "mm", "/2"),
            ("^2", "", "^2"),
            ("~10", "", "~10"),
            ("", "", ""),
        ];
        for (raw, unit, rest) in table {
            let folded = fold(raw);
            let (found, behind) = take_unit(&folded);
            let found = (
                found.iter().collect::<String>(),
                behind.iter().collect::<String>(),
            );
            assert_eq!((found.0.as_str(), found.1.as_str()), (unit, rest), "{raw}");
        }
        let long: Vec<char> = "a".repeat(100).chars().collect();
        assert!(take_unit(&long).0.is_empty());
    }

    #[test]
    fn longer_words_are_found_first() {
        for (at, word) in WORDS.split(' ').enumerate() {
            let hidden = WORDS
                .split(' ')
                .take(at)
                .find(|earlier| word.starts_with(*earlier));
            assert_eq!(hidden, None, "{word}");
        }
    }
}
