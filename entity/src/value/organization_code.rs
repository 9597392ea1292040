//! Organisation codes (组织机构代码).

use super::code_text::code_in_cell;
use super::kept_text::{KeptText, code_from_text};
use serde::{Deserialize, Serialize};

/// Words that stand before the code in registers.
const LABELS: &[&str] = &["组织机构代码", "机构代码", "代码证号"];

/// An organisation code (组织机构代码, GB 11714): eight digits or letters and a check character, `722473344`.
///
/// The canonical form is the nine characters without the hyphen that GB 11714 prints before the last, so that it is
/// also characters 9 to 17 of a [`SocialCreditCode`](super::SocialCreditCode). A failing check character is a mark of
/// quality ([`check_digit_ok`](Self::check_digit_ok)), never a reason to refuse.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrganizationCode(KeptText);

code_from_text!(
    OrganizationCode,
    "an organisation code (组织机构代码): 8 digits or letters and a check character 0-9 or X, such as 72247334-4"
);

impl OrganizationCode {
    /// Reads a code with or without hyphen, in any width and case, alone or behind its label. `None` for anything but
    /// eight letters or digits and a digit or `X`, and for nine zeros.
    pub fn parse(raw: &str) -> Option<Self> {
        let code = code_in_cell(raw, 9, |one| one.is_ascii_alphanumeric(), LABELS)?;
        let check = code.chars().nth(8)?;
        let is_code = (check.is_ascii_digit() || check == 'X') && code != "000000000";
        is_code.then(|| Self(KeptText::new(code, raw)))
    }

    /// Adds the check character of GB 11714 to eight letters or digits; `None` for anything else.
    pub fn with_check_character(first_eight: &str) -> Option<Self> {
        let check = organization_check_character(first_eight)?;
        Self::parse(&format!("{first_eight}{check}"))
    }

    /// The nine characters, `722473344`.
    pub fn as_str(&self) -> &str {
        self.0.canonical()
    }

    /// The text it was read from.
    pub fn raw(&self) -> &str {
        self.0.raw()
    }

    /// The printed form of GB 11714, `72247334-4`.
    pub fn hyphenated(&self) -> String {
        let (body, check) = self.as_str().split_at_checked(8).unwrap_or_default();
        format!("{body}-{check}")
    }

    /// Whether the last character is the check character of the others (GB 11714).
    pub fn check_digit_ok(&self) -> bool {
        let (body, check) = self.as_str().split_at_checked(8).unwrap_or_default();
        organization_check_character(body).is_some_and(|right| check.starts_with(right))
    }
}

/// The check character of the first eight characters of an organisation code (GB 11714): `4` for `72247334`. Takes
/// digits and upper-case letters; `None` for anything else.
pub fn organization_check_character(first_eight: &str) -> Option<char> {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    if first_eight.len() != WEIGHTS.len() {
        return None;
    }
    let mut sum = 0;
    for (character, weight) in first_eight.chars().zip(WEIGHTS) {
        let is_member = character.is_ascii_digit() || character.is_ascii_uppercase();
        sum += weight * character.to_digit(36).filter(|_| is_member)?;
    }
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> Option<String> {
        OrganizationCode::parse(raw).map(String::from)
    }

    #[test]
    fn spellings_have_one_form() {
        let table = [
            ("72247334-4", Some("722473344")),
            ("722473344", Some("722473344")),
            ("７２２４７３３４－４", Some("722473344")),
            ("组织机构代码：72247334—4", Some("722473344")),
            ("组织机构代码 722473344", Some("722473344")),
            ("71526726-x", Some("71526726X")),
            ("ma1k35bt-5", Some("MA1K35BT5")),
            ("72247334-A", None),
            ("7224733-4", None),
            ("722473344 4", None),
            ("注册号 722473344", None),
            ("00000000-0", None),
            ("——", None),
            ("/", None),
            ("", None),
        ];
        for (raw, expected) in table {
            assert_eq!(read(raw).as_deref(), expected, "{raw}");
        }
    }

    /// Parts of the public credit codes of 腾讯计算机, 美的, 华为, 海尔智家 and 茅台.
    #[test]
    fn check_character_is_that_of_real_codes() {
        for code in ["71526726X", "722473344", "192203821", "264574251", "71430580X"] {
            let read = OrganizationCode::parse(code).unwrap();
            assert!(read.check_digit_ok(), "{code}");
            assert_eq!(OrganizationCode::with_check_character(&code[..8]), Some(read));
        }
        assert!(!OrganizationCode::parse("722473345").unwrap().check_digit_ok());
        for none in ["", "7224733", "722473344", "7224733a", "7224733商", "7224733 "] {
            assert_eq!(organization_check_character(none), None, "{none}");
        }
    }

    #[test]
    fn shows_both_forms_and_keeps_the_source() {
        let code = OrganizationCode::parse("７２２４７３３４４").unwrap();
        assert_eq!(
            (code.to_string(), code.hyphenated()),
            ("722473344".into(), "72247334-4".into())
        );
        assert_eq!(code.raw(), "７２２４７３３４４");
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"722473344\"");
        assert_eq!(
            serde_json::from_str::<OrganizationCode>("\"72247334-4\"").unwrap(),
            code
        );
        let refused = "7".parse::<OrganizationCode>().unwrap_err().to_string();
        assert!(
            refused.contains("组织机构代码") && refused.contains("\"7\""),
            "{refused}"
        );
    }
}
