//! Reads code, serial and year of an enterprise standard behind `Q/`.
//!
//! The enterprise chooses its code (企业标准化促进办法 art. 13), so nothing tells where the code ends and the serial
//! begins: the text is kept as printed, with its blanks or lack of them.

use super::super::folding::is_han;
use super::cursor::Cursor;
use super::parts::{Body, Shape, Year};
use super::year::{short_year, split_glued_year};

/// Most pieces between blanks and dashes.
const MOST_PIECES: usize = 8;

struct Reading<'a> {
    text: String,
    /// Where to fall back to when pieces behind the first number turn out to be no part of it.
    first_number: Option<(String, Cursor<'a>)>,
    letters_seen: bool,
    digits_seen: bool,
}

/// `GDW 11148-2013`, `320582LJT5-2014`, `SRQ 0001S-2023`, `GDW15 001-2014-10501`; `coded` if the code was
/// read before.
pub(super) fn read_enterprise_body(cursor: &mut Cursor, coded: bool) -> Option<Body> {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    let first = read_piece(&mut ahead)?;
    let mut reading = Reading {
        text: String::new(),
        first_number: None,
        letters_seen: coded,
        digits_seen: false,
    };
    reading.add("", &first, ahead);
    for _ in 1..MOST_PIECES {
        let mut next = ahead;
        next.skip_blanks();
        let blank = next.position() > ahead.position() && next.previous() == Some(' ');
        let dash = next.eat_dashes();
        if dash {
            next.skip_blanks();
        } else if !blank {
            break;
        }
        let Some(piece) = read_piece(&mut next) else { break };
        if dash
            && reading.digits_seen
            && let Some(year) = year_of(&piece, next)
        {
            let tail = read_tail(&mut next);
            *cursor = next;
            return Some(body(reading.text, Some(year), tail));
        }
        let goes_on =
            dash || !piece.starts_with(|first: char| first.is_ascii_uppercase()) || !reading.letters_seen;
        if !goes_on {
            break;
        }
        reading.add(if dash { "-" } else { " " }, &piece, next);
        ahead = next;
    }
    let (text, end) = reading.first_number?;
    *cursor = end;
    let cut_year = text.rsplit_once('-').is_some_and(|(_, last)| is_cut_year(last));
    let shape = if cut_year { Shape::Malformed } else { Shape::Single };
    Some(Body {
        shape,
        ..body(text, None, String::new())
    })
}

impl<'a> Reading<'a> {
    fn add(&mut self, joint: &str, piece: &str, end: Cursor<'a>) {
        self.text.push_str(joint);
        self.text.push_str(piece);
        self.letters_seen |= piece.chars().any(|character| character.is_ascii_uppercase());
        self.digits_seen |= piece.chars().any(|character| character.is_ascii_digit());
        let first = self.first_number.is_none() && self.digits_seen && self.letters_seen;
        let serial_by_dash = joint == "-" && self.first_number.is_some();
        if first || serial_by_dash {
            self.first_number = Some((self.text.clone(), end));
        }
    }
}

fn body(serial: String, year: Option<Year>, tail: String) -> Body {
    Body {
        serial,
        year,
        tail,
        shape: Shape::Single,
        repaired: false,
    }
}

/// Letters, digits, inner points, and brackets around a place or an enterprise.
fn read_piece(cursor: &mut Cursor) -> Option<String> {
    let mut ahead = *cursor;
    let mut piece = String::new();
    while piece.chars().count() < 24 {
        piece.push_str(&ahead.take_while(24, |character| {
            character.is_ascii_uppercase() || character.is_ascii_digit()
        }));
        let mut next = ahead;
        if next.eat('.') && next.at_digit() {
            piece.push('.');
        } else if let Some(bracket) = read_bracket(&mut next) {
            piece.push_str(&bracket);
        } else {
            break;
        }
        ahead = next;
    }
    if piece.is_empty() {
        return None;
    }
    *cursor = ahead;
    Some(piece)
}

/// `(GZ)`; a year or a note in brackets is no part of the number.
fn read_bracket(cursor: &mut Cursor) -> Option<String> {
    let mut ahead = *cursor;
    if !ahead.eat('(') {
        return None;
    }
    let inner = ahead.take_while(8, |character| character.is_ascii_uppercase() || is_han(character));
    if inner.is_empty()
        || !ahead.eat(')')
        || !ahead
            .peek()
            .is_some_and(|next| next.is_ascii_alphanumeric() || next == ' ')
    {
        return None;
    }
    *cursor = ahead;
    Some(format!("({inner})"))
}

/// A year of four digits; of two only at the end of the number and before 2000.
fn year_of(piece: &str, behind: Cursor) -> Option<Year> {
    if let Some((text, letter)) = split_glued_year(piece) {
        let value = text.parse().ok()?;
        return Some(Year {
            mark: '-',
            text,
            value,
            letter,
        });
    }
    let last = behind.peek() != Some('-');
    let value = short_year(piece).filter(|value| last && *value >= 1950)?;
    Some(Year {
        mark: '-',
        text: piece.to_owned(),
        value,
        letter: String::new(),
    })
}

/// `201`, a year that lost its last digit.
fn is_cut_year(text: &str) -> bool {
    text.len() == 3
        && (text.starts_with("19") || text.starts_with("20"))
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number of the document that issued it, `-10501`.
fn read_tail(cursor: &mut Cursor) -> String {
    let mut ahead = *cursor;
    if ahead.eat('-') {
        let digits = ahead.digits(6);
        if digits.len() > 2 && !ahead.at_letter_or_digit() && ahead.peek() != Some('-') {
            *cursor = ahead;
            return format!("-{digits}");
        }
    }
    String::new()
}
