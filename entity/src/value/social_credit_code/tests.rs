//! Codes of public registers, with what is right and wrong about them.

use super::*;

/// Codes seen in public registers, documents and company profiles; all pass both checks.
const REAL: [&str; 59] = [
    "91100000100003962T",
    "91110108MA01LUR06B",
    "91110112MAKCMPQ75F",
    "91110229MA0051RL0D",
    "91130203MA7EEQ2N0T",
    "91310000741627329A",
    "91310000MAERED2X1W",
    "91320105MA1NK2WQ0Q",
    "91320281142225264B",
    "91320891MAKML1457M",
    "91330106MAEUDLLYXY",
    "91330110MA27WLNG6K",
    "913305007490121183",
    "91370282MACM8NFU6U",
    "91371100MA3TA2E083",
    "91371421MA947NEK0G",
    "91420100MAEC200T12",
    "9143010066398790XP",
    "914301025576099139",
    "91430103563502725P",
    "91430111051692406B",
    "914301116985660992",
    "91430111730510408P",
    "91430122184170070G",
    "91430181184201260W",
    "914301811842097212",
    "91430181675579137E",
    "91430181691816593X",
    "91430181691821288Y",
    "91430923MA4L6Y2M1E",
    "914313006828110299",
    "9144000061740323XQ",
    "91440101593721187W",
    "914401055721933038",
    "914403001922038216",
    "91440300795429977A",
    "9144030071526726XG",
    "91330100799655058B",
    "91440606722473344C",
    "91440400192548256N",
    "91370200264574251E",
    "91440300192317458F",
    "9152000071430580XT",
    "91110108551385082Q",
    "91310000132260250X",
    "91440300708461136T",
    "91110000802100433B",
    "91500000202805720T",
    "91330000740545604A",
    "91320505072783876R",
    "91230500MA1B3N1N2M",
    "91330203674737244W",
    "11230500001755309F",
    "91320311744804482L",
    "9132020013590404XW",
    "91320200796148368W",
    "914403007488656882",
    "914403007703327657",
    "91420100MAKBNJMC9W",
];

/// Genuine codes of the Fujian pilot of 2015, which fail the check of the standard that came after them.
const PILOT: [&str; 4] = [
    "91350100M0001TGQXM",
    "91350211M0000XUF46",
    "91350203M0001FUE2P",
    "91350203M0001QAY9B",
];

fn code(raw: &str) -> SocialCreditCode {
    SocialCreditCode::parse(raw).unwrap()
}

/// Of 61 codes collected, 59 pass; the other two are in `wrong_codes_are_flagged_or_refused`.
#[test]
fn real_codes_pass_and_read_from_any_spelling() {
    for text in REAL {
        let read = code(text);
        assert_eq!(read.as_str(), text);
        assert_eq!(read.flags(), [], "{text}");
        assert!(read.check_digit_ok() && !read.is_fictitious(), "{text}");
        assert_eq!(read.organization_code().unwrap().as_str(), &text[8..17]);
        assert_eq!(read.region_digits(), &text[2..8]);
        assert_eq!(
            SocialCreditCode::with_check_digit(&text[..17]),
            Some(read.clone())
        );
        let wide: String = text
            .chars()
            .map(|one| char::from_u32(u32::from(one) + 0xFEE0).unwrap())
            .collect();
        for spelled in [
            text.to_lowercase(),
            wide.to_lowercase(),
            wide,
            format!("统一社会信用代码：{text}"),
        ] {
            assert_eq!(code(&spelled), read, "{spelled}");
            assert_eq!(code(&spelled).raw(), spelled);
        }
    }
}

#[test]
fn every_substitution_of_one_character_is_detected() {
    let mut tried = 0;
    for text in REAL {
        for (at, right) in text.char_indices() {
            for wrong in ALPHABET.chars().filter(|one| *one != right) {
                let changed = format!("{}{wrong}{}", &text[..at], &text[at + 1..]);
                assert!(!code(&changed).check_digit_ok(), "{changed}");
                tried += 1;
            }
        }
    }
    assert_eq!(tried, REAL.len() * 18 * 30);
}

#[test]
fn pilot_codes_are_read_with_a_flag() {
    for text in PILOT {
        assert_eq!(code(text).flags(), [CreditCodeFlag::CheckDigit], "{text}");
        assert_eq!(code(&text.to_lowercase()), code(text));
        assert_eq!(code(text).category(), Some(SubjectCategory::Enterprise));
    }
    // The last character of its organisation code is a letter; such codes pass their own check all the same.
    assert_eq!(
        code("91350100M0001TGQXM")
            .organization_code()
            .map(String::from)
            .as_deref(),
        Some("M0001TGQX")
    );
}

#[test]
fn cells_of_registers() {
    let good = Some("91330100799655058B");
    let table = [
        ("9133 0100 7996 5505 8B", good),
        ("统一社会信用代码：91330100799655058B", good),
        ("统一社会信用代码 91330100799655058B", good),
        ("统一社会信用代码（或组织机构代码）：91330100799655058B", good),
        ("统一社会信用代码/注册号:91330100799655058b", good),
        ("社会信用代码（18位）：91330100799655058B", good),
        ("纳税人识别号：９１３３０１００７９９６５５０５８Ｂ", good),
        ("USCC: 91330100799655058B", good),
        ("（91330100799655058B）", good),
        ("'91330100799655058B", good),
        ("91330100-79965505-8B\u{200B}", good),
        ("91330100\n799655058B。", good),
        ("91330100MA2B****2X", None),
        ("91321181730111164", None),
        ("913301001695775M", None),
        ("91310120MA1H", None),
        ("330225000054995", None),
        ("90000000000000", None),
        ("913301007996550588B", None),
        ("91330100799655058B、914403001922038216", None),
        ("注册号：91330100799655058B", None),
        ("信用代码1 91330100799655058B", None),
        ("9133010079965505OB", None),
        ("9133010079965505ΟB", None),
        ("——", None),
        ("无", None),
        ("", None),
    ];
    for (raw, expected) in table {
        assert_eq!(
            SocialCreditCode::parse(raw)
                .as_ref()
                .map(SocialCreditCode::as_str),
            expected,
            "{raw}"
        );
    }
}

#[test]
fn letters_outside_the_alphabet_are_refused_everywhere() {
    for at in 0..18 {
        for letter in "IOSVZiosvz".chars() {
            let text = format!("{}{letter}{}", &REAL[0][..at], &REAL[0][at + 1..]);
            assert_eq!(SocialCreditCode::parse(&text), None, "{text}");
        }
    }
}

#[test]
fn wrong_codes_are_flagged_or_refused() {
    use CreditCodeFlag::{
        CheckDigit, Fictitious, IdentityNumber, OrganizationCheckDigit, RegionNotDigits, UnknownCategory,
    };
    let table: [(&str, &[CreditCodeFlag]); 11] = [
        ("9133010060913454XP", &[CheckDigit, OrganizationCheckDigit]),
        ("91330100MA28H1F12Q", &[CheckDigit, OrganizationCheckDigit]),
        ("91371402MADP1E1K8T", &[CheckDigit, OrganizationCheckDigit]),
        ("91420000706802345X", &[CheckDigit, OrganizationCheckDigit]),
        ("91330000123456789X", &[CheckDigit, OrganizationCheckDigit]),
        ("91350100MA3456789X", &[CheckDigit, OrganizationCheckDigit]),
        ("91440300MA5G2XY456", &[CheckDigit, OrganizationCheckDigit]),
        ("91320105MA1WX12345", &[CheckDigit, OrganizationCheckDigit]),
        (
            "91LEAK000000000001",
            &[CheckDigit, OrganizationCheckDigit, RegionNotDigits],
        ),
        // The well-known example number of GB 11643-1999.
        (
            "11010519491231002X",
            &[CheckDigit, OrganizationCheckDigit, IdentityNumber],
        ),
        (
            "000000000000000000",
            &[OrganizationCheckDigit, UnknownCategory, Fictitious],
        ),
    ];
    for (text, flags) in table {
        assert_eq!(code(text).flags(), flags, "{text}");
    }
    assert_eq!(
        SocialCreditCode::parse("91321181730111164"),
        None,
        "a character is missing"
    );
}

#[test]
fn generated_codes_are_valid_and_marked() {
    let organization = OrganizationCode::with_check_character("MA1K35BT").unwrap();
    let generated = SocialCreditCode::with_check_digit(&format!("91000000{organization}")).unwrap();
    assert!(generated.is_fictitious());
    assert_eq!(generated.flags(), [CreditCodeFlag::Fictitious]);
    for none in [
        "",
        "9133010079965505",
        "91330100799655058B",
        "9133010079965505O",
        "商",
    ] {
        assert_eq!(SocialCreditCode::with_check_digit(none), None, "{none}");
        assert_eq!(credit_code_check_character(none), None, "{none}");
    }
}

#[test]
fn parts_and_texts() {
    let police = code("11230500001755309F");
    assert_eq!(police.registering_department(), '1');
    assert_eq!(police.category(), Some(SubjectCategory::GovernmentBody));
    assert_eq!(police.to_string(), "11230500001755309F");
    assert_eq!(serde_json::to_string(&police).unwrap(), "\"11230500001755309F\"");
    let read: SocialCreditCode = serde_json::from_str("\"信用代码：11230500001755309f\"").unwrap();
    assert_eq!(read, police);
    let refused = serde_json::from_str::<SocialCreditCode>("\"330225000054995\"").unwrap_err();
    assert!(refused.to_string().contains("without I O S V Z"), "{refused}");
    for flag in CreditCodeFlag::ALL {
        assert_eq!(
            serde_json::to_string(&flag).unwrap(),
            format!("\"{}\"", flag.as_str())
        );
    }
}
