//! Folding of requirement texts. Unlike numbers of standards, units tell upper from lower case (mPa, MPa) and powers from
//! digits (m², 10⁶), so both are kept.

use crate::value::folding::is_han;
use std::iter::once;
use unicode_normalization::UnicodeNormalization;

/// Folds a text: full-width forms to ASCII, a run of superscripts to `^` and ASCII, every dash to `-`, every wave to `~`,
/// Chinese separators to `;`, brackets to round ones, a run of blanks to one; none at the ends.
pub(super) fn fold(text: &str) -> Vec<char> {
    let mut folded = Vec::with_capacity(text.len());
    let mut raised = false;
    for character in text.chars() {
        let Some(power) = superscript(character) else {
            raised = false;
            fold_character(character, &mut folded);
            continue;
        };
        if !raised {
            folded.push('^');
        }
        folded.push(power);
        raised = true;
    }
    while folded.last() == Some(&' ') {
        folded.pop();
    }
    folded
}

fn fold_character(character: char, folded: &mut Vec<char>) {
    match character {
        blank if blank.is_whitespace() => push_blank(folded),
        invisible if is_invisible(invisible) => {}
        // NFKC would make the comma of a sentence the comma of thousands.
        '，' | '；' | '。' | '、' => folded.push(';'),
        // NFKC would make a number of a note a digit.
        '\u{2460}'..='\u{24FF}' => folded.push(character),
        // Two signs after NFKC.
        '…' => folded.push('…'),
        // Letters after NFKC, typed for the degree sign.
        'º' | '˚' => folded.push('°'),
        ascii if ascii.is_ascii() => folded.push(unify(ascii)),
        han if is_han(han) => folded.push(han),
        other => {
            for part in once(other).nfkc() {
                match part {
                    blank if blank.is_whitespace() => push_blank(folded),
                    part => folded.push(unify(part)),
                }
            }
        }
    }
}

fn push_blank(folded: &mut Vec<char>) {
    if folded.last().is_some_and(|last| *last != ' ') {
        folded.push(' ');
    }
}

/// Signs that mean the same in a requirement.
fn unify(character: char) -> char {
    match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{02D7}' | '\u{00AD}' | '\u{2500}' | '\u{FE63}' => '-',
        '\u{301C}' | '\u{223C}' | '\u{02DC}' | '\u{2053}' => '~',
        '≧' | '⩾' | '≥' | '≮' => '≥',
        '≦' | '⩽' | '≤' | '≯' => '≤',
        '〈' => '<',
        '〉' => '>',
        '[' | '【' | '〔' | '{' => '(',
        ']' | '】' | '〕' | '}' => ')',
        '·' | '⋅' | '•' | '∙' | '・' | '‧' => '·',
        '✕' | '✖' | '⨯' => '×',
        '∕' | '⁄' => '/',
        '∶' => ':',
        other => other,
    }
}

fn superscript(character: char) -> Option<char> {
    Some(match character {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        '⁻' => '-',
        _ => return None,
    })
}

/// ASCII digits and minus of a power as superscripts, `-3` as `⁻³`.
pub(super) fn raise(power: &str) -> String {
    let sign = |character| match character {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        '-' => '⁻',
        other => other,
    };
    power.chars().map(sign).collect()
}

fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_fold_and_case_stays() {
        let table = [
            ("≧１２．５　ＭＰａ", "≥12.5 MPa"),
            ("≮5 mPa", "≥5 mPa"),
            ("μg／m³", "μg/m^3"),
            ("µg/㎡", "μg/m2"),
            ("1×10⁻³", "1×10^-3"),
            ("5℃～10 ℃", "5°C~10 °C"),
            ("20º", "20°"),
            ("5–10", "5-10"),
            ("1,000，5①", "1,000;5①"),
            ("〔k·N〕∙m", "(k·N)·m"),
            ("㎎/㎏", "mg/kg"),
            ("Ω", "Ω"),
            ("  5 \t mm\u{200B} ", "5 mm"),
        ];
        for (raw, expected) in table {
            assert_eq!(fold(raw).into_iter().collect::<String>(), expected, "{raw}");
        }
        assert_eq!(raise("-30"), "⁻³⁰");
    }
}
