//! Personal data in text: identity numbers (公民身份号码, GB 11643) and mobile numbers are found and masked, names are cut to
//! the surname.

use super::SocialCreditCode;
use super::folding::{Folded, fold};

/// Digits of a mobile number, the least that is looked for.
const MOBILE: usize = 11;
/// Characters of an identity number.
const IDENTITY: usize = 18;
/// Surnames of two characters that a name may begin with.
const DOUBLE_SURNAMES: [&str; 24] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "端木",
    "宇文", "长孙", "司空", "轩辕", "钟离", "闻人", "东郭", "南宫", "独孤", "呼延", "申屠",
];

/// What is looked for in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Identity numbers and mobile numbers.
    Everything,
    /// Identity numbers only, and none that passes as a credit code: in columns with codes.
    IdentityNumbers,
}

/// The text with its identity and mobile numbers masked (`320582********1234`, `138****5678`), in any width, with blanks or
/// dashes in a mobile number, too; none where there is nothing to mask.
pub fn mask_in_text(text: &str, look: Look) -> Option<String> {
    if text.chars().filter(|sign| sign.is_numeric()).take(MOBILE).count() < MOBILE {
        return None;
    }
    let folded = fold(text);
    let mut masked = String::with_capacity(text.len());
    let (mut at, mut done) = (0, 0);
    while at < folded.len() {
        let rest = folded.get(at..).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|before| folded.get(before));
        match found(rest, before.map(|one| one.character), look) {
            Some((length, shown)) => {
                let start = rest.first().map_or(done, |one| one.start);
                masked.push_str(text.get(done..start).unwrap_or_default());
                masked.push_str(&shown);
                done = rest.get(length - 1).map_or(text.len(), |last| last.end);
                at += length;
            }
            None => at += 1,
        }
    }
    if done == 0 {
        return None;
    }
    masked.push_str(text.get(done..).unwrap_or_default());
    Some(masked)
}

/// A number that begins here: how many characters it has, and how it is shown.
fn found(rest: &[Folded], before: Option<char>, look: Look) -> Option<(usize, String)> {
    if !rest.first()?.character.is_ascii_digit() || before.is_some_and(|sign| sign.is_ascii_digit()) {
        return None;
    }
    if let Some(number) = characters(rest, IDENTITY)
        && !rest
            .get(IDENTITY)
            .is_some_and(|next| next.character.is_ascii_digit())
        && is_identity_number(&number)
        && !(look == Look::IdentityNumbers && passes_as_credit_code(&number))
    {
        let (begin, end) = (number.get(..6)?, number.get(14..)?);
        return Some((IDENTITY, format!("{begin}********{end}")));
    }
    // A serial number goes on with letters, an amount with a decimal point.
    let alone = !before.is_some_and(|sign| sign.is_ascii_alphabetic() || sign == '.');
    if look == Look::Everything && alone {
        return mobile(rest);
    }
    None
}

/// One of 31 identity numbers has the check digit of a credit code, too.
fn passes_as_credit_code(number: &str) -> bool {
    SocialCreditCode::parse(number).is_some_and(|code| code.check_digit_ok())
}

/// A mobile number in groups of three, four and four, with or without 86 before it.
fn mobile(rest: &[Folded]) -> Option<(usize, String)> {
    let prefix = match characters(rest, 2).as_deref() {
        Some("86") => 2,
        _ => 0,
    };
    let (mut digits, mut at) = (String::new(), prefix);
    while digits.len() < MOBILE {
        let sign = rest.get(at)?.character;
        let gap = matches!(digits.len(), 3 | 7) || digits.is_empty() && prefix > 0;
        let after_gap = at > 0
            && rest
                .get(at - 1)
                .is_some_and(|one| matches!(one.character, ' ' | '-'));
        match sign {
            '0'..='9' => digits.push(sign),
            ' ' | '-' if gap && !after_gap => {}
            _ => return None,
        }
        at += 1;
    }
    let sign_at = |place: usize| rest.get(place).map(|one| one.character);
    let amount = sign_at(at) == Some('.') && sign_at(at + 1).is_some_and(|sign| sign.is_ascii_digit());
    let ends = !amount && !sign_at(at).is_some_and(|sign| sign.is_ascii_alphanumeric());
    let second = digits.chars().nth(1)?;
    (ends && digits.starts_with('1') && ('3'..='9').contains(&second))
        .then(|| Some((at, format!("{}****{}", digits.get(..3)?, digits.get(7..)?))))?
}

fn characters(folded: &[Folded], count: usize) -> Option<String> {
    let some = folded.get(..count)?;
    Some(some.iter().map(|one| one.character).collect())
}

/// Whether 18 characters are the number of a citizen (GB 11643): 17 digits with a date of birth, and a check character with
/// ISO 7064 MOD 11-2.
pub(super) fn is_identity_number(text: &str) -> bool {
    if text.len() != IDENTITY {
        return false;
    }
    let within = |start, end, from: u16, to| {
        text.get(start..end)
            .and_then(|part| part.parse().ok())
            .is_some_and(|number| (from..=to).contains(&number))
    };
    let is_birth = within(6, 10, 1900, 2099) && within(10, 12, 1, 12) && within(12, 14, 1, 31);
    let sum = text.chars().try_fold(0, |sum, character| match character {
        'X' => Some(sum * 2 + 10),
        digit => digit.to_digit(10).map(|digit| sum * 2 + digit),
    });
    let digits = text.bytes().take(IDENTITY - 1).all(|byte| byte.is_ascii_digit());
    is_birth && digits && sum.is_some_and(|sum| sum % 11 == 1)
}

/// Names cut to the surname (`张〇〇`, `欧阳〇〇`); of several, each. A name of one character shows nothing.
pub fn mask_name(names: &str) -> String {
    let between = |sign: char| matches!(sign, '、' | '，' | ',' | ';' | '；' | '/' | '|');
    let masked: Vec<String> = names
        .split(between)
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| {
            let length = name.chars().count();
            let double = DOUBLE_SURNAMES.iter().any(|surname| name.starts_with(surname));
            let shown = match length {
                1 => 0,
                3.. if double => 2,
                _ => 1,
            };
            name.chars().take(shown).chain(['〇', '〇']).collect()
        })
        .collect();
    masked.join("、")
}

/// The characters of a cell without blanks and dashes, folded: what spellings of one number have in common.
pub(crate) fn joined(cell: &str) -> String {
    fold(cell)
        .iter()
        .map(|one| one.character)
        .filter(|sign| !sign.is_whitespace() && *sign != '-')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Look, mask_in_text, mask_name};

    /// Numbers of nobody: the first is the example of GB 11643, the others have a region that no authority has.
    const CASES: [(&str, &str); 12] = [
        ("身份证号11010519491231002X。", "身份证号110105********002X。"),
        ("11010519491231002x", "110105********002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "110105********002X"),
        ("电话：13800138000，联系", "电话：138****8000，联系"),
        ("+86 138-0013-8000", "+138****8000"),
        ("8613800138000", "138****8000"),
        ("138 0013 8000", "138****8000"),
        ("a 13800138000 b 13900139000", "a 138****8000 b 139****9000"),
        (
            "张三(11010519491231002X)手机13800138000",
            "张三(110105********002X)手机138****8000",
        ),
        ("\u{FEFF}13800138000", "\u{FEFF}138****8000"),
        ("１３８００１３８０００", "138****8000"),
        ("130 0000-0000", "130****0000"),
    ];

    #[test]
    fn identity_and_mobile_numbers_are_masked() {
        for (text, masked) in CASES {
            assert_eq!(
                mask_in_text(text, Look::Everything).as_deref(),
                Some(masked),
                "{text}"
            );
        }
    }

    #[test]
    fn other_numbers_stay() {
        let others = [
            "",
            "GB/T 19001-2016, GB/T 24001-2016",
            // One digit more, one less, no such prefix.
            "138001380001",
            "1380013800",
            "12800138000",
            // A wrong check character, a month that is none.
            "110105194912310021",
            "11010519491331002X",
            // Longer numbers that hold one.
            "9911010519491231002X",
            "110105194912310021234",
            // Serial numbers, bar codes, credit codes, groups of another kind.
            "SN13800138000",
            "13800138000A",
            "13800138000.50",
            "0.13800138000",
            "6901234567892",
            "91330100799655058B",
            "13800-138000",
            "138--0013-8000",
        ];
        for text in others {
            assert_eq!(mask_in_text(text, Look::Everything), None, "{text}");
        }
        assert_eq!(mask_in_text("13800138000", Look::IdentityNumbers), None);
        assert!(mask_in_text("11010519491231002X", Look::IdentityNumbers).is_some());
        // It has both check digits.
        assert_eq!(mask_in_text("000000195001277144", Look::IdentityNumbers), None);
        assert!(mask_in_text("甲000000195001277144", Look::Everything).is_some());
    }

    #[test]
    fn names_keep_their_surname() {
        let cases = [
            ("张三", "张〇〇"),
            (" 张小三 ", "张〇〇"),
            ("欧阳小三", "欧阳〇〇"),
            ("欧阳", "欧〇〇"),
            ("王", "〇〇"),
            ("张三、李四；王五", "张〇〇、李〇〇、王〇〇"),
            ("阿依古丽·买买提", "阿〇〇"),
            ("Smith", "S〇〇"),
            ("张三13800138000", "张〇〇"),
            ("", ""),
        ];
        for (name, masked) in cases {
            assert_eq!(mask_name(name), masked, "{name}");
        }
    }
}
