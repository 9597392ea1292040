//! Reads serial and year of a number: `1.1-2020`, `A 17002-1986`, `05C-029-2006`, `10-1-2-2018`.

use super::cursor::Cursor;
use super::head::SerialStyle;
use super::parts::{Body, Shape, Year};
use super::segment::{Segment, read_first_segment, read_more_segments, read_segment};
use super::year::{pick_year, read_letters_behind_year};

/// Reads the body of every style but the enterprise's; `blank_for_dash` also takes `44260 2024` where
/// nothing but a title follows.
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

/// Seven digits and more are no serial (the grammar ends at six), a part of four digits that is a year is
/// none either.
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
