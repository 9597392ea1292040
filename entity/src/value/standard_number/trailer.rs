//! Reads what follows a number and belongs to it: amendment, adopted number, edition note; and takes off
//! notes and titles.

use super::cursor::Cursor;
use super::foreign::read_foreign_number;
use super::kind::{Adoption, AdoptionDegree, NumberFlag, StandardKind};
use super::parts::Parts;

/// Longest note in brackets, in characters.
const LONGEST_NOTE: usize = 60;

/// Longest title in 《》, in characters.
const LONGEST_TITLE: usize = 200;

/// Reads amendment and adopted number behind serial and year.
pub(super) fn read_trailer(cursor: &mut Cursor, parts: &mut Parts) {
    if parts.head.kind == StandardKind::Foreign {
        return;
    }
    if let Some(amendment) = read_amendment(cursor) {
        parts.amendment = amendment;
    }
    if parts.head.kind != StandardKind::Enterprise {
        parts.adoption = read_adoption(cursor);
    }
}

/// `/XG1-2019`, `第1号修改单`, `《第1号修改单》`: the amendments (修改单) of a standard.
fn read_amendment(cursor: &mut Cursor) -> Option<String> {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    let slash = ahead.eat('/');
    ahead.skip_blanks();
    let number = if ahead.eat_text("XG") {
        ahead.skip_blanks();
        ahead.digits(2)
    } else if slash {
        return None;
    } else {
        read_amendment_in_words(&mut ahead)?
    };
    if number.is_empty() {
        return None;
    }
    *cursor = ahead;
    let mut amendment = format!("/XG{number}");
    ahead.skip_blanks();
    if ahead.eat_dashes() {
        ahead.skip_blanks();
        let year = ahead.digits(4);
        if year.len() == 4 && !ahead.at_digit() {
            amendment.push('-');
            amendment.push_str(&year);
            *cursor = ahead;
        }
    }
    Some(amendment)
}

fn read_amendment_in_words(cursor: &mut Cursor) -> Option<String> {
    let mut ahead = *cursor;
    let open = ['《', '('].into_iter().find(|open| ahead.eat(*open));
    ahead.eat('第');
    ahead.skip_blanks();
    let number = match ahead.digits(2) {
        digits if !digits.is_empty() => digits,
        _ => digit_of(ahead.bump()?)?.to_string(),
    };
    ahead.skip_blanks();
    if !ahead.eat_text("号修改单") {
        return None;
    }
    if open.is_some() && !(ahead.eat('》') || ahead.eat(')')) {
        return None;
    }
    *cursor = ahead;
    Some(number)
}

fn digit_of(han: char) -> Option<usize> {
    let digits = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    digits
        .iter()
        .position(|digit| *digit == han)
        .map(|index| index + 1)
}

/// `/ISO 9001:2015 IDT`, `(ISO 9001:2015, IDT)`, `idt ISO 9001:1994`.
fn read_adoption(cursor: &mut Cursor) -> Option<Adoption> {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    let bracket = ahead.eat('(');
    let slash = !bracket && ahead.eat('/');
    ahead.skip_blanks();
    let before = read_degree(&mut ahead);
    ahead.skip_blanks();
    if !bracket && !slash && before.is_none() {
        return None;
    }
    let number = read_foreign_number(&mut ahead)?.canonical();
    *cursor = ahead;
    let mut behind = ahead;
    behind.skip_blanks();
    if behind.eat(',') || behind.eat('/') {
        behind.skip_blanks();
    }
    let degree = before.or_else(|| read_degree(&mut behind).inspect(|_| *cursor = behind));
    if bracket {
        cursor.skip_blanks();
        cursor.eat(')');
    }
    Some(Adoption { number, degree })
}

fn read_degree(cursor: &mut Cursor) -> Option<AdoptionDegree> {
    let mut ahead = *cursor;
    let word = ahead.letters(3);
    let degree = AdoptionDegree::ALL
        .into_iter()
        .find(|degree| degree.as_str() == word);
    if ahead.at_letter_or_digit() {
        return None;
    }
    degree.inspect(|_| *cursor = ahead)
}

/// Takes off bracketed notes and 《titles》 behind a number, and marks what was taken off.
pub(super) fn take_off_notes(cursor: &mut Cursor, parts: &mut Parts) {
    loop {
        let mut ahead = *cursor;
        ahead.skip_blanks();
        let flag = match ahead.peek() {
            Some('《') => skip_enclosed(&mut ahead, '》', LONGEST_TITLE).map(|_| NumberFlag::TitleRemoved),
            Some('(') => read_note(&mut ahead, parts),
            _ => None,
        };
        let Some(flag) = flag else { return };
        parts.add_flag(flag);
        *cursor = ahead;
    }
}

/// `(2016年版)` is an edition, anything else a note.
fn read_note(cursor: &mut Cursor, parts: &mut Parts) -> Option<NumberFlag> {
    let note = skip_enclosed(cursor, ')', LONGEST_NOTE)?;
    match edition_of(&note) {
        Some(year) => {
            parts.edition_note = Some(year);
            Some(NumberFlag::EditionNote)
        }
        None => Some(NumberFlag::NoteRemoved),
    }
}

/// The year in `2016年版`, `2016版`, `2016年局部修订`.
fn edition_of(note: &str) -> Option<u16> {
    let compact: String = note.chars().filter(|character| *character != ' ').collect();
    let (year, word) = compact.split_at_checked(4)?;
    let year: u16 = year.parse().ok().filter(|year| (1900..=2099).contains(year))?;
    (word.ends_with('版') || word.ends_with("修订")).then_some(year)
}

/// Reads from an opening sign to `close`, and gives what is between; nothing if it does not close in time.
pub(super) fn skip_enclosed(cursor: &mut Cursor, close: char, most: usize) -> Option<String> {
    let mut ahead = *cursor;
    let open = ahead.bump()?;
    let mut depth = 0_usize;
    let mut inner = String::new();
    for _ in 0..most {
        let character = ahead.bump()?;
        if character == close && depth == 0 {
            *cursor = ahead;
            return Some(inner);
        }
        if character == open {
            depth += 1;
        } else if character == close {
            depth -= 1;
        }
        inner.push(character);
    }
    None
}
