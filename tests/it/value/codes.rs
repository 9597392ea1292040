//! Properties of credit codes, organisation codes and barcodes.

use entity::value::{CreditCodeFlag, Gtin, GtinFlag, OrganizationCode, SocialCreditCode};
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt::{Debug, Display};
use std::str::FromStr;

/// The form of an ASCII character in the block of full-width forms.
fn full_width(ascii: char) -> String {
    let shifted = u32::from(ascii) + 0xFEE0;
    char::from_u32(shifted).map_or_else(String::new, String::from)
}

/// A code as registers print it: other case and width, blanks and dashes in it, a label and quotes around it.
fn respelled(code: &str, choices: &[u8], label: &str) -> String {
    let mut text = label.to_owned();
    for (character, choice) in code.chars().zip(choices) {
        match choice % 5 {
            0 => text.push_str(&full_width(character)),
            1 => text.push(character.to_ascii_lowercase()),
            2 => text.push_str(&full_width(character.to_ascii_lowercase())),
            _ => text.push(character),
        }
        let gap = ["", "", "", " ", "\u{3000}", "-", "—", "\u{200B}"];
        text.push_str(
            gap.get(usize::from(choice / 5) % gap.len())
                .copied()
                .unwrap_or_default(),
        );
    }
    text
}

fn choices() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 20)
}

/// Texts near a code: its characters, what stands around it, and anything else.
fn near_code() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[0-9A-HJ-NP-RTUWXYa-z]{1,9}",
        2 => select(vec!["统一社会信用代码：", "条码", "组织机构代码", "EAN13:", " ", "-", "——", "'", "(", "）", "*", ".0", "\n", "０", "Ｘ"])
            .prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// What every code promises: reading never panics, the canonical form reads as itself, and only as itself.
fn keeps_promises<T>(text: &str, parse: fn(&str) -> Option<T>) -> Result<(), TestCaseError>
where
    T: Display + FromStr + PartialEq + Debug,
{
    if let Some(code) = parse(text) {
        let canonical = code.to_string();
        prop_assert!(
            canonical
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        );
        let again = parse(&canonical);
        prop_assert_eq!(again.as_ref().map(ToString::to_string), Some(canonical));
        prop_assert_eq!(again, Some(code));
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read_as_a_code_without_panic(text in near_code(), other in any::<String>()) {
        for text in [text.as_str(), other.as_str()] {
            keeps_promises(text, SocialCreditCode::parse)?;
            keeps_promises(text, OrganizationCode::parse)?;
            keeps_promises(text, Gtin::parse)?;
            let _ = (SocialCreditCode::with_check_digit(text), Gtin::with_check_digit(text));
            if let Some(code) = SocialCreditCode::parse(text) {
                prop_assert_eq!(code.flags().contains(&CreditCodeFlag::CheckDigit), !code.check_digit_ok());
                prop_assert_eq!(code.region_digits().len(), 6);
            }
        }
    }

    #[test]
    fn credit_code_reads_from_any_spelling(
        first in "9[1-3][1-6][0-9]{5}[0-9A-HJ-NP-RTUWXY]{8}",
        label in select(vec!["", "'", "统一社会信用代码：", "统一社会信用代码 ", "社会信用代码/税号: ", "USCC "]),
        choices in choices(),
        at in 0_usize..18,
        shift in 1_usize..31,
    ) {
        let organization = OrganizationCode::with_check_character(&first[8..]).map(String::from).unwrap_or_default();
        let code = SocialCreditCode::with_check_digit(&format!("{}{organization}", &first[..8]));
        prop_assume!(code.is_some(), "organisation code of zeros");
        let code = code.into_iter().next().unwrap();
        prop_assert_eq!(code.flags(), []);
        prop_assert_eq!(code.organization_code().map(String::from), Some(organization));
        let spelled = respelled(code.as_str(), &choices, label);
        let read = SocialCreditCode::parse(&spelled);
        prop_assert_eq!(read.as_ref(), Some(&code), "{}", spelled);
        prop_assert_eq!(read.as_ref().map(SocialCreditCode::raw), Some(spelled.as_str()));
        let alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        let old = alphabet.find(&code.as_str()[at..=at]).unwrap_or_default();
        let new = (old + shift) % alphabet.len();
        let changed = format!("{}{}{}", &code.as_str()[..at], &alphabet[new..=new], &code.as_str()[at + 1..]);
        prop_assert_eq!(SocialCreditCode::parse(&changed).map(|changed| changed.check_digit_ok()), Some(false));
    }

    #[test]
    fn organization_code_reads_from_any_spelling(first in "[0-9A-Z]{7}[1-9A-Z]", choices in choices()) {
        let code = OrganizationCode::with_check_character(&first);
        let printed = code.as_ref().map(OrganizationCode::hyphenated).unwrap_or_default();
        prop_assert!(code.as_ref().is_some_and(OrganizationCode::check_digit_ok));
        prop_assert_eq!(OrganizationCode::parse(&respelled(&printed, &choices, "组织机构代码：")), code.clone());
        let bare = code.as_ref().map(OrganizationCode::as_str).unwrap_or_default();
        prop_assert_eq!(OrganizationCode::parse(&respelled(bare, &choices, "")), code);
    }

    #[test]
    fn barcode_reads_from_any_spelling(
        first in "[1-9]([0-9]{6}|[0-9]{10,12})",
        choices in choices(),
        label in select(vec!["", "条码：", "商品条码 ", "EAN-13:"]),
        shift in 1_u32..10,
        at in 0_usize..14,
    ) {
        let gtin = Gtin::with_check_digit(&first);
        prop_assert!(gtin.is_some(), "{}", first);
        let gtin = gtin.into_iter().next().unwrap();
        prop_assert!(!gtin.flags().contains(&GtinFlag::CheckDigit));
        prop_assert_eq!(Gtin::parse(&respelled(gtin.as_str(), &choices, label)), Some(gtin.clone()));
        prop_assert_eq!(Gtin::parse(&gtin.key()).map(|long| long.key()), Some(gtin.key()), "the key is a number of the same product");
        let digits = gtin.as_str();
        let at = at % digits.len();
        let old = digits[at..=at].parse::<u32>().unwrap_or_default();
        let changed = format!("{}{}{}", &digits[..at], (old + shift) % 10, &digits[at + 1..]);
        prop_assert!(Gtin::parse(&changed).is_none_or(|changed| !changed.check_digit_ok()));
    }
}
