//! The ledger of submissions: every accepted request word for word, and which declaration it made.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult};
use serde::Serialize;

use crate::Result;
use crate::db::ledger::{Ledger, Sent};
use crate::db::rows::{self, Kind};

/// An accepted request.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Entry<'a> {
    pub(super) owner_key: &'a str,
    pub(super) idempotency_key: &'a str,
    /// The SHA-256 of the body.
    pub(super) hash: &'a str,
    pub(super) operation: &'static str,
    pub(super) body: &'a str,
    pub(super) declaration_key: &'a str,
    pub(super) record_id: &'a str,
    pub(super) run_id: &'a str,
    pub(super) row_no: i64,
    pub(super) received_at: DateTime<Utc>,
}

const COLUMNS: &rows::Columns = &[
    ("owner_key", Kind::Text),
    ("idempotency_key", Kind::Text),
    ("hash", Kind::Text),
    ("operation", Kind::Text),
    ("body", Kind::Text),
    ("declaration_key", Kind::Text),
    ("record_id", Kind::Text),
    ("run_id", Kind::Text),
    ("row_no", Kind::Big),
    ("received_at", Kind::Instant),
];

/// What an earlier request with the same key did.
#[derive(Debug, Clone)]
pub(super) struct Earlier {
    pub(super) declaration_key: String,
    pub(super) record_id: String,
}

const LEDGER: Ledger = Ledger {
    table: "submission",
    sender: "owner_key",
    columns: COLUMNS,
};

/// Whether an enterprise sent this request before.
pub(super) async fn sent<C: ConnectionTrait>(
    db: &C,
    owner: &str,
    key: &str,
    hash: &str,
) -> Result<Sent<Earlier>> {
    let answer = |row: &QueryResult| {
        Ok(Earlier {
            declaration_key: row.try_get("", "declaration_key")?,
            record_id: row.try_get("", "record_id")?,
        })
    };
    LEDGER.sent(db, (owner, key), hash, answer).await
}

/// Whether a record of a declaration was made through the hub.
pub(super) async fn made_here<C: ConnectionTrait>(
    db: &C,
    declaration: &str,
    record_id: &str,
) -> Result<bool> {
    let sql = "SELECT 1 AS one FROM submission WHERE declaration_key = $1 AND record_id = $2 LIMIT 1";
    let row = rows::query_one(db, sql, [declaration.into(), record_id.into()]).await?;
    Ok(row.is_some())
}

/// Writes an entry; false where another request took the key in between.
pub(super) async fn write(transaction: &DatabaseTransaction, entry: &Entry<'_>) -> Result<bool> {
    LEDGER.write(transaction, entry).await
}
