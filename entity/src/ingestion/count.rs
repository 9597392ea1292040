//! What became of the rows of a run.

/// Every row that was read is in exactly one of the other numbers: `read = created + updated + unchanged + quarantined`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Counts {
    /// Rows read.
    pub read: i64,
    /// Rows that made a new record.
    pub created: i64,
    /// Rows that changed what readers see of a record.
    pub updated: i64,
    /// Rows that told nothing new.
    pub unchanged: i64,
    /// Rows that were set aside.
    pub quarantined: i64,
}

/// What a row did to the record that readers see; the greater, the more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    Unchanged,
    Updated,
    Created,
}

impl Counts {
    /// Counts a row by its outcome.
    pub(crate) fn add(&mut self, outcome: Outcome) {
        self.read += 1;
        match outcome {
            Outcome::Created => self.created += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
        }
    }

    /// Counts a row that was set aside.
    pub(crate) fn add_quarantined(&mut self) {
        self.read += 1;
        self.quarantined += 1;
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.read += other.read;
        self.created += other.created;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.quarantined += other.quarantined;
    }
}
