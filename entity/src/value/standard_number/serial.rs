//! Reads serial and year of a number: `1.1-2020`, `A 17002-1986`, `05C-029-2006`, `10-1-2-2018`.

use super::cursor::Cursor;
use super::head::SerialStyle;
use super::parts::{Body, Shape, Year};
use super::year::{pick_year, read_letters_behind_year, split_glued_year};

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

/// Reads the body of every style but the enterprise's; `blank_for_dash` also takes `44260 2024` where nothing but a title follows.
pub(super) fn read_body(cursor: &mut Cursor, style: SerialStyle, blank_for_dash: bool) -> Option<Body> {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    let first = read_first_segment(&mut ahead, style)?;
    let mut segments = vec![Segment {
        text: first,
        mark: '-',
        end: ahead,
    }];
    read_more_segments(&mut ahead, style, &mut segments);
    if ahead.peek().is_some_and(|next| next.is_ascii_digit()) {
        return None; // a run of digits longer than any serial
    }
    if let Some(range) = read_tilde_range(&mut ahead, &segments) {
        *cursor = ahead;
        return Some(range);
    }
    let body = assemble(cursor, style, segments)?;
    match repair(&body, style, blank_for_dash, cursor) {
        Some(repaired) => Some(repaired),
        None => Some(body),
    }
}

fn assemble<'a>(cursor: &mut Cursor<'a>, style: SerialStyle, mut segments: Vec<Segment<'a>>) -> Option<Body> {
    let short_years = !matches!(style, SerialStyle::Group | SerialStyle::Dashed);
    let year = match pick_year(&segments, short_years) {
        Some((index, year)) => {
            let behind = segments.split_off(index);
            *cursor = behind.first()?.end;
            Some(year)
        }
        None => {
            *cursor = segments.last()?.end;
            None
        }
    };
    let year = year.map(|year| read_letters_behind_year(cursor, year));
    let year = year.map(|year| {
        if matches!(style, SerialStyle::Dashed | SerialStyle::ColonYear) {
            year
        } else {
            Year { mark: '-', ..year }
        }
    });
    let shape = shape_of(&segments, style, year.is_some());
    let texts: Vec<&str> = segments.iter().map(|segment| segment.text.as_str()).collect();
    Some(Body {
        serial: texts.join("-"),
        year,
        tail: String::new(),
        shape,
        repaired: false,
    })
}

fn read_first_segment(cursor: &mut Cursor, style: SerialStyle) -> Option<String> {
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

/// Letters (at most `letters`), digits, parts, and one letter behind: `1203B`, `02.5`, `V01`, `040.F`, `20032/1`.
fn read_segment(cursor: &mut Cursor, letters: usize, slashes: bool) -> Option<String> {
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

fn read_more_segments<'a>(cursor: &mut Cursor<'a>, style: SerialStyle, segments: &mut Vec<Segment<'a>>) {
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

/// `5009.1~5009.3-2003`, `3100~3102-1993`.
fn read_tilde_range(cursor: &mut Cursor, segments: &[Segment]) -> Option<Body> {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    if !ahead.eat('~') {
        return None;
    }
    while ahead.eat('~') {}
    ahead.skip_blanks();
    let upper = read_segment(&mut ahead, 0, false)?;
    let mut upper_segments = vec![Segment {
        text: upper.clone(),
        mark: '-',
        end: ahead,
    }];
    read_more_segments(&mut ahead, SerialStyle::Plain, &mut upper_segments);
    let year = pick_year(&upper_segments, true).map(|(_, year)| year);
    *cursor = ahead;
    let lower: Vec<&str> = segments.iter().map(|segment| segment.text.as_str()).collect();
    let serial = format!("{}~{upper}", lower.join("-"));
    Some(Body {
        serial,
        year,
        tail: String::new(),
        shape: Shape::Range,
        repaired: false,
    })
}

/// A dash inside the serial is a range where the number behind it goes on counting.
fn shape_of(segments: &[Segment], style: SerialStyle, dated: bool) -> Shape {
    if style == SerialStyle::Dashed && !dated && segments.len() == 1 {
        return Shape::Malformed; // COVID-19
    }
    if !matches!(style, SerialStyle::Plain | SerialStyle::Group) {
        return Shape::Single;
    }
    let [first, second, ..] = segments else {
        return Shape::Single;
    };
    let counts_on =
        last_number(&second.text) > last_number(&first.text) && last_number(&first.text).is_some();
    let same_form = first.text.len() == second.text.len() && first.text.len() > 2;
    let parts = first.text.contains('.') && (second.text.contains('.') || second.text.len() <= 2);
    if counts_on && style == SerialStyle::Plain && (same_form || parts) {
        return Shape::Range;
    }
    let typed_year = segments
        .last()
        .is_some_and(|last| last.text.len() > 2 && last.text.starts_with(['1', '2']));
    if !dated && typed_year && segments.len() == 2 {
        Shape::Malformed
    } else {
        Shape::Single
    }
}

fn last_number(text: &str) -> Option<u64> {
    text.rsplit('.').next().and_then(|digits| digits.parse().ok())
}

/// Puts back a lost dash: `2142017`, `10471.2008`, `44260 2024`.
fn repair(body: &Body, style: SerialStyle, blank_for_dash: bool, cursor: &mut Cursor) -> Option<Body> {
    let plain = matches!(style, SerialStyle::Plain | SerialStyle::Group);
    if body.year.is_some() || !plain || body.shape != Shape::Single || body.serial.contains('-') {
        return None;
    }
    if let Some((serial, year)) = split_run_together(&body.serial) {
        return Some(Body {
            serial,
            year: Some(year),
            repaired: true,
            ..body.clone()
        });
    }
    if !blank_for_dash {
        return None;
    }
    let mut ahead = *cursor;
    ahead.skip_blanks();
    let digits = ahead.digits(5);
    let mut behind = ahead;
    behind.skip_blanks();
    let closed = matches!(behind.peek(), None | Some(')' | '《' | '.'));
    let year = recent_year(&digits).filter(|_| closed)?;
    *cursor = ahead;
    Some(Body {
        year: Some(year),
        repaired: true,
        ..body.clone()
    })
}

/// Seven digits and more are no serial (the grammar ends at six), a part of four digits that is a year is none either.
fn split_run_together(serial: &str) -> Option<(String, Year)> {
    let (front, digits) = serial.split_at_checked(serial.len().checked_sub(4)?)?;
    let year = recent_year(digits)?;
    if let Some(front) = front.strip_suffix('.') {
        return Some((front.to_owned(), year));
    }
    let only_digits = front.chars().all(|character| character.is_ascii_digit());
    (only_digits && front.len() >= 3).then(|| (front.to_owned(), year))
}

fn recent_year(digits: &str) -> Option<Year> {
    let value: u16 = digits.parse().ok()?;
    let found = digits.len() == 4 && (1950..=2039).contains(&value);
    found.then(|| Year {
        mark: '-',
        text: digits.to_owned(),
        value,
        letter: String::new(),
    })
}
