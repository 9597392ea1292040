//! Reads one number at a position, and a field that should hold nothing else.

use super::super::folding::{Folded, fold, is_blank};
use super::cursor::Cursor;
use super::enterprise::read_enterprise_body;
use super::foreign::read_foreign_number;
use super::head::{SerialStyle, read_head};
use super::kind::{NumberFlag, StandardKind};
use super::notice::read_notice_number;
use super::parts::{Body, Head, Parts, Shape};
use super::serial::read_body;
use super::trailer::{read_trailer, skip_enclosed, take_off_notes};

/// Longest text that is looked at, in characters: far above the longest number with its title.
pub(super) const LONGEST_FIELD: usize = 400;

/// Most numbers read from one field.
const MOST_NUMBERS: usize = 64;

/// One number found in a field, with its byte range in the source.
pub(super) struct Found {
    pub(super) parts: Parts,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What a field holds.
pub(super) struct Field {
    pub(super) found: Vec<Found>,
    /// A mark of lists stood between the numbers.
    pub(super) listed: bool,
    /// Flags of the field when nothing was found.
    pub(super) flags: Vec<NumberFlag>,
    /// Kind of a prefix without number.
    pub(super) kind: Option<StandardKind>,
}

/// Reads one number with its amendment and adopted number.
pub(super) fn read_number(cursor: &mut Cursor, blank_for_dash: bool) -> Option<Parts> {
    let mut ahead = *cursor;
    let mut parts = match read_notice_number(&mut ahead).or_else(|| read_foreign_number(&mut ahead)) {
        Some(parts) => parts,
        None => {
            let styled = read_head(&mut ahead)?;
            let body = match styled.style {
                SerialStyle::Enterprise { coded } => read_enterprise_body(&mut ahead, coded)?,
                style => read_body(&mut ahead, style, blank_for_dash)?,
            };
            Parts::new(told_by_serial(styled.head, &body), body)
        }
    };
    read_trailer(&mut ahead, &mut parts);
    *cursor = ahead;
    Some(parts)
}

/// DB/T 29- and its serial are the construction standards of Tianjin; DB/T alone is the earthquake branch.
fn told_by_serial(head: Head, body: &Body) -> Head {
    let tianjin = matches!(head.prefix.as_str(), "DB" | "DB/T") && body.serial.starts_with("29-");
    if !tianjin {
        return head;
    }
    Head {
        kind: StandardKind::Local,
        region: Some("12".to_owned()),
        ..head
    }
}

/// Reads a field that should hold one number, or a list of them.
pub(super) fn read_field(raw: &str) -> Field {
    let mut folded = fold(raw);
    while folded.last().is_some_and(|last| is_blank(last.character)) {
        folded.pop();
    }
    if let Some(flag) = flag_without_prefix(&folded) {
        return Field {
            found: Vec::new(),
            listed: false,
            flags: vec![flag],
            kind: None,
        };
    }
    let mut cursor = Cursor::new(&folded, 0);
    let before = skip_to_number(&mut cursor);
    let mut found: Vec<Found> = Vec::new();
    let (mut listed, mut between, mut cut) = (false, false, false);
    while found.len() < MOST_NUMBERS {
        let start = cursor.start_byte();
        let Some(mut parts) = read_number(&mut cursor, true) else {
            break;
        };
        let same_code = found
            .iter()
            .any(|before| before.parts.head.prefix == parts.head.prefix && parts.body.year.is_some());
        if !found.is_empty() && !same_code && !parts.is_believable() {
            break;
        }
        let end = cursor.end_byte();
        cut = parts.body.year.is_none() && cursor.at_letter_or_digit();
        take_off_notes(&mut cursor, &mut parts);
        found.push(Found { parts, start, end });
        between |= listed;
        listed = skip_separators(&mut cursor);
    }
    let Some(last) = found.last_mut() else {
        return unnumbered(cursor);
    };
    if listed && is_dated_number(cursor) {
        last.parts.add_flag(NumberFlag::List); // GB 1-1990,2-1991
    } else if cut || (last.parts.body.year.is_none() && is_dated_number(cursor)) {
        last.parts.body.shape = Shape::Malformed;
    } else if let Some(flag) = flag_of_rest(cursor) {
        last.parts.add_flag(flag);
    }
    if let (Some(flag), Some(first)) = (before, found.first_mut()) {
        first.parts.add_flag(flag);
    }
    Field {
        found,
        listed: between,
        flags: Vec::new(),
        kind: None,
    }
}

/// A field without any number: a prefix alone, or nothing of the kind.
fn unnumbered(mut cursor: Cursor) -> Field {
    let mut head = read_head(&mut cursor);
    if head
        .as_ref()
        .is_some_and(|styled| styled.head.kind == StandardKind::Enterprise)
    {
        cursor.letters(12); // the code of the enterprise
    }
    head = head.filter(|styled| styled.head.known || styled.head.prefix.contains('/'));
    cursor.skip_blanks();
    let alone = cursor.is_at_end() || cursor.eat('/');
    let (flag, kind) = match head {
        Some(styled) if alone => (NumberFlag::NoSerial, Some(styled.head.kind)),
        Some(styled) if styled.head.known && cursor.at_digit() => {
            (NumberFlag::Malformed, Some(styled.head.kind))
        }
        _ => (NumberFlag::Unrecognised, None),
    };
    Field {
        found: Vec::new(),
        listed: false,
        flags: vec![flag],
        kind,
    }
}

/// Numbers that have no prefix: of plans (`20253583-Z-604`), bare ones (`13368-2018`), of books.
fn flag_without_prefix(folded: &[Folded]) -> Option<NumberFlag> {
    let text: String = folded
        .iter()
        .map(|one| one.character)
        .filter(|character| !is_blank(*character))
        .collect();
    if super::super::plan_number::is_plan_number(&text) {
        return Some(NumberFlag::PlanNumber);
    }
    let bare = text.starts_with(|first: char| first.is_ascii_digit())
        && text
            .chars()
            .all(|character| character.is_ascii_digit() || matches!(character, '.' | '-' | '~'));
    bare.then_some(NumberFlag::BareNumber)
}

/// Skips blanks, a 《title》, an opening bracket and a label in front; tells what was skipped.
fn skip_to_number(cursor: &mut Cursor) -> Option<NumberFlag> {
    let mut flag = None;
    loop {
        cursor.skip_blanks();
        let mut ahead = *cursor;
        match ahead.peek() {
            Some('《') if skip_enclosed(&mut ahead, '》', LONGEST_FIELD).is_some() => {
                flag = Some(NumberFlag::TitleRemoved)
            }
            Some('(' | '"' | '\'' | '★' | '*' | '·' | ',' | '、') => {
                ahead.bump();
            }
            _ if skip_label(&mut ahead) => flag = flag.or(Some(NumberFlag::NoteRemoved)),
            _ => return flag,
        }
        *cursor = ahead;
    }
}

/// `标准编号：`, `执行标准:`, `代替`, of at most eight characters.
fn skip_label(cursor: &mut Cursor) -> bool {
    let mut ahead = *cursor;
    if ahead.eat_text("代替") || ahead.eat_text("替代") {
        *cursor = ahead;
        return true;
    }
    let word = ahead.take_while(8, |character| {
        !character.is_ascii() && !matches!(character, '《' | '》')
    });
    let label = !word.is_empty() && ahead.eat(':');
    if label {
        *cursor = ahead;
    }
    label
}

/// Skips what stands between numbers; tells whether it was the mark of a list.
fn skip_separators(cursor: &mut Cursor) -> bool {
    let mut listed = false;
    while let Some(next) = cursor
        .peek()
        .filter(|next| is_blank(*next) || matches!(next, ',' | ';' | '、' | '/' | '|' | '+' | '&'))
    {
        listed |= matches!(next, ',' | ';' | '、');
        cursor.bump();
    }
    listed
}

/// Serial and year behind a number that has no year: the number was not understood.
fn is_dated_number(mut cursor: Cursor) -> bool {
    let digits = cursor.take_while(12, |character| character.is_ascii_digit() || character == '.');
    !digits.is_empty() && cursor.eat_dashes() && cursor.digits(5).len() == 4
}

/// What is left behind the last number: nothing, the start of a title, a file's ending, or a version mark.
fn flag_of_rest(cursor: Cursor) -> Option<NumberFlag> {
    let rest = cursor.peek()?;
    let mark = matches!(rest, '-' | '.' | '(' | ')' | '"' | '\'' | ';' | '。' | '*');
    Some(if mark {
        NumberFlag::NoteRemoved
    } else {
        NumberFlag::TitleRemoved
    })
}
