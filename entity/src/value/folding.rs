//! Folding of text before numbers are read in it: full-width forms, the many dashes and slashes, invisible
//! characters.
//!
//! NFKC (Unicode UAX #15) maps full-width letters and digits to ASCII but leaves most dashes and slashes
//! alone, so both have a table of their own here. Every folded character remembers the bytes it came from.

use std::iter::once;
use unicode_normalization::UnicodeNormalization;

/// One character after folding, with the byte range of its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Folded {
    /// ASCII upper case; a run of blanks is one `' '`, or one `'\n'` if it holds a line break.
    pub(super) character: char,
    /// First byte in the source text.
    pub(super) start: usize,
    /// First byte behind it in the source text.
    pub(super) end: usize,
}

/// Folds a whole text.
pub(super) fn fold(text: &str) -> Vec<Folded> {
    fold_at_most(text, 0, usize::MAX)
}

/// Folds the text from byte `from` on until `limit` characters are there; `from` outside the text gives
/// nothing.
pub(super) fn fold_at_most(text: &str, from: usize, limit: usize) -> Vec<Folded> {
    let rest = text.get(from..).unwrap_or_default();
    let mut folded = Vec::with_capacity(rest.len().min(limit.min(512)));
    let mut source = rest.char_indices().peekable();
    while let Some((offset, character)) = source.next() {
        if folded.len() >= limit {
            break;
        }
        let start = from + offset;
        let end = start + character.len_utf8();
        let next = source.peek().map(|(_, next)| *next);
        fold_character(character, next, start, end, &mut folded);
    }
    folded
}

/// Appends what one character folds to; `next` decides characters that are a dash only between digits.
fn fold_character(character: char, next: Option<char>, start: usize, end: usize, folded: &mut Vec<Folded>) {
    if character.is_ascii() {
        return push(character, start, end, folded);
    }
    if is_lookalike_dash(character, next, folded) {
        return push('-', start, end, folded);
    }
    if is_footnote_mark(character) || is_han(character) {
        return push(character, start, end, folded);
    }
    for part in once(character).nfkc() {
        push(part, start, end, folded);
    }
}

/// Appends one character after NFKC; invisible ones vanish, blanks run together.
fn push(character: char, start: usize, end: usize, folded: &mut Vec<Folded>) {
    let character = match character {
        blank if blank.is_whitespace() => return push_blank(blank, start, end, folded),
        invisible if is_invisible(invisible) => return,
        dash if is_dash(dash) => '-',
        '\\' | '_' | '\u{2215}' | '\u{2044}' | '\u{29F8}' => '/',
        '[' | '【' | '〔' | '〖' => '(',
        ']' | '】' | '〕' | '〗' => ')',
        '〈' => '《',
        '〉' => '》',
        '\u{301C}' | '\u{223C}' | '\u{02DC}' => '~',
        '\u{2236}' => ':',
        other => other.to_ascii_uppercase(),
    };
    folded.push(Folded {
        character,
        start,
        end,
    });
}

fn push_blank(blank: char, start: usize, end: usize, folded: &mut Vec<Folded>) {
    let breaks = matches!(
        blank,
        '\n' | '\r' | '\u{000B}' | '\u{000C}' | '\u{0085}' | '\u{2028}' | '\u{2029}'
    );
    let character = if breaks { '\n' } else { ' ' };
    match folded.last_mut() {
        Some(last) if is_blank(last.character) => {
            last.end = end;
            if breaks {
                last.character = '\n';
            }
        }
        _ => folded.push(Folded {
            character,
            start,
            end,
        }),
    }
}

/// Whether a folded character is a blank.
pub(super) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\n')
}

/// Whether a character is a Chinese ideograph of the basic block.
pub(super) fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// Dashes that NFKC leaves alone: hyphens, en and em dash, minus, box lines, and the soft hyphen that PDF
/// text layers print where a hyphen was.
fn is_dash(character: char) -> bool {
    matches!(
        character,
        '\u{2010}'
            ..='\u{2015}'
                | '\u{2212}'
                | '\u{2043}'
                | '\u{02D7}'
                | '\u{00AD}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{2E3A}'
                | '\u{2E3B}'
    )
}

/// The ideograph for one and the Japanese length mark look like a dash and are typed or recognised for it,
/// which only their neighbours tell.
fn is_lookalike_dash(character: char, next: Option<char>, folded: &[Folded]) -> bool {
    let before = folded
        .last()
        .is_some_and(|last| last.character.is_ascii_alphanumeric());
    let digit_before = folded.last().is_some_and(|last| last.character.is_ascii_digit());
    let digit_after = next.is_some_and(|next| matches!(next, '0'..='9' | '０'..='９'));
    match character {
        '\u{4E00}' => digit_before && digit_after,
        '\u{30FC}' | '\u{FF70}' => before,
        _ => false,
    }
}

fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        )
}

/// Superscripts and circled figures are notes to a number: folded to digits they would change it.
fn is_footnote_mark(character: char) -> bool {
    matches!(character, '\u{00B2}' | '\u{00B3}' | '\u{00B9}' | '\u{2070}'..='\u{209F}' | '\u{2460}'..='\u{24FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded_text(text: &str) -> String {
        fold(text).iter().map(|one| one.character).collect()
    }

    #[test]
    fn variants_fold_to_ascii() {
        let table = [
            ("ＧＢ／Ｔ　１．１－２０２０", "GB/T 1.1-2020"),
            ("gb∕t 1.1–2020", "GB/T 1.1-2020"),
            ("GB⁄T 1.1‐2020", "GB/T 1.1-2020"),
            ("CJJ_T 171−2012", "CJJ/T 171-2012"),
            ("GB\u{200B}\u{FEFF} 1\u{0007}", "GB 1"),
            ("GB \t\r\n 1", "GB\n1"),
            ("JJG（渝）010", "JJG(渝)010"),
            ("2760一2024", "2760-2024"),
            ("一一2024", "一一2024"),
            ("2760ー2024 コード", "2760-2024 コード"),
            ("2024①", "2024①"),
            ("5009.1～5009.3", "5009.1~5009.3"),
        ];
        for (raw, expected) in table {
            assert_eq!(folded_text(raw), expected, "{raw}");
        }
    }

    #[test]
    fn ranges_point_into_the_source() {
        let text = "Ａ　 １";
        let folded = fold(text);
        let slices: Vec<_> = folded.iter().map(|one| text.get(one.start..one.end)).collect();
        assert_eq!(slices, [Some("Ａ"), Some("　 "), Some("１")]);
        assert!(fold_at_most(text, 1, 9).is_empty(), "inside a character");
    }
}
