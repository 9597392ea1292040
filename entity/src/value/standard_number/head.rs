//! Reads the code before the serial: `GB/T`, `JB/ZQ`, `DB32/T`, `T/CSAE`, `JJF(电子)`.

use super::super::folding::is_han;
use super::cursor::Cursor;
use super::foreign::is_foreign_word;
use super::kind::{StandardKind, StandardNature};
use super::local::read_local_head;
use super::parts::{Head, Joint};
use super::prefixes;

/// Most letters of a code; the longest of ttbz.org.cn has twelve.
const LONGEST_CODE: usize = 14;

/// How the serial behind a head is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SerialStyle {
    /// Digits, dots, dashes.
    Plain,
    /// A class letter may stand before the digits.
    ClassLetter {
        /// Already read with the code (`ZBA17002`).
        class: Option<char>,
        /// `ZB A 17002` has a blank behind the letter, `JTG D20` has none.
        blank: bool,
    },
    /// Plain with slashes, `20032/1`.
    Slashes,
    /// Letters may stand before the digits, `B031`, `CAMRA 20.1`.
    Group,
    /// The code and serial of an enterprise cannot be told apart.
    Enterprise {
        /// The code was already read with the head (`QGDW`).
        coded: bool,
    },
    /// Plain with the colon before the year kept, `220:2007`.
    ColonYear,
    /// Pairs of digits, `01 01 02 02`.
    Pairs,
    /// Letters in every part, behind a dash: `CETS-AG-03.01-V01-2024`.
    Dashed,
    /// 国 or the place before the digits, `YZB/国1548`.
    Device,
}

/// A head and how to go on.
pub(super) struct StyledHead {
    pub(super) head: Head,
    pub(super) style: SerialStyle,
}

/// Reads the head of any Chinese number except ministry notices.
pub(super) fn read_head(cursor: &mut Cursor) -> Option<StyledHead> {
    if let Some(head) = read_local_head(cursor) {
        return Some(StyledHead {
            head,
            style: SerialStyle::Plain,
        });
    }
    let mut ahead = *cursor;
    let word = ahead.letters(LONGEST_CODE);
    if ahead.at_letter() || word.is_empty() {
        return None;
    }
    let styled = match word.as_str() {
        "Q" => read_enterprise_head(&mut ahead)?,
        "T" => read_group_head(&mut ahead)?,
        "YZB" => read_device_head(&mut ahead)?,
        "JJG" | "JJF" | "JJD" | "JJ" => read_metrology_head(&word, None, &mut ahead),
        "JJGA" | "JJGB" | "JJGC" | "JJFA" | "JJFB" | "JJFC" => {
            let (code, class) = word.split_at_checked(3)?;
            read_metrology_head(code, class.chars().next(), &mut ahead)
        }
        _ => read_coded_head(&word, &mut ahead)?,
    };
    *cursor = ahead;
    Some(styled)
}

fn plain_head(kind: StandardKind, prefix: String, joint: Joint) -> Head {
    Head {
        kind,
        nature: None,
        known: true,
        prefix,
        joint,
        region: None,
        repaired: false,
        loose: false,
    }
}

fn eat_slashes(cursor: &mut Cursor) -> bool {
    let found = cursor.eat('/');
    while cursor.eat('/') {}
    found
}

/// `Q/`, `Q `, `Q-`; the enterprise's code belongs to the serial.
fn read_enterprise_head(cursor: &mut Cursor) -> Option<StyledHead> {
    let before = cursor.position();
    cursor.skip_blanks();
    let marked = eat_slashes(cursor);
    if !marked && !cursor.eat_dashes() && cursor.position() == before {
        return None;
    }
    cursor.skip_blanks();
    let mut head = plain_head(StandardKind::Enterprise, "Q/".to_owned(), Joint::Nothing);
    head.loose = !marked;
    Some(StyledHead {
        head,
        style: SerialStyle::Enterprise { coded: false },
    })
}

/// `T/` and the association; `T CSAE` where a file name lost the slash.
fn read_group_head(cursor: &mut Cursor) -> Option<StyledHead> {
    let before = cursor.position();
    cursor.skip_blanks();
    let marked = eat_slashes(cursor);
    if !marked && !cursor.eat_dashes() && cursor.position() == before {
        return None;
    }
    cursor.skip_blanks();
    let mut association = cursor.letters(LONGEST_CODE);
    if cursor.at_letter() || association.len() < 2 {
        return None;
    }
    read_letters_inside_association(cursor, &mut association);
    let mut head = plain_head(StandardKind::Group, format!("T/{association}"), Joint::Blank);
    head.loose = !marked;
    Some(StyledHead {
        head,
        style: SerialStyle::Group,
    })
}

/// `CECA-G`, and codes with a digit inside such as `SHV2X`, which only show when letters follow the digit.
fn read_letters_inside_association(cursor: &mut Cursor, association: &mut String) {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    if ahead.eat_dashes() {
        ahead.skip_blanks();
        let division = ahead.letters(4);
        if !division.is_empty() && !ahead.at_letter() {
            association.push('-');
            association.push_str(&division);
            *cursor = ahead;
        }
        return;
    }
    ahead = *cursor;
    let digits = ahead.digits(2);
    let letters = ahead.letters(4);
    let mut behind = ahead;
    behind.skip_blanks();
    let continues = behind.at_digit() || behind.is_at_end();
    if !digits.is_empty() && !letters.is_empty() && continues {
        association.push_str(&digits);
        association.push_str(&letters);
        *cursor = ahead;
    }
}

/// `YZB/国`: registered product standards of medical devices (医疗器械注册产品标准).
fn read_device_head(cursor: &mut Cursor) -> Option<StyledHead> {
    cursor.skip_blanks();
    let marked = cursor.eat('/');
    cursor.skip_blanks();
    let place = cursor.take_while(4, |character| is_han(character) || character.is_ascii_uppercase());
    if !marked || place.is_empty() {
        return None;
    }
    let head = plain_head(StandardKind::Other, format!("YZB/{place}"), Joint::Nothing);
    Some(StyledHead {
        head,
        style: SerialStyle::Device,
    })
}

/// `JJG`, `JJF(苏)`, `JJG(铁道)`: the bracket names the province or branch (国家计量检定规程管理办法).
fn read_metrology_head(code: &str, class: Option<char>, cursor: &mut Cursor) -> StyledHead {
    let mut prefix = code.to_owned();
    let mut ahead = *cursor;
    ahead.skip_blanks();
    if ahead.eat('(') {
        ahead.skip_blanks();
        let issuer = ahead.take_while(8, |character| is_han(character) || character.is_ascii_uppercase());
        ahead.skip_blanks();
        if !issuer.is_empty() && ahead.eat(')') {
            prefix = format!("{code}({issuer})");
            *cursor = ahead;
        }
    }
    let head = plain_head(StandardKind::Metrology, prefix, Joint::Blank);
    StyledHead {
        head,
        style: SerialStyle::ClassLetter { class, blank: true },
    }
}

/// A code that stands in the tables or looks like one.
fn read_coded_head(word: &str, cursor: &mut Cursor) -> Option<StyledHead> {
    let resolved = resolve(word);
    let mut head = plain_head(StandardKind::Other, resolved.prefix.clone(), Joint::Blank);
    head.repaired = resolved.repaired;
    match resolved.form {
        Form::Enterprise => {
            head.kind = StandardKind::Enterprise;
            let before = cursor.position();
            cursor.skip_blanks();
            if cursor.position() == before {
                head.joint = Joint::Nothing;
            }
            return Some(StyledHead {
                head,
                style: SerialStyle::Enterprise { coded: true },
            });
        }
        Form::Group => {
            head.kind = StandardKind::Group;
            return Some(StyledHead {
                head,
                style: SerialStyle::Group,
            });
        }
        Form::Coded => {}
    }
    let mut class = resolved.class;
    if class.is_none() {
        read_suffixes(&resolved.code, cursor, &mut head.prefix, &mut class);
    }
    let known = prefixes::kind_of(&resolved.code);
    let has_suffix = head.prefix.ends_with("/T") || head.prefix.ends_with("/Z");
    if known.is_none() && (resolved.code.len() < 2 || is_foreign_word(&resolved.code)) {
        return None;
    }
    head.known = known.is_some();
    head.kind = known.unwrap_or_else(|| prefixes::kind_of_unknown(&resolved.code, has_suffix));
    head.nature = nature_of(head.kind, &head.prefix);
    if resolved.code.starts_with("SZ") && head.kind == StandardKind::Local {
        head.region = Some("4403".to_owned());
    }
    let style = style_of(&resolved.code, class, &head, cursor);
    match style {
        SerialStyle::Dashed => {
            head.joint = Joint::Dash;
            if !head.known {
                head.kind = StandardKind::Other;
                head.nature = None;
            }
        }
        _ if resolved.code == "YBB" => head.joint = Joint::Nothing,
        _ => {}
    }
    Some(StyledHead { head, style })
}

fn style_of(code: &str, class: Option<char>, head: &Head, cursor: &mut Cursor) -> SerialStyle {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    if ahead.eat_dashes() {
        if !head.known || code == "CNCA" {
            *cursor = ahead;
            return SerialStyle::Dashed;
        }
        ahead.skip_blanks();
        *cursor = ahead;
    }
    match code {
        "CECS" => SerialStyle::ColonYear,
        "CSM" => SerialStyle::Pairs,
        "ZB" => SerialStyle::ClassLetter { class, blank: true },
        "JTG" => SerialStyle::ClassLetter { class, blank: false },
        _ if prefixes::has_slash_serial(code) => SerialStyle::Slashes,
        _ => SerialStyle::Plain,
    }
}

enum Form {
    Coded,
    Group,
    Enterprise,
}

struct Resolved {
    form: Form,
    code: String,
    prefix: String,
    class: Option<char>,
    repaired: bool,
}

/// Takes apart what was run together: `GBT`, `ZBA`, `JTGD`, `QGDW`, `TCECS`. `GBZ` is a code of its own.
fn resolve(word: &str) -> Resolved {
    let coded = |code: &str, prefix: String, class| Resolved {
        form: Form::Coded,
        code: code.to_owned(),
        prefix,
        class,
        repaired: false,
    };
    if prefixes::kind_of(word).is_some() {
        return coded(word, word.to_owned(), None);
    }
    if let Some(enterprise) = word
        .strip_prefix('Q')
        .filter(|code| prefixes::is_enterprise_met_without_slash(code))
    {
        let prefix = format!("Q/{enterprise}");
        return Resolved {
            form: Form::Enterprise,
            prefix,
            ..coded(word, String::new(), None)
        };
    }
    if prefixes::is_enterprise_met_without_slash(word) && word == "GDW" {
        let prefix = format!("Q/{word}");
        return Resolved {
            form: Form::Enterprise,
            prefix,
            repaired: true,
            ..coded(word, String::new(), None)
        };
    }
    if let Some(group) = word
        .strip_prefix('T')
        .filter(|code| prefixes::is_group_met_without_slash(code))
    {
        return Resolved {
            form: Form::Group,
            prefix: format!("T/{group}"),
            ..coded(word, String::new(), None)
        };
    }
    for suffix in ['T', 'Z'] {
        if let Some(code) = word
            .strip_suffix(suffix)
            .filter(|code| prefixes::kind_of(code).is_some())
        {
            return coded(code, format!("{code}/{suffix}"), None);
        }
    }
    let mut letters = word.chars();
    let last = letters.next_back();
    let code = letters.as_str();
    if matches!(code, "ZB" | "JTG") {
        return coded(code, code.to_owned(), last);
    }
    coded(word, word.to_owned(), None)
}

/// `/T`, `/Z`, `/ZQ`, `/SH/T`; a blank or dash for the slash is taken only before T or Z, and nothing follows those.
fn read_suffixes(code: &str, cursor: &mut Cursor, prefix: &mut String, class: &mut Option<char>) {
    for first in [true, false] {
        if prefix.ends_with("/T") || prefix.ends_with("/Z") {
            return;
        }
        let mut ahead = *cursor;
        let before = ahead.position();
        ahead.skip_blanks();
        let blank = ahead.position() > before;
        let slash = eat_slashes(&mut ahead);
        let dash = !slash && ahead.eat_dashes();
        ahead.skip_blanks();
        let mut suffix = ahead.letters(5);
        if suffix.is_empty() && slash && ahead.at_digit() {
            *cursor = ahead; // a file name's underscore for the blank, GB_50054-2011
            return;
        }
        if code == "JTG" && suffix.len() == 2 && suffix.starts_with('T') {
            *class = suffix.pop(); // JTG/TD65 is JTG/T D65
        }
        let nature = matches!(suffix.as_str(), "T" | "Z");
        let allowed = (slash && (first || nature)) || ((blank || dash) && first && nature && code != "ZB");
        if !allowed || suffix.is_empty() || suffix.len() > 4 || suffix == "XG" {
            return;
        }
        prefix.push('/');
        prefix.push_str(&suffix);
        *cursor = ahead;
        if class.is_some() {
            return;
        }
    }
}

/// Nature by the last letter of the code; group, enterprise and foreign standards have none.
pub(super) fn nature_of(kind: StandardKind, prefix: &str) -> Option<StandardNature> {
    if !matches!(
        kind,
        StandardKind::National | StandardKind::Industry | StandardKind::Local
    ) {
        return None;
    }
    match prefix.split('/').skip(1).last() {
        None | Some("") => Some(StandardNature::Mandatory),
        Some(suffix) if suffix.ends_with('T') => Some(StandardNature::Recommended),
        Some("Z") => Some(StandardNature::Guidance),
        Some(_) => None,
    }
}
