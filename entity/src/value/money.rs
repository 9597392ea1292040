//! Amounts of money: exact, in fen.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Fen in one yuan.
const FEN_IN_YUAN: i64 = 100;
/// Fen in ten thousand yuan (万元).
const FEN_IN_WAN: i64 = 1_000_000;
/// Decimal places from yuan, and from ten thousand yuan (万元), to fen.
const PLACES_OF_YUAN: usize = 2;
const PLACES_OF_WAN: usize = 6;
/// Digits before the point that are read: with the places behind it the amount stays far inside 64 bits.
const MOST_DIGITS: usize = 12;

/// An amount of money (金额): a whole number of fen, never negative, with the text that it was read from.
///
/// Registers give fines as decimals in 万元 (`CF_NR_FK`, decimal(18,6)): 0.2 is 2,000 yuan, which is 200,000 fen.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Money {
    fen: i64,
    raw: String,
}

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyFault {
    /// It is not a decimal number.
    NotANumber,
    /// It is below zero.
    Negative,
    /// There are parts of a fen in it.
    PartOfAFen,
    /// It has more than twelve digits before the point.
    TooLarge,
}

impl Money {
    /// Reads an amount of 万元 (ten thousand yuan), the unit of the double-publicity columns. A unit behind the number, 万元 or 元,
    /// is believed. Commas may stand between groups of three digits.
    pub fn parse_wan(raw: &str) -> Result<Self, MoneyFault> {
        let folded: String = raw.nfkc().filter(|sign| !sign.is_whitespace()).collect();
        let (number, places) = match folded.strip_suffix('元') {
            Some(number) => match number.strip_suffix('万') {
                Some(number) => (number, PLACES_OF_WAN),
                None => (number, PLACES_OF_YUAN),
            },
            None => (folded.as_str(), PLACES_OF_WAN),
        };
        Ok(Self {
            fen: fen(number, places)?,
            raw: raw.trim().to_owned(),
        })
    }

    /// The amount in fen.
    pub fn fen(&self) -> i64 {
        self.fen
    }

    /// The text that it was read from.
    pub fn raw(&self) -> &str {
        &self.raw
    }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&yuan_text(self.fen))
    }
}

/// An amount in fen as exact text in yuan, `2000.00`.
pub fn yuan_text(fen: i64) -> String {
    format!("{}.{:02}", fen / FEN_IN_YUAN, fen % FEN_IN_YUAN)
}

/// An amount in fen as exact text in 万元, as the double-publicity columns have it: `0.2`.
pub fn wan_text(fen: i64) -> String {
    let places = PLACES_OF_WAN;
    let text = format!("{}.{:0places$}", fen / FEN_IN_WAN, fen % FEN_IN_WAN);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn fen(number: &str, places: usize) -> Result<i64, MoneyFault> {
    let (negative, number) = match number.strip_prefix('-') {
        Some(number) => (true, number),
        None => (false, number),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole = without_commas(whole).ok_or(MoneyFault::NotANumber)?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(&whole) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return Err(MoneyFault::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    let whole = whole.trim_start_matches('0');
    if fraction.len() > places {
        return Err(MoneyFault::PartOfAFen);
    }
    if whole.len() > MOST_DIGITS {
        return Err(MoneyFault::TooLarge);
    }
    let fen = format!("0{whole}{fraction:0<places$}")
        .parse()
        .map_err(|_| MoneyFault::TooLarge)?;
    if negative && fen != 0 {
        return Err(MoneyFault::Negative);
    }
    Ok(fen)
}

/// The digits without commas; none where a comma stands elsewhere than between groups of three digits.
fn without_commas(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    if rest.peek().is_some() && !(1..=3).contains(&first.len()) {
        return None;
    }
    let mut digits = first.to_owned();
    for group in rest {
        if group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_ten_thousand_yuan_are_exact() {
        let table = [
            ("0.2", Ok(200_000)),
            ("0", Ok(0)),
            ("0.000000", Ok(0)),
            ("-0", Ok(0)),
            ("0.000001", Ok(1)),
            ("0.123456", Ok(123_456)),
            (".5", Ok(500_000)),
            ("5.", Ok(5_000_000)),
            ("1", Ok(1_000_000)),
            ("１．５", Ok(1_500_000)),
            ("1,234.56", Ok(1_234_560_000)),
            ("0.200000000", Ok(200_000)),
            ("0.2万元", Ok(200_000)),
            ("2000元", Ok(200_000)),
            ("2000.05 元", Ok(200_005)),
            ("999999999999.999999", Ok(999_999_999_999_999_999)),
            ("1000000000000", Err(MoneyFault::TooLarge)),
            ("0.0000001", Err(MoneyFault::PartOfAFen)),
            ("2000.005元", Err(MoneyFault::PartOfAFen)),
            ("-0.2", Err(MoneyFault::Negative)),
            ("1,23", Err(MoneyFault::NotANumber)),
            ("1234,567", Err(MoneyFault::NotANumber)),
            ("2e-6", Err(MoneyFault::NotANumber)),
            ("贰仟元", Err(MoneyFault::NotANumber)),
            ("0.2.1", Err(MoneyFault::NotANumber)),
            ("", Err(MoneyFault::NotANumber)),
            (".", Err(MoneyFault::NotANumber)),
            ("元", Err(MoneyFault::NotANumber)),
        ];
        for (raw, expected) in table {
            assert_eq!(Money::parse_wan(raw).map(|money| money.fen()), expected, "{raw}");
        }
    }

    #[test]
    fn yuan_are_shown_with_two_places() {
        let shown = [0, 1, 99, 100, 200_000, 123_456].map(yuan_text);
        assert_eq!(shown, ["0.00", "0.01", "0.99", "1.00", "2000.00", "1234.56"]);
    }

    #[test]
    fn amounts_go_back_into_ten_thousand_yuan_to_the_fen() {
        for (fen, text) in [
            (0, "0"),
            (1, "0.000001"),
            (200_000, "0.2"),
            (10_000_000, "10"),
            (1_234_560_000, "1234.56"),
            (999_999_999_999_999_999, "999999999999.999999"),
        ] {
            assert_eq!(wan_text(fen), text);
            assert_eq!(Money::parse_wan(text).map(|money| money.fen()), Ok(fen));
        }
    }
}
