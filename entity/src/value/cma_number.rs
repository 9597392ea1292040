//! Numbers of certificates of testing institutions (检验检测机构资质认定证书编号, CMA).

use super::code_text::code_in_cell;
use super::kept_text::{KeptText, code_from_text};
use serde::{Deserialize, Serialize};

/// Words that stand before the number.
const LABELS: &[&str] = &["CMA", "证书编号", "资质认定证书编号", "资质认定证书", "编号"];
/// Digits of a number.
const LENGTH: usize = 12;

/// The number of a certificate (资质认定证书编号, CMA): twelve digits, of which the first two are the year, the next two the issuing
/// authority (00 国家认监委, 01 北京, 10 江苏, 19 广东), then the field (00 食品, 21 其他), the department, and a serial number in four.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CmaNumber(KeptText);

code_from_text!(
    CmaNumber,
    "a certificate number (资质认定证书编号, CMA): 12 digits, such as 231020340567"
);

impl CmaNumber {
    /// Reads a number in any width, with blanks or behind its label; `None` for anything but twelve digits.
    pub fn parse(raw: &str) -> Option<Self> {
        let code = code_in_cell(raw, LENGTH, |one| one.is_ascii_digit(), LABELS)?;
        let is_code = code.len() == LENGTH && code.bytes().any(|digit| digit != b'0');
        is_code.then(|| Self(KeptText::new(code, raw)))
    }

    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        self.0.canonical()
    }

    /// The text it was read from.
    pub fn raw(&self) -> &str {
        self.0.raw()
    }

    /// The last two digits of the year in which it was given.
    pub fn year_digits(&self) -> &str {
        self.as_str().get(..2).unwrap_or_default()
    }

    /// The two digits of the issuing authority.
    pub fn authority(&self) -> &str {
        self.as_str().get(2..4).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_in_any_spelling() {
        for raw in [
            "231020340567",
            "２３１０２０３４０５６７",
            "CMA 2310 2034 0567",
            "证书编号：231020340567",
        ] {
            let number = CmaNumber::parse(raw).unwrap();
            assert_eq!(number.as_str(), "231020340567", "{raw}");
            assert_eq!((number.year_digits(), number.authority()), ("23", "10"));
        }
        for raw in [
            "",
            "23102034056",
            "2310203405678",
            "23102034056X",
            "000000000000",
            "（2015）国认监认字（001）号",
        ] {
            assert_eq!(CmaNumber::parse(raw), None, "{raw}");
        }
    }
}
