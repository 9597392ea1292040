//! Reads the code before the serial: `GB/T`, `JB/ZQ`, `DB32/T`, `T/CSAE`, `JJF(电子)`.

use super::super::folding::is_han;
use super::coded::read_coded_head;
use super::cursor::Cursor;
use super::kind::StandardKind;
use super::local::read_local_head;
use super::parts::{Head, Joint};

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

pub(super) fn eat_slashes(cursor: &mut Cursor) -> bool {
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
    let mut head = Head::new(StandardKind::Enterprise, "Q/".to_owned());
    head.joint = Joint::Nothing;
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
    let mut head = Head::new(StandardKind::Group, format!("T/{association}"));
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
    let head = Head {
        joint: Joint::Nothing,
        ..Head::new(StandardKind::Other, format!("YZB/{place}"))
    };
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
    let head = Head::new(StandardKind::Metrology, prefix);
    StyledHead {
        head,
        style: SerialStyle::ClassLetter { class, blank: true },
    }
}
