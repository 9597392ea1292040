//! Marks of quality of a requirement.

use serde::{Deserialize, Serialize};

/// What is odd about a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum QuantityFlag {
    /// No digits: 无明显异味. No bounds.
    NoNumber,
    /// Numbers that are not one requirement, or can be meant in two ways. No bounds.
    Unclear,
    /// Longer than any requirement: not read. No bounds.
    TooLong,
    /// The unit in the text is not the one in its column; the one in the text counts.
    UnitConflict,
    /// The column of the unit holds something else, and the text has no unit. No bounds.
    UnreadableUnit,
    /// The unit is in no table: comparable with the same unit text only.
    OwnUnit,
}

impl QuantityFlag {
    /// All flags.
    pub const ALL: [Self; 6] = [
        Self::NoNumber,
        Self::Unclear,
        Self::TooLong,
        Self::UnitConflict,
        Self::UnreadableUnit,
        Self::OwnUnit,
    ];

    /// The name in stored data and in interfaces, `NO_NUMBER`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoNumber => "NO_NUMBER",
            Self::Unclear => "UNCLEAR",
            Self::TooLong => "TOO_LONG",
            Self::UnitConflict => "UNIT_CONFLICT",
            Self::UnreadableUnit => "UNREADABLE_UNIT",
            Self::OwnUnit => "OWN_UNIT",
        }
    }
}
