//! Units that stand in a column of their own.

use super::fold::fold;
use super::unit::Unit;
use super::unit_text::take_unit;

/// Longest column that is read, in bytes.
const LONGEST_UNIT: usize = 120;

/// What the column of the unit holds.
pub(super) enum Column {
    Empty,
    Unit(Unit),
    Unreadable,
}

impl Column {
    /// A note in brackets behind the unit is left out; `——`, `/`, 无 and 无量纲 are none.
    pub(super) fn read(text: &str) -> Self {
        if text.len() > LONGEST_UNIT {
            return Self::Unreadable;
        }
        let folded = fold(text);
        if folded
            .iter()
            .all(|one| matches!(one, '-' | '/' | ' ' | '无' | '量' | '纲'))
        {
            return Self::Empty;
        }
        match take_unit(&folded) {
            (unit, [] | ['(', .., ')'] | [' ', '(', .., ')']) if !unit.is_empty() => {
                Self::Unit(Unit::read(&unit))
            }
            _ => Self::Unreadable,
        }
    }

    pub(super) fn unit(&self) -> Option<&Unit> {
        match self {
            Self::Unit(unit) => Some(unit),
            Self::Empty | Self::Unreadable => None,
        }
    }
}
