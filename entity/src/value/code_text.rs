//! Where a code stands in a cell: behind a label, in quotes, cut by blanks and dashes.

use super::folding::{Folded, fold, is_blank, is_han};

/// Longest cell that is looked at, in bytes.
const LONGEST: usize = 300;

/// Finds the code at the end of a cell: up to `most` characters of the code, blanks and dashes between them left out.
/// What stands before it must be punctuation or one of the `labels`, `统一社会信用代码：`. Letters come in upper case.
///
/// A cell with anything else (two codes, another label, a masked code) has no code.
pub(super) fn code_in_cell(
    raw: &str,
    most: usize,
    is_member: fn(char) -> bool,
    labels: &[&str],
) -> Option<String> {
    if raw.len() > LONGEST {
        return None;
    }
    let folded: Vec<char> = fold(raw)
        .iter()
        .map(|Folded { character, .. }| *character)
        .collect();
    let mut rest = folded
        .iter()
        .rev()
        .copied()
        .skip_while(|one| is_filler(*one))
        .peekable();
    let mut code = Vec::with_capacity(most);
    while code.len() < most {
        match rest.next_if(|one| is_member(*one) || is_gap(*one)) {
            Some(gap) if is_gap(gap) => {}
            Some(member) => code.push(member),
            None => break,
        }
    }
    let mut before: Vec<char> = rest.filter(|one| !is_filler(*one)).collect();
    before.reverse();
    let before: String = before.into_iter().collect();
    (before.is_empty() || is_label(&before, labels)).then(|| code.iter().rev().collect())
}

/// A label may go on in Chinese behind its word, `信用代码（或组织机构代码）`, or say the length.
fn is_label(text: &str, labels: &[&str]) -> bool {
    labels.iter().any(|label| {
        text.rsplit_once(label)
            .is_some_and(|(_, behind)| behind.chars().all(is_han) || behind == "18位")
    })
}

fn is_gap(character: char) -> bool {
    is_blank(character) || character == '-'
}

/// Signs that stand around codes: blanks, dashes, quotes, brackets, the `'` and `=` of spreadsheets.
fn is_filler(character: char) -> bool {
    is_gap(character)
        || matches!(
            character,
            ':' | ','
                | ';'
                | '.'
                | '\''
                | '"'
                | '`'
                | '='
                | '/'
                | '('
                | ')'
                | '。'
                | '、'
                | '“'
                | '”'
                | '‘'
                | '’'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_found_behind_labels_and_signs() {
        let table = [
            ("1234", Some("1234")),
            (" １２ ３－４ ", Some("1234")),
            ("'1234", Some("1234")),
            ("=\"1234\"", Some("1234")),
            ("代码：1234。", Some("1234")),
            ("（代码）1234", Some("1234")),
            ("代码（号码）：12-34", Some("1234")),
            ("代码(18位): 1234", Some("1234")),
            ("代码 x 1234", None),
            ("身份证：1234", None),
            ("1234、1234", None),
            ("代码12 34 5", None),
            ("12**34", None),
            ("1234*", None),
        ];
        for (raw, expected) in table {
            let found = code_in_cell(raw, 4, |one| one.is_ascii_digit(), &["代码"]);
            assert_eq!(found.as_deref(), expected, "{raw}");
        }
        assert_eq!(code_in_cell(&" ".repeat(301), 4, |_| true, &[]), None);
    }
}
