//! Numbers of type approvals of measuring instruments (计量器具型式批准证书编号, CPA).

use super::folding::{fold, is_blank};
use super::kept_text::{KeptText, code_from_text};
use serde::{Deserialize, Serialize};

/// Words that stand before the number, the longer of two that begin alike first.
const LABELS: [&str; 8] = [
    "计量器具型式批准证书编号",
    "型式批准证书编号",
    "型式批准编号",
    "型式批准",
    "证书编号",
    "编号",
    "CPA",
    "PA",
];
/// Longest text that is looked at, in bytes.
const LONGEST: usize = 100;
/// Years in two digits from here on are of the twentieth century: the law is of 1985.
const CENTURY: u16 = 85;

/// The number of a type approval (型式批准, 计量法 art 13), `2021F123-32`: the year, a letter for the field of measurement, a serial
/// number, and in newer ones two digits behind a dash. Older ones write the year in two digits and put a dash behind it, `CPA 99-F166`;
/// both spellings of a number are one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TypeApprovalNumber(KeptText);

code_from_text!(
    TypeApprovalNumber,
    "a type approval number (型式批准证书编号, CPA), such as 2021F123-32"
);

impl TypeApprovalNumber {
    /// Reads a number in any width and case, with blanks or behind its label; `None` for anything else.
    pub fn parse(raw: &str) -> Option<Self> {
        if raw.len() > LONGEST {
            return None;
        }
        let text: String = fold(raw)
            .iter()
            .map(|one| one.character)
            .filter(|one| !is_blank(*one))
            .collect();
        let text = text.trim_matches(|one: char| "()'\"=:.".contains(one));
        let bare = LABELS
            .iter()
            .find_map(|label| text.strip_prefix(label))
            .unwrap_or(text)
            .trim_start_matches([':', '-', '(', ')']);
        let (year, rest) = leading_digits(bare);
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        let (letter, rest) = rest.split_at_checked(1)?;
        let (serial, rest) = leading_digits(rest);
        let suffix = match rest.strip_prefix('-') {
            Some(suffix) if leading_digits(suffix) == (suffix, "") && suffix.len() == 2 => rest,
            None if rest.is_empty() => rest,
            _ => return None,
        };
        let fits = letter.bytes().all(|byte| byte.is_ascii_uppercase()) && (1..=5).contains(&serial.len());
        let year = full_year(year).filter(|_| fits)?;
        let number = format!("{year}{letter}{serial}{suffix}");
        Some(Self(KeptText::new(number, raw)))
    }

    /// The number in its one form.
    pub fn as_str(&self) -> &str {
        self.0.canonical()
    }

    /// The text it was read from.
    pub fn raw(&self) -> &str {
        self.0.raw()
    }

    /// The year in it.
    pub fn year(&self) -> Option<i32> {
        self.as_str().get(..4)?.parse().ok()
    }
}

fn leading_digits(text: &str) -> (&str, &str) {
    let end = text.find(|one: char| !one.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn full_year(digits: &str) -> Option<u16> {
    let year: u16 = digits.parse().ok()?;
    match digits.len() {
        2 if year >= CENTURY => Some(1900 + year),
        2 => Some(2000 + year),
        4 if (1900 + CENTURY..2100).contains(&year) => Some(year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_in_any_spelling() {
        let table = [
            ("2021F123-32", Some("2021F123-32")),
            ("２０２１ｆ１２３－３２", Some("2021F123-32")),
            ("CPA 2021F123—32", Some("2021F123-32")),
            ("型式批准证书编号：2021F123-32", Some("2021F123-32")),
            ("（CPA）2021-F123-32", Some("2021F123-32")),
            ("CPA 99-F166", Some("1999F166")),
            ("1999F166", Some("1999F166")),
            ("PA 05-E7", Some("2005E7")),
            ("2021F123", Some("2021F123")),
            ("2021F123-320", None),
            ("2021F123-3A", None),
            ("2021123-32", None),
            ("1921F123-32", None),
            ("F123-32", None),
            ("2021F-32", None),
            ("2021F1234567", None),
            ("苏制00000001号", None),
            ("", None),
        ];
        for (raw, expected) in table {
            let read = TypeApprovalNumber::parse(raw);
            assert_eq!(read.as_ref().map(TypeApprovalNumber::as_str), expected, "{raw}");
        }
        let old = TypeApprovalNumber::parse("CPA 99-F166").unwrap();
        assert_eq!((old.raw(), old.year()), ("CPA 99-F166", Some(1999)));
    }
}
