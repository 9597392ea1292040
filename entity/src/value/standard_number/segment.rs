//! Reads the runs between the dashes of a number.

use super::cursor::Cursor;
use super::head::SerialStyle;
use super::year::split_glued_year;

/// Most dash-separated segments of a number.
const MOST_SEGMENTS: usize = 6;

/// Most digits in a run: two more than the longest serial seen, a product barcode has thirteen.
const MOST_DIGITS: usize = 10;

/// A run between dashes.
#[derive(Clone, Debug)]
pub(super) struct Segment<'a> {
    pub(super) text: String,
    /// `-` or `:` before it.
    pub(super) mark: char,
    /// Behind the segment.
    pub(super) end: Cursor<'a>,
}

/// Reads the segment before the first dash, as the series writes it.
pub(super) fn read_first_segment(cursor: &mut Cursor, style: SerialStyle) -> Option<String> {
    match style {
        SerialStyle::Plain
        | SerialStyle::ColonYear
        | SerialStyle::Device
        | SerialStyle::Enterprise { .. } => read_segment(cursor, 0, false),
        SerialStyle::Slashes => read_segment(cursor, 0, true),
        SerialStyle::Dashed => read_segment(cursor, 4, false).or_else(|| letters_before_dash(cursor)),
        SerialStyle::Pairs => read_pairs(cursor),
        SerialStyle::ClassLetter { class, blank } => read_class_serial(cursor, class, blank),
        SerialStyle::Group => read_group_serial(cursor),
    }
}

fn letters_before_dash(cursor: &mut Cursor) -> Option<String> {
    let mut ahead = *cursor;
    let letters = ahead.letters(6);
    let found = !letters.is_empty() && ahead.peek() == Some('-');
    found.then(|| {
        *cursor = ahead;
        letters
    })
}

/// `01 01 02 02`, also run together.
fn read_pairs(cursor: &mut Cursor) -> Option<String> {
    let mut digits = String::new();
    let mut ahead = *cursor;
    while ahead.at_digit() {
        digits.push_str(&ahead.digits(MOST_DIGITS));
        *cursor = ahead;
        ahead.skip_blanks();
    }
    if digits.is_empty() {
        return None;
    }
    let mut pairs = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index % 2 == 0 && digits.len() == 8 {
            pairs.push(' ');
        }
        pairs.push(digit);
    }
    Some(pairs)
}

/// `A 17002` of ZB and `B 1233` of JJF keep a blank, `D20` of JTG has none.
fn read_class_serial(cursor: &mut Cursor, class: Option<char>, blank: bool) -> Option<String> {
    let mut ahead = *cursor;
    let mut serial = class.map_or_else(|| ahead.letters(1), String::from);
    ahead.skip_blanks();
    let digits = read_segment(&mut ahead, 0, false)?;
    *cursor = ahead;
    if blank && !serial.is_empty() {
        serial.push(' ');
    }
    Some(serial + &digits)
}

/// `B031`, `CAMRA 20.1`, `G:D20`, `001`; the blank before letters is kept as printed.
fn read_group_serial(cursor: &mut Cursor) -> Option<String> {
    let mut ahead = *cursor;
    let letters = ahead.letters(8);
    if letters.is_empty() {
        return read_segment(cursor, 0, false);
    }
    if ahead.eat(':') {
        let classed = read_segment(&mut ahead, 2, false)?;
        *cursor = ahead;
        return Some(format!("{letters}:{classed}"));
    }
    let before = ahead.position();
    ahead.skip_blanks();
    let blank = if ahead.position() > before { " " } else { "" };
    let digits = read_segment(&mut ahead, 0, false)?;
    *cursor = ahead;
    Some(format!("{letters}{blank}{digits}"))
}

/// Letters (at most `letters`), digits, parts, and one letter behind: `1203B`, `02.5`, `V01`, `040.F`,
/// `20032/1`.
pub(super) fn read_segment(cursor: &mut Cursor, letters: usize, slashes: bool) -> Option<String> {
    let mut ahead = *cursor;
    let mut text = ahead.letters(letters);
    let digits = ahead.digits(MOST_DIGITS);
    if digits.is_empty() {
        return None;
    }
    text.push_str(&digits);
    loop {
        let mut next = ahead;
        let part = if next.eat('.') {
            let digits = next.digits(MOST_DIGITS);
            if digits.is_empty() {
                read_single_letter(&mut next)
            } else {
                Some(digits)
            }
            .map(|part| format!(".{part}"))
        } else if slashes && next.eat('/') {
            let detail = next.digits(3);
            (!detail.is_empty() && next.peek() == Some('-')).then(|| format!("/{detail}"))
        } else {
            None
        };
        match part {
            Some(part) => text.push_str(&part),
            None => break,
        }
        ahead = next;
    }
    if let Some(letter) = read_single_letter(&mut ahead) {
        text.push_str(&letter);
    }
    *cursor = ahead;
    Some(text)
}

/// One letter with nothing of a word behind it; `2023T/CAS` is the next number, not an edition.
fn read_single_letter(cursor: &mut Cursor) -> Option<String> {
    let mut ahead = *cursor;
    let letter = ahead.letters(1);
    let slash_behind = ahead.peek() == Some('/') && ahead.peek_nth(1) != Some('X');
    if letter.is_empty() || ahead.at_letter_or_digit() || slash_behind {
        return None;
    }
    *cursor = ahead;
    Some(letter)
}

/// Reads the segments behind dashes; a blank before the dash ends a number that has its year.
pub(super) fn read_more_segments<'a>(
    cursor: &mut Cursor<'a>,
    style: SerialStyle,
    segments: &mut Vec<Segment<'a>>,
) {
    let letters = if style == SerialStyle::Dashed { 4 } else { 0 };
    while segments.len() < MOST_SEGMENTS {
        let mut ahead = *cursor;
        ahead.skip_blanks();
        let blank = ahead.position() > cursor.position();
        let after_year = segments.len() > 1
            && segments
                .last()
                .is_some_and(|last| split_glued_year(&last.text).is_some());
        let mark = if ahead.eat(':') { ':' } else { '-' };
        if (mark == '-' && !ahead.eat_dashes()) || (blank && after_year) {
            break;
        }
        ahead.skip_blanks();
        match read_segment(&mut ahead, letters, false) {
            Some(text) => segments.push(Segment {
                text,
                mark,
                end: ahead,
            }),
            None => break,
        }
        *cursor = ahead;
    }
}
