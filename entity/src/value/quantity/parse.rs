//! A requirement: one expression with a name before it and a note behind it.

use super::context::{is_introduction, is_note, names_acidity, split_unit_of_name};
use super::expression::{Expression, expression};
use super::shape::Shape;
use super::unit::Unit;

/// A requirement as read.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) shape: Shape,
    /// The unit in the text, if it has one.
    pub(super) unit: Option<Unit>,
}

/// Reads a folded text as one requirement; `None` if it is none, several, or not clear. `column` is the unit that stands
/// in a column of its own.
pub(super) fn read(text: &[char], column: Option<&Unit>) -> Option<Reading> {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let before = text.get(..at).unwrap_or_default();
        let name = part_of_name(before, rest);
        if name > 0 {
            at += name;
            continue;
        }
        if let Some(expression) = expression(rest, column).ok()? {
            return accept(before, expression);
        }
        at += 1;
    }
    None
}

/// The requirement, if what stands around its numbers leaves them as they are.
fn accept(before: &[char], expression: Expression<'_>) -> Option<Reading> {
    let Expression {
        shape,
        unit,
        form,
        behind,
    } = expression;
    let in_text = (!unit.is_empty()).then(|| Unit::read(&unit));
    let (before, in_name) = match split_unit_of_name(before) {
        Some((name, unit)) => (name, Some(unit)),
        None if in_text.is_none() && names_acidity(before) => (before, Some(Unit::read(&['p', 'H']))),
        None => (before, None),
    };
    let contradicts = match (&in_text, &in_name) {
        (Some(one), Some(other)) => one.canonical() != other.canonical(),
        _ => false,
    };
    let unit = in_text.or(in_name);
    let is_alone = is_introduction(before, form) && is_note(behind, form, unit.is_some());
    (is_alone && !contradicts).then_some(Reading { shape, unit })
}

/// How many characters are digits inside a name, `PM2.5`, `Q235-A`, `UV-254`; pH7 is no name.
fn part_of_name(before: &[char], rest: &[char]) -> usize {
    let after_letter = before.last().is_some_and(|last| last.is_ascii_alphabetic());
    let starts = match rest {
        [digit, ..] if digit.is_ascii_digit() => true,
        ['-', digit, ..] => digit.is_ascii_digit(),
        _ => false,
    };
    if !after_letter || !starts || names_acidity(before) {
        return 0;
    }
    rest.iter()
        .take_while(|one| one.is_ascii_alphanumeric() || matches!(one, '.' | '-'))
        .count()
}
