//! Unified social credit codes (统一社会信用代码).

use super::code_text::code_in_cell;
use super::kept_text::{KeptText, code_from_text};
use super::personal::is_identity_number;
use super::{OrganizationCode, SubjectCategory};
use serde::{Deserialize, Serialize};

/// The characters of a credit code in the order of their values: no I, O, S, V, Z (GB 32100-2015 table 2).
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Characters of a credit code.
const LENGTH: usize = 18;
/// Words that stand before the code in registers and on documents.
const LABELS: &[&str] = &["信用代码", "统一代码", "纳税人识别号", "税号", "USCC", "USCI"];

/// A unified social credit code (统一社会信用代码, GB 32100-2015), `91330100799655058B`: department (1), category (2), region
/// of the registering authority (3-8), organisation code (9-17), check character (18).
///
/// Registers hold codes that fail the check, among them genuine ones of the Fujian pilot of 2015
/// (`91350100M0001TGQXM`): that is a [flag](Self::flags), never a reason to refuse.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SocialCreditCode(KeptText);

code_from_text!(
    SocialCreditCode,
    "a social credit code (统一社会信用代码): 18 digits and letters without I O S V Z, such as 91330100799655058B"
);

/// What is odd about a credit code that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CreditCodeFlag {
    /// Character 18 is not the check character of the others (GB 32100-2015).
    CheckDigit,
    /// Characters 9 to 17 are no organisation code, or its check character fails (GB 11714).
    OrganizationCheckDigit,
    /// Characters 1 and 2 are no department and category of GB 32100-2015.
    UnknownCategory,
    /// Characters 3 to 8 are not six digits.
    RegionNotDigits,
    /// The region is 000000, which no authority has: generated data.
    Fictitious,
    /// Fails as a credit code and passes as the number of a citizen (公民身份号码, GB 11643): personal information in the
    /// wrong column, to be masked.
    IdentityNumber,
}

impl CreditCodeFlag {
    /// All flags.
    pub const ALL: [Self; 6] = [
        Self::CheckDigit,
        Self::OrganizationCheckDigit,
        Self::UnknownCategory,
        Self::RegionNotDigits,
        Self::Fictitious,
        Self::IdentityNumber,
    ];

    /// The name in stored data and in interfaces, `CHECK_DIGIT`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CheckDigit => "CHECK_DIGIT",
            Self::OrganizationCheckDigit => "ORGANIZATION_CHECK_DIGIT",
            Self::UnknownCategory => "UNKNOWN_CATEGORY",
            Self::RegionNotDigits => "REGION_NOT_DIGITS",
            Self::Fictitious => "FICTITIOUS",
            Self::IdentityNumber => "IDENTITY_NUMBER",
        }
    }
}

impl SocialCreditCode {
    /// Reads a code in any width and case, with blanks or dashes in it, alone or behind its label. `None` for anything
    /// but 18 characters of the alphabet: a 15-digit registration number (注册号), a masked code, two codes.
    pub fn parse(raw: &str) -> Option<Self> {
        let code = code_in_cell(raw, LENGTH, |one| ALPHABET.contains(one), LABELS)?;
        (code.len() == LENGTH).then(|| Self(KeptText::new(code, raw)))
    }

    /// Adds the check character to the first 17, for generated data; `None` if they are not 17 of the alphabet.
    pub fn with_check_digit(first17: &str) -> Option<Self> {
        let first = code_in_cell(first17, LENGTH, |one| ALPHABET.contains(one), &[])?;
        let check = credit_code_check_character(&first)?;
        Self::parse(&format!("{first}{check}"))
    }

    /// The 18 characters in upper case.
    pub fn as_str(&self) -> &str {
        self.0.canonical()
    }

    /// The text it was read from.
    pub fn raw(&self) -> &str {
        self.0.raw()
    }

    /// Whether character 18 is the check character of the others.
    pub fn check_digit_ok(&self) -> bool {
        let (first, check) = self.as_str().split_at_checked(17).unwrap_or_default();
        credit_code_check_character(first).is_some_and(|right| check.starts_with(right))
    }

    /// The organisation code (组织机构代码, characters 9-17); `None` where its last character can be no check character.
    pub fn organization_code(&self) -> Option<OrganizationCode> {
        OrganizationCode::parse(self.part(8, 17))
    }

    /// Region of the registering authority (登记管理机关行政区划码, characters 3-8) when the code was given: it may be a province
    /// or an abolished county, and is not the present address.
    pub fn region_digits(&self) -> &str {
        self.part(2, 8)
    }

    /// Registering department (登记管理部门, character 1): `9` market regulation, `1` 机构编制, `5` 民政, ….
    pub fn registering_department(&self) -> char {
        self.character(0)
    }

    /// Kind of organisation (characters 1 and 2); `None` for a pair that GB 32100-2015 does not define.
    pub fn category(&self) -> Option<SubjectCategory> {
        SubjectCategory::of(self.character(0), self.character(1))
    }

    /// Whether the region is 000000: no authority has it, so generated data cannot be taken for a real enterprise.
    pub fn is_fictitious(&self) -> bool {
        self.region_digits() == "000000"
    }

    /// Everything that is odd about the code, in the order of [`CreditCodeFlag`]; empty for a good code.
    pub fn flags(&self) -> Vec<CreditCodeFlag> {
        let organization_ok = self.organization_code().is_some_and(|code| code.check_digit_ok());
        let region_ok = self.region_digits().bytes().all(|byte| byte.is_ascii_digit());
        let found = [
            (!self.check_digit_ok(), CreditCodeFlag::CheckDigit),
            (!organization_ok, CreditCodeFlag::OrganizationCheckDigit),
            (self.category().is_none(), CreditCodeFlag::UnknownCategory),
            (!region_ok, CreditCodeFlag::RegionNotDigits),
            (self.is_fictitious(), CreditCodeFlag::Fictitious),
            (self.is_identity_number(), CreditCodeFlag::IdentityNumber),
        ];
        found
            .into_iter()
            .filter_map(|(odd, flag)| odd.then_some(flag))
            .collect()
    }

    /// Whether it is no credit code and the number of a citizen.
    fn is_identity_number(&self) -> bool {
        !self.check_digit_ok() && is_identity_number(self.as_str())
    }

    fn part(&self, start: usize, end: usize) -> &str {
        self.as_str().get(start..end).unwrap_or_default()
    }

    fn character(&self, at: usize) -> char {
        self.as_str().chars().nth(at).unwrap_or_default()
    }
}

/// The check character of the first 17 characters of a credit code (GB 32100-2015): the sum of the values weighted with
/// 3^(i-1) modulo 31, taken from 31. Takes upper case; `None` if they are not 17 of the alphabet.
pub fn credit_code_check_character(first17: &str) -> Option<char> {
    if first17.len() != LENGTH - 1 {
        return None;
    }
    let (mut sum, mut weight) = (0, 1);
    for character in first17.chars() {
        sum += weight * ALPHABET.find(character)?;
        weight = weight * 3 % 31;
    }
    ALPHABET.chars().nth((31 - sum % 31) % 31)
}

#[cfg(test)]
mod tests;
