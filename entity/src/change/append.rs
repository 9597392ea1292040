//! Appending to the feed inside the writer's transaction.
//!
//! Positions come from one counter row that is updated by the last statement before the commit. The row lock is given
//! back only when the commit is visible, so the next holder's positions are larger and later: a reader who sees
//! position N sees every position below N. A rollback gives the numbers back. A database sequence gives neither.

use std::time::Instant;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend};
use serde::Serialize;
use tracing::debug;

use super::reason::ChangeReason;
use crate::clock::instant_text;
use crate::db::rows::{self, Kind};
use crate::record::{Reach, RecordKind};
use crate::{Clock, Result};

/// What happened to a record, as a reader of the feed sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Operation {
    /// The record is new or has new content; the event carries all of it.
    Upsert,
    /// The record is gone at its source.
    Delete,
    /// The record came into the view of those who may see it now: a whole record, as with an upsert.
    Enter,
    /// The record left the view of those who might see it before; it goes on elsewhere.
    Leave,
}

impl Operation {
    /// As stored.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Upsert => "UPSERT",
            Self::Delete => "DELETE",
            Self::Enter => "ENTER",
            Self::Leave => "LEAVE",
        }
    }
}

/// One change to append.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) kind: RecordKind,
    pub(crate) operation: Operation,
    pub(crate) key: String,
    pub(crate) version: i64,
    pub(crate) reach: Reach,
    pub(crate) body: String,
    pub(crate) reason: ChangeReason,
}

#[derive(Serialize)]
struct Row<'a> {
    ord: usize,
    kind: &'static str,
    op: Operation,
    record_key: &'a str,
    version: i64,
    audience: &'static str,
    region: &'a str,
    owner: &'a str,
    body: &'a str,
    reason: ChangeReason,
}

const COLUMNS: &rows::Columns = &[
    ("ord", Kind::Big),
    ("kind", Kind::Text),
    ("op", Kind::Text),
    ("record_key", Kind::Text),
    ("version", Kind::Big),
    ("audience", Kind::Text),
    ("region", Kind::Text),
    ("owner", Kind::Text),
    ("body", Kind::Text),
    ("reason", Kind::Text),
];

/// Takes the lock of the counter row and gives the instant of this transaction: later than that of every transaction
/// before it, whatever the clocks of the machines say.
pub(crate) async fn stamp(transaction: &DatabaseTransaction, clock: &Clock) -> Result<DateTime<Utc>> {
    // The lock first, then the clock: what is asked before this instant is not answered otherwise afterwards.
    let lock = "UPDATE feed_head SET last_at = last_at WHERE id = 1";
    rows::execute(transaction, lock, []).await?;
    let now = clock.now();
    let sql = "UPDATE feed_head SET last_at = CASE WHEN last_at < $1 THEN $1 ELSE last_at + 1 END WHERE id = 1 RETURNING last_at";
    let row = rows::query_one(transaction, sql, [now.timestamp_micros().into()]).await?;
    let micros: i64 = match row {
        Some(row) => row.try_get("", "last_at")?,
        None => now.timestamp_micros(),
    };
    Ok(DateTime::from_timestamp_micros(micros).unwrap_or(now))
}

/// Appends the changes as the last statement of the transaction and returns the head behind them.
pub(crate) async fn append(
    transaction: &DatabaseTransaction,
    changes: &[Change],
    run_id: Option<&str>,
    at: DateTime<Utc>,
) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let begun = Instant::now();
    let rows: Vec<Row<'_>> = changes
        .iter()
        .enumerate()
        .map(|(index, change)| Row {
            ord: index + 1,
            kind: change.kind.as_str(),
            op: change.operation,
            record_key: &change.key,
            version: change.version,
            audience: change.reach.audience.as_str(),
            region: &change.reach.region,
            owner: &change.reach.owner,
            body: &change.body,
            reason: change.reason,
        })
        .collect();
    let backend = transaction.get_database_backend();
    let rows_parameter = rows::parameter(&rows)?;
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let run = sea_orm::Value::from(run_id.map(str::to_owned));
    let at = sea_orm::Value::from(instant_text(at));
    let picked = rows::from_rows(backend, COLUMNS);
    let columns = "pos, kind, op, record_key, version, audience, region, owner, body, reason, run_id, at";
    let selected = "x.kind, x.op, x.record_key, x.version, x.audience, x.region, x.owner, x.body, x.reason";
    if backend == DbBackend::Postgres {
        let sql = format!(
            "WITH h AS (UPDATE feed_head SET last_pos = last_pos + $2 WHERE id = 1 RETURNING last_pos) \
             INSERT INTO feed ({columns}) \
             SELECT h.last_pos - $2 + x.ord, {selected}, $3, $4::timestamptz FROM h, {picked}"
        );
        rows::execute(transaction, sql, [rows_parameter, count.into(), run, at]).await?;
    } else {
        // SQLite has one writer at a time, so the two statements are as one.
        let taken = "UPDATE feed_head SET last_pos = last_pos + $1 WHERE id = 1";
        rows::execute(transaction, taken, [count.into()]).await?;
        let sql = format!(
            "INSERT INTO feed ({columns}) SELECT h.last_pos - $2 + x.ord, {selected}, $3, $4 FROM feed_head h, {picked}"
        );
        rows::execute(transaction, sql, [rows_parameter, count.into(), run, at]).await?;
    }
    // How much of the writing is that of the feed.
    debug!(
        events = count,
        micros = begun.elapsed().as_micros(),
        "appended to the feed"
    );
    Ok(())
}
