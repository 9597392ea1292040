//! Barcodes of products (商品条码).

use super::code_text::code_in_cell;
use super::kept_text::{KeptText, code_from_text};
use serde::{Deserialize, Serialize};

/// Digits of a key: those of a GTIN-14.
const KEY_LENGTH: usize = 14;
/// Words that stand before the number in registers.
const LABELS: &[&str] = &[
    "条码",
    "条形码",
    "69码",
    "GTIN",
    "GTIN13",
    "GTIN14",
    "EAN",
    "EAN13",
    "EAN8",
    "UPC",
];

/// A global trade item number (商品条码 / 全球贸易项目代码, GTIN-8, -12, -13 or -14; GB 12904-2008, GB/T 16830).
///
/// The canonical form has as many digits as were given; [`key`](Self::key) makes all lengths comparable. A failing
/// check digit is a [flag](Self::flags), never a reason to refuse.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Gtin(KeptText);

code_from_text!(
    Gtin,
    "a barcode number (商品条码): 8, 12, 13 or 14 digits, such as 6970872410006"
);

/// What is odd about a barcode number that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GtinFlag {
    /// The last digit is not the check digit of the others.
    CheckDigit,
    /// Twelve digits with a prefix of China that fail the check: a GTIN-13 whose last digit was cut off.
    LastDigitMissing,
    /// A number of a shop for its own use (店内条码, GB/T 18283: prefixes 020-029, 040-049, 200-299): no GTIN of a producer.
    InStore,
}

impl GtinFlag {
    /// All flags.
    pub const ALL: [Self; 3] = [Self::CheckDigit, Self::LastDigitMissing, Self::InStore];

    /// The name in stored data and in interfaces, `CHECK_DIGIT`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CheckDigit => "CHECK_DIGIT",
            Self::LastDigitMissing => "LAST_DIGIT_MISSING",
            Self::InStore => "IN_STORE",
        }
    }
}

impl Gtin {
    /// Reads 8, 12, 13 or 14 digits in any width, with blanks or dashes in them, alone or behind a label; a `.0` that a
    /// spreadsheet added is left out. `None` for anything else, for placeholders (`——`, `/`, `无`) and for zeros only.
    pub fn parse(raw: &str) -> Option<Self> {
        let cell = raw.trim();
        let cell = cell.strip_suffix(".0").unwrap_or(cell);
        // One more than the longest, so that a longer number is seen as one.
        let digits = code_in_cell(cell, KEY_LENGTH + 1, |one| one.is_ascii_digit(), LABELS)?;
        let is_gtin = matches!(digits.len(), 8 | 12..=14) && digits.bytes().any(|digit| digit != b'0');
        is_gtin.then(|| Self(KeptText::new(digits, raw)))
    }

    /// Adds the check digit to the 7, 11, 12 or 13 digits before it, for generated data and for codes whose last digit
    /// was cut off ([`GtinFlag::LastDigitMissing`]).
    pub fn with_check_digit(first: &str) -> Option<Self> {
        let digits = code_in_cell(first, KEY_LENGTH, |one| one.is_ascii_digit(), &[])?;
        let check = check_digit(&digits)?;
        Self::parse(&format!("{digits}{check}"))
    }

    /// The digits as given, `6970872410006`.
    pub fn as_str(&self) -> &str {
        self.0.canonical()
    }

    /// The text it was read from.
    pub fn raw(&self) -> &str {
        self.0.raw()
    }

    /// The key to join on: 14 digits, zeros in front, `06970872410006`.
    pub fn key(&self) -> String {
        format!("{:0>KEY_LENGTH$}", self.as_str())
    }

    /// Whether the last digit is the check digit of the others (GB 12904-2008 appendix B).
    pub fn check_digit_ok(&self) -> bool {
        let digits = self.as_str();
        let (first, check) = digits
            .split_at_checked(digits.len().saturating_sub(1))
            .unwrap_or_default();
        check_digit(first).is_some_and(|right| check.starts_with(right))
    }

    /// Whether the prefix is one that GS1 gave to China: 690-699, and 680-689 of later years. It tells who numbered the
    /// product, not where it was made.
    pub fn is_china(&self) -> bool {
        (680..=699).contains(&self.prefix())
    }

    /// Everything that is odd about the number, in the order of [`GtinFlag`]; empty for a good one.
    pub fn flags(&self) -> Vec<GtinFlag> {
        let failing = !self.check_digit_ok();
        let cut =
            self.as_str().len() == 12 && (self.as_str().starts_with("69") || self.as_str().starts_with("68"));
        let in_store = matches!(self.prefix(), 20..=29 | 40..=49 | 200..=299);
        let found = [
            (failing, GtinFlag::CheckDigit),
            (failing && cut, GtinFlag::LastDigitMissing),
            (in_store, GtinFlag::InStore),
        ];
        found
            .into_iter()
            .filter_map(|(odd, flag)| odd.then_some(flag))
            .collect()
    }

    /// The GS1 prefix (前缀码): the first three digits of the GTIN-13 inside the key, or of a GTIN-8.
    fn prefix(&self) -> u16 {
        let key = self.key();
        let start = if key.starts_with("000000") { 6 } else { 1 };
        key.get(start..start + 3)
            .and_then(|prefix| prefix.parse().ok())
            .unwrap_or_default()
    }
}

/// The check digit behind some digits: weights 3 and 1 in turn from the last digit on, up to the next ten.
fn check_digit(first: &str) -> Option<char> {
    let mut sum = 0;
    for (digit, weight) in first.chars().rev().zip([3, 1].into_iter().cycle()) {
        sum += weight * digit.to_digit(10)?;
    }
    char::from_digit((10 - sum % 10) % 10, 10)
}

#[cfg(test)]
mod tests;
