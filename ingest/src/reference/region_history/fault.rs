//! Faults of the published lists, reported beside the history and not repaired in silence.

use serde::Serialize;

/// What is wrong or missing in the sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FaultKind {
    /// A row whose code or year cannot be read.
    UnreadableRow,
    /// A name inside the years of another name of the same code: a slip or an odd spelling of one list.
    NameOfOneList,
    /// A code and name of the changes that the lists leave no year for.
    NotInLists,
    /// In the current list, with no change that began it.
    BeginningUnknown,
    /// In the last dated list and not in the current one, with no change that ended it.
    EndingUnknown,
    /// The change names a successor that cannot be one: another province, or a namesake.
    SuccessorRefused,
    /// Ended, and nothing says who holds the territory.
    SuccessorUnknown,
    /// The current list names another region above than the digits.
    ParentDiffers,
}

/// One fault, with the code, name and year it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegionFault {
    /// Kind of fault.
    pub kind: FaultKind,
    /// Code, name, year.
    pub subject: String,
}

impl RegionFault {
    pub(super) fn new(kind: FaultKind, subject: String) -> Self {
        Self { kind, subject }
    }
}
