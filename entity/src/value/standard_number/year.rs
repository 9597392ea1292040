//! Finds the year of a number among its segments.

use super::cursor::Cursor;
use super::parts::Year;
use super::segment::Segment;

/// Letters of language editions behind the year that are longer than one: French, Myanmar (Burmese),
/// English, Russian.
const LONG_EDITION_LETTERS: &[&str] = &["MM", "FR", "EN", "RU"];

/// The segment that is the year, and the year: the last of four digits, else a last one of two digits where
/// the style has such years. The first segment is always serial, DB43/T 1999-2021.
pub(super) fn pick_year(segments: &[Segment], short_years: bool) -> Option<(usize, Year)> {
    let candidates = segments.iter().enumerate().skip(1).rev();
    for (index, segment) in candidates {
        if let Some((text, letter)) = split_glued_year(&segment.text) {
            let value = text.parse().ok()?;
            return Some((
                index,
                Year {
                    mark: segment.mark,
                    text,
                    value,
                    letter,
                },
            ));
        }
    }
    let (index, last) = segments.iter().enumerate().skip(1).next_back()?;
    if !short_years {
        return None;
    }
    let value = short_year(&last.text)?;
    Some((
        index,
        Year {
            mark: last.mark,
            text: last.text.clone(),
            value,
            letter: String::new(),
        },
    ))
}

/// Two digits are of the last century: numbers have four since 1995.
pub(super) fn short_year(text: &str) -> Option<u16> {
    let digits = text.len() == 2 && text.chars().all(|character| character.is_ascii_digit());
    let value: u16 = text.parse().ok().filter(|_| digits)?;
    Some(1900 + value)
}

/// A year of four digits, and the edition letter if one is glued on: `2020E`.
pub(super) fn split_glued_year(text: &str) -> Option<(String, String)> {
    let (digits, letter) = text.split_at_checked(4)?;
    let plain = digits.chars().all(|character| character.is_ascii_digit());
    let letters = letter.len() <= 1 && letter.chars().all(|character| character.is_ascii_uppercase());
    let value: u16 = digits.parse().ok().filter(|_| plain && letters)?;
    (1900..=2099)
        .contains(&value)
        .then(|| (digits.to_owned(), letter.to_owned()))
}

/// Two-letter language editions, `2020MM`; the single letter was read with the segment.
pub(super) fn read_letters_behind_year(cursor: &mut Cursor, mut year: Year) -> Year {
    let mut ahead = *cursor;
    let letters = ahead.letters(2);
    let whole = !ahead.at_letter_or_digit();
    if year.letter.is_empty()
        && year.text.len() == 4
        && whole
        && LONG_EDITION_LETTERS.contains(&letters.as_str())
    {
        year.letter = letters;
        *cursor = ahead;
    }
    year
}
