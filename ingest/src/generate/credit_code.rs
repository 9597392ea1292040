//! Credit codes that no authority has given out.

use entity::value::{SocialCreditCode, organization_check_character};

use super::shuffle::Shuffle;

/// Characters of a credit code, each at its value (GB 32100-2015): no I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Market regulation (9), enterprise (1), and the region digits that no authority has.
const FICTITIOUS: &str = "91000000";

/// An organisation code (组织机构代码, 9 characters, GB 11714) that belongs to a number and to no other. Enterprises
/// founded before October 2015 have eight digits, later ones `MA` and six characters, as real ones have.
pub(super) fn organization_code(number: u32, key: u64, before_2015_10: bool) -> Option<String> {
    let number = u64::from(number);
    let body = if before_2015_10 {
        format!("{:08}", Shuffle::new(100_000_000, key).place(number))
    } else {
        let mut rest = Shuffle::new(31_u64.pow(6), key).place(number);
        let mut body = String::from("MA");
        for _ in 0..6 {
            let value = usize::try_from(rest % 31).ok()?;
            body.push(char::from(*ALPHABET.get(value)?));
            rest /= 31;
        }
        body
    };
    let check = organization_check_character(&body)?;
    Some(format!("{body}{check}"))
}

/// The credit code (统一社会信用代码) around an organisation code, with region digits 000000 and the right check
/// digit.
pub(super) fn fictitious_credit_code(organization_code: &str) -> Option<String> {
    let first = format!("{FICTITIOUS}{organization_code}");
    SocialCreditCode::with_check_digit(&first).map(|code| code.as_str().to_owned())
}

#[cfg(test)]
pub(super) fn passes(code: &str) -> bool {
    SocialCreditCode::parse(code).is_some_and(|code| code.check_digit_ok())
}

/// The same code with a check digit that is wrong.
pub(super) fn with_wrong_check_digit(code: &str) -> Option<String> {
    let first = code.get(..17)?;
    let check = *code.as_bytes().get(17)?;
    let value = ALPHABET.iter().position(|known| *known == check)?;
    let wrong = ALPHABET.get((value + 1) % ALPHABET.len())?;
    Some(format!("{first}{}", char::from(*wrong)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes of well-known bodies, which pass both checks.
    const REAL: [&str; 6] = [
        "914403001922038216",
        "9144030071526726XG",
        "91330100799655058B",
        "9152000071430580XT",
        "91330000740545604A",
        "91230500MA1B3N1N2M",
    ];

    #[test]
    fn real_codes_pass() {
        for code in REAL {
            assert!(passes(code), "{code}");
            let wrong = with_wrong_check_digit(code).unwrap();
            assert!(!passes(&wrong) && wrong.len() == 18, "{wrong}");
        }
    }

    #[test]
    fn made_up_codes_pass_and_differ() {
        let mut seen = std::collections::BTreeSet::new();
        for number in 0..2000 {
            for early in [true, false] {
                let organization = organization_code(number, 9, early).unwrap();
                assert_eq!(organization.len(), 9);
                let code = fictitious_credit_code(&organization).unwrap();
                assert!(passes(&code), "{code}");
                assert_eq!(code.get(2..8), Some("000000"));
                assert!(seen.insert(code));
            }
        }
    }
}
