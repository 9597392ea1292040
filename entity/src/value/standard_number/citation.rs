//! Finds the numbers of standards in free text.

use super::super::folding::{Folded, fold_at_most};
use super::StandardNumber;
use super::cursor::Cursor;
use super::head::read_head;
use super::kind::StandardKind;
use super::list::with_prefix_of;
use super::parts::Parts;
use super::reading::read_number;

/// Characters folded at a time: bounds memory on texts of any length.
const WINDOW: usize = 16_384;

/// Characters at the end of a window that are left to the next one, longer than any number with amendment
/// and adoption.
const OVERLAP: usize = 512;

/// Most bytes between a number and an abbreviated one: the separator and a few blanks.
const LONGEST_SEPARATOR: usize = 16;

/// A number found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// First byte of the number in the text.
    pub start: usize,
    /// First byte behind it.
    pub end: usize,
    /// The number, read from that range; a member of a list that leaves the prefix out (`GB
    /// 4806.1-2016、4806.7-2016`) has it put before.
    pub number: StandardNumber,
}

/// Finds the numbers in prose, pasted lists and cells of tables, in order and without overlap.
///
/// Takes what it finds only if the code is known or the form leaves no doubt, so that `COVID-19`, `M8-1.25`
/// or `T/T` are no numbers. Time grows with the length of the text, whatever stands in it.
pub fn find_citations(text: &str) -> Vec<Citation> {
    let mut citations = Vec::new();
    let mut from = 0;
    let mut before = None;
    loop {
        let folded = fold_at_most(text, from, WINDOW);
        let complete = folded.len() < WINDOW;
        let limit = if complete { folded.len() } else { WINDOW - OVERLAP };
        let scanned = scan_window(text, &folded, limit, before, &mut citations);
        if complete {
            return citations;
        }
        before = folded.get(scanned.saturating_sub(1)).map(|one| one.character);
        match folded.get(scanned) {
            Some(next) => from = next.start,
            None => from = folded.last().map_or(text.len(), |last| last.end),
        }
    }
}

/// Scans candidates that start before `limit`; gives the position where the next window goes on.
fn scan_window(
    text: &str,
    folded: &[Folded],
    limit: usize,
    before: Option<char>,
    citations: &mut Vec<Citation>,
) -> usize {
    let mut position = 0;
    let mut previous = before;
    while position < limit {
        let cursor = Cursor::new(folded, position);
        let may_start = starts_number(cursor, previous);
        match may_start
            .then(|| read_citation(text, cursor, citations))
            .flatten()
        {
            Some((citation, end)) => {
                citations.push(citation);
                position = end.max(position + 1);
                previous = None; // the next number may follow without any separator
            }
            None => {
                previous = cursor.peek();
                position += 1;
            }
        }
    }
    position
}

/// A code starts at a letter that goes on no word, a ministry's name at its first character, an abbreviated
/// member at a digit behind 、.
fn starts_number(cursor: Cursor, previous: Option<char>) -> bool {
    match cursor.peek() {
        Some('A'..='Z') => !previous.is_some_and(|before| before.is_ascii_alphanumeric()),
        Some('农') => true,
        Some('0'..='9') => matches!(previous, Some('、' | ' ')),
        _ => false,
    }
}

fn read_citation(text: &str, start: Cursor, citations: &[Citation]) -> Option<(Citation, usize)> {
    if start.at_digit() {
        return read_abbreviated(text, start, citations);
    }
    let mut cursor = start;
    let parts = read_number(&mut cursor, false)?;
    if !parts.is_believable() || (cursor.at_letter_or_digit() && !ends_before_word(cursor, &parts)) {
        return None;
    }
    let (from, to) = (start.start_byte(), cursor.end_byte());
    let number = StandardNumber::of_field(text.get(from..to)?);
    number.kind()?;
    Some((
        Citation {
            start: from,
            end: to,
            number,
        },
        cursor.position(),
    ))
}

/// Behind a year the next number may follow at once, `GB 1-1990GB/T 2-1991`, and text behind a code that is
/// nothing else.
fn ends_before_word(mut cursor: Cursor, parts: &Parts) -> bool {
    let behind_year =
        parts.body.year.is_some() && cursor.previous().is_some_and(|before| before.is_ascii_digit());
    if !behind_year || !cursor.at_letter() || parts.head.kind == StandardKind::Foreign {
        return false;
    }
    let certain = parts.head.kind == StandardKind::National || parts.head.prefix.contains('/');
    certain || read_head(&mut cursor).is_some_and(|styled| styled.head.known)
}

/// `4806.7-2016` right behind `GB 4806.1-2016、`.
fn read_abbreviated(text: &str, start: Cursor, citations: &[Citation]) -> Option<(Citation, usize)> {
    let last = citations.last()?;
    let between = text.get(last.end..start.start_byte())?;
    if between.len() > LONGEST_SEPARATOR || between.trim() != "、" {
        return None;
    }
    let mut cursor = start;
    let serial = cursor.take_while(12, |character| character.is_ascii_digit() || character == '.');
    cursor.skip_blanks();
    let dash = cursor.eat_dashes();
    cursor.skip_blanks();
    let year = cursor.digits(5);
    if serial.is_empty()
        || !dash
        || year.len() != 4
        || cursor.at_letter_or_digit()
        || cursor.peek() == Some('-')
    {
        return None;
    }
    let (from, to) = (start.start_byte(), cursor.end_byte());
    let number = with_prefix_of(&last.number, text.get(from..to)?)?;
    Some((
        Citation {
            start: from,
            end: to,
            number,
        },
        cursor.position(),
    ))
}
