//! The ledger of annotations: every accepted request word for word, by whom, and which annotation it wrote.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult};
use serde::Serialize;

use crate::Result;
use crate::db::ledger::{Ledger, Sent};
use crate::db::rows::{self, Kind};

/// An accepted request.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Entry<'a> {
    pub(super) person: &'a str,
    pub(super) idempotency_key: &'a str,
    /// The SHA-256 of the body.
    pub(super) hash: &'a str,
    pub(super) operation: &'static str,
    pub(super) body: &'a str,
    pub(super) annotation_key: &'a str,
    /// The version that it made.
    pub(super) version: i64,
    pub(super) received_at: DateTime<Utc>,
}

const COLUMNS: &rows::Columns = &[
    ("person", Kind::Text),
    ("idempotency_key", Kind::Text),
    ("hash", Kind::Text),
    ("operation", Kind::Text),
    ("body", Kind::Text),
    ("annotation_key", Kind::Text),
    ("version", Kind::Big),
    ("received_at", Kind::Instant),
];

const LEDGER: Ledger = Ledger {
    table: "annotation_request",
    sender: "person",
    columns: COLUMNS,
};

/// What an earlier request with the same key wrote: the annotation, and its version.
pub(super) type Earlier = (String, i64);

/// Whether a person sent this request before.
pub(super) async fn sent<C: ConnectionTrait>(
    db: &C,
    person: &str,
    key: &str,
    hash: &str,
) -> Result<Sent<Earlier>> {
    let answer = |row: &QueryResult| Ok((row.try_get("", "annotation_key")?, row.try_get("", "version")?));
    LEDGER.sent(db, (person, key), hash, answer).await
}

/// Writes an entry; false where another request took the key in between.
pub(super) async fn write(transaction: &DatabaseTransaction, entry: &Entry<'_>) -> Result<bool> {
    LEDGER.write(transaction, entry).await
}
