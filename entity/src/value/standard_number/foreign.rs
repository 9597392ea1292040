//! Reads international and foreign numbers: `ISO/IEC 17025:2017`, `EN 71-3:2019+A1:2021`, `ASTM F963-17`.

use super::cursor::Cursor;
use super::kind::StandardKind;
use super::parts::{Body, Head, Parts, Shape, Year};
use super::prefixes::{is_foreign_document, is_foreign_issuer, split_foreign_issuer, writes_short_years};
use super::year::split_glued_year;

/// Reads one foreign number with its amendments.
pub(super) fn read_foreign_number(cursor: &mut Cursor) -> Option<Parts> {
    let mut ahead = *cursor;
    let (prefix, class) = read_issuers(&mut ahead)?;
    let mut serial = class;
    serial.push_str(&read_serial(&mut ahead, serial.is_empty())?);
    let year = read_colon_year(&mut ahead).or_else(|| split_dash_year(&prefix, &mut serial));
    let tail = read_additions(&mut ahead);
    let amendment = read_amendment(&mut ahead);
    *cursor = ahead;
    let head = Head::new(StandardKind::Foreign, prefix);
    let body = Body {
        serial,
        year,
        tail,
        shape: Shape::Single,
        repaired: false,
    };
    Some(Parts {
        amendment,
        ..Parts::new(head, body)
    })
}

/// Issuers and document words with the slashes, dashes and blanks between them; class letters run on to the
/// last one (`ASTMF963`) come back apart.
fn read_issuers(cursor: &mut Cursor) -> Option<(String, String)> {
    let mut ahead = *cursor;
    let first = ahead.letters(8);
    if ahead.at_letter() {
        return None;
    }
    let (mut prefix, class) = split_first_word(&first, &ahead)?;
    *cursor = ahead;
    if !class.is_empty() {
        return Some((prefix, class));
    }
    for _ in 0..4 {
        let mut next = *cursor;
        next.skip_blanks();
        let separator = match next.peek() {
            Some('/') => '/',
            Some('-') => '-',
            _ => ' ',
        };
        if separator != ' ' {
            next.bump();
            next.skip_blanks();
        }
        let word = next.letters(8);
        let document = is_foreign_document(&word) && !(separator == ' ' && word.len() == 1);
        if word.is_empty() || next.at_letter() || !(is_foreign_issuer(&word) || document) {
            break;
        }
        prefix.push(separator);
        prefix.push_str(&word);
        *cursor = next;
    }
    Some((prefix, String::new()))
}

/// `ISO`, `IECTS` as `IEC TS`, `ASTMF` before digits as `ASTM` and the class `F`.
fn split_first_word(word: &str, behind: &Cursor) -> Option<(String, String)> {
    let (prefix, class) = split_issuers(word)?;
    let allowed = class.is_empty() || (prefix.len() > 2 && behind.at_digit());
    allowed.then(|| (prefix, class.to_owned()))
}

/// Issuers and document words at the start of a word, and the class letter left.
fn split_issuers(word: &str) -> Option<(String, &str)> {
    let (issuer, mut rest) = split_foreign_issuer(word)?;
    let mut prefix = issuer.to_owned();
    while rest.len() > 1 {
        let (next, behind) = match split_foreign_issuer(rest) {
            Some(split) => split,
            None if is_foreign_document(rest) => (rest, ""),
            None => return None,
        };
        prefix.push(' ');
        prefix.push_str(next);
        rest = behind;
    }
    Some((prefix, rest))
}

/// Whether a word is made of foreign issuers only, so that no Chinese code may be seen in it.
pub(super) fn is_foreign_word(word: &str) -> bool {
    split_issuers(word).is_some_and(|(_, class)| class.is_empty())
}

/// Class letter, digits, parts: `60335-1`, `F963-17`, `B 0601`, `G.652`, `802.3`.
fn read_serial(cursor: &mut Cursor, may_have_class: bool) -> Option<String> {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    if ahead.eat_dashes() {
        ahead.skip_blanks();
    }
    let mut serial = String::new();
    if may_have_class {
        serial = ahead.letters(2);
        match ahead.peek() {
            Some(mark @ ('.' | ' ')) if !serial.is_empty() => {
                ahead.bump();
                serial.push(mark);
            }
            _ => {}
        }
    }
    let digits = ahead.digits(7);
    if digits.is_empty() || ahead.at_digit() {
        return None;
    }
    serial.push_str(&digits);
    for _ in 0..6 {
        let mut next = ahead;
        next.skip_blanks();
        let blank = next.position() > ahead.position();
        let Some(mark) = next
            .bump()
            .filter(|mark| *mark == '-' || (*mark == '.' && !blank))
        else {
            break;
        };
        while mark == '-' && next.eat('-') {}
        if blank {
            next.skip_blanks();
        }
        let digits = next.digits(6);
        if digits.is_empty() {
            break;
        }
        serial.push(mark);
        serial.push_str(&digits);
        ahead = next;
    }
    let mut next = ahead;
    let letter = next.letters(1);
    if !letter.is_empty() && !next.at_letter() {
        serial.push_str(&letter);
        serial.push_str(&next.digits(1)); // editorial change of ASTM, F963-17e1
        ahead = next;
    }
    *cursor = ahead;
    Some(serial)
}

fn read_colon_year(cursor: &mut Cursor) -> Option<Year> {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    if !ahead.eat(':') {
        return None;
    }
    ahead.skip_blanks();
    let digits = ahead.digits(4);
    let value = match digits.len() {
        4 => digits.parse().ok().filter(|year| (1900..=2099).contains(year))?,
        2 => two_digit_year(&digits)?,
        _ => return None,
    };
    if ahead.at_digit() {
        return None;
    }
    *cursor = ahead;
    Some(Year {
        mark: ':',
        text: digits,
        value,
        letter: String::new(),
    })
}

/// The last segment of the serial, if it is a year.
fn split_dash_year(prefix: &str, serial: &mut String) -> Option<Year> {
    let (front, last) = serial.rsplit_once('-')?;
    let short = || {
        prefix
            .split(['/', ' ', '-'])
            .any(writes_short_years)
            .then(|| short_dash_year(last))
            .flatten()
    };
    let year = match split_glued_year(last) {
        Some((text, letter)) => Year {
            mark: '-',
            value: text.parse().ok()?,
            text,
            letter,
        },
        None => short()?,
    };
    *serial = front.to_owned();
    Some(year)
}

fn short_dash_year(text: &str) -> Option<Year> {
    let (digits, letter) = text.split_at_checked(2)?;
    let letters = letter.is_empty() || letter.starts_with(|first: char| first.is_ascii_uppercase());
    let value = two_digit_year(digits).filter(|_| letters)?;
    Some(Year {
        mark: '-',
        text: digits.to_owned(),
        value,
        letter: letter.to_owned(),
    })
}

/// Foreign issuers still print two digits: from 50 on the last century.
fn two_digit_year(digits: &str) -> Option<u16> {
    let value: u16 = digits.parse().ok()?;
    Some(if value >= 50 { 1900 + value } else { 2000 + value })
}

/// `+A1:2021`, `+AC:2010`, `+A11`.
fn read_additions(cursor: &mut Cursor) -> String {
    let mut additions = String::new();
    for _ in 0..4 {
        let mut ahead = *cursor;
        ahead.skip_blanks();
        if !ahead.eat('+') {
            break;
        }
        ahead.skip_blanks();
        let name = ahead.letters(3) + &ahead.digits(3);
        if name.is_empty() {
            break;
        }
        additions.push('+');
        additions.push_str(&name);
        if let Some(year) = read_colon_year(&mut ahead) {
            additions.push(':');
            additions.push_str(&year.text);
        }
        *cursor = ahead;
    }
    additions
}

/// `/AMD 1:2024`, `/COR 1:2006`.
fn read_amendment(cursor: &mut Cursor) -> String {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    if !ahead.eat('/') {
        return String::new();
    }
    ahead.skip_blanks();
    let word = ahead.letters(4);
    ahead.eat('.');
    ahead.skip_blanks();
    let number = ahead.digits(2);
    if !matches!(word.as_str(), "AMD" | "COR") || number.is_empty() {
        return String::new();
    }
    let year = read_colon_year(&mut ahead);
    *cursor = ahead;
    let year = year.map_or(String::new(), |year| format!(":{}", year.text));
    format!("/{word} {number}{year}")
}
