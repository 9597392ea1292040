//! What a hub below says of one record.

use chrono::NaiveDate;

use super::told::RelayedClaim;
use crate::record::RecordKind;

/// What a hub below says of one record; it replaces its last word about it.
#[derive(Debug, Clone)]
pub struct Word {
    /// The kind, as it names it.
    pub kind: String,
    /// The key.
    pub key: String,
    /// What it says.
    pub content: WordContent,
}

/// What it says.
#[derive(Debug, Clone)]
pub enum WordContent {
    /// The record stands at a version.
    Stands {
        /// The version there.
        version: i64,
        /// Its region there, or empty.
        region: String,
        /// The day of its last change there.
        day: NaiveDate,
        /// The SHA-256 of its body there.
        hash: String,
        /// The claims behind it, as a text of JSON.
        claims: String,
    },
    /// The record is gone since a version.
    Gone {
        /// The version.
        version: i64,
        /// The day on which it went.
        day: NaiveDate,
    },
    /// The record is out of view.
    Left,
}

/// A word that can be read, with the claims that it leaves of its record: none where that is gone or out of view.
pub(super) struct Read<'a> {
    pub(super) kind: RecordKind,
    pub(super) word: &'a Word,
    pub(super) claims: Vec<RelayedClaim>,
}

impl Word {
    /// The name of the record.
    pub fn name(&self) -> (&str, &str) {
        (&self.kind, &self.key)
    }
}
