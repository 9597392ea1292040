//! Writing an entry inside the transaction of what it is about.
//!
//! One counter row holds the place and the hash of the newest entry. It is locked by the last statements before the commit,
//! behind the counter of the feed (`change/append.rs`), so that all writers take both locks in the same order and the chain
//! has one order. A rollback gives the place back.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseTransaction;

use super::algorithm::Algorithm;
use super::asked::Asked;
use super::entry::Entry;
use super::model::{COLUMNS, Model};
use crate::db::rows;
use crate::{Clock, Database, Error, Result};

/// How long entries may go without a signed head before nothing is written any more: somebody keeps the hub from signing.
pub const LONGEST_UNSIGNED: TimeDelta = TimeDelta::hours(4);

/// The newest entry, with the lock on its successor.
#[derive(Debug, Clone)]
pub(super) struct Counter {
    pub(super) algorithm: Algorithm,
    pub(super) seq: i64,
    pub(super) hash: String,
    pub(super) at: DateTime<Utc>,
    /// The time of the first entry behind the last head.
    pub(super) unsigned_since: Option<DateTime<Utc>>,
}

impl Counter {
    /// The columns that [`Self::of`] reads.
    pub(super) const COLUMNS: &str = "algorithm, last_seq, last_hash, last_at, unsigned_since";

    /// Locks the counter until the end of the transaction.
    pub(super) async fn lock(transaction: &DatabaseTransaction) -> Result<Self> {
        let sql = format!(
            "UPDATE audit_counter SET last_seq = last_seq WHERE id = 1 RETURNING {}",
            Self::COLUMNS
        );
        let row = rows::query_one(transaction, sql, []).await?;
        let row =
            row.ok_or_else(|| Error::inconsistent("audit_counter", "its row is gone: run verify-log"))?;
        Self::of(&row)
    }

    pub(super) fn of(row: &sea_orm::QueryResult) -> Result<Self> {
        let algorithm: String = row.try_get("", "algorithm")?;
        let unsigned: Option<i64> = row.try_get("", "unsigned_since")?;
        Ok(Self {
            algorithm: algorithm
                .parse()
                .map_err(|()| Error::inconsistent("audit_counter.algorithm", format!("{algorithm:?}")))?,
            seq: row.try_get("", "last_seq")?,
            hash: row.try_get("", "last_hash")?,
            at: DateTime::from_timestamp_micros(row.try_get("", "last_at")?).unwrap_or_default(),
            unsigned_since: unsigned.and_then(DateTime::from_timestamp_micros),
        })
    }

    /// Refuses where entries wait too long for a head.
    fn check(&self, now: DateTime<Utc>) -> Result<()> {
        match self.unsigned_since {
            Some(since) if now - since > LONGEST_UNSIGNED => Err(Error::AuditUnsigned { since }),
            _ => Ok(()),
        }
    }
}

/// Appends an entry. It belongs behind everything else of the transaction, which must not be committed if this fails.
pub(crate) async fn append(transaction: &DatabaseTransaction, clock: &Clock, entry: Entry) -> Result<()> {
    let counter = Counter::lock(transaction).await?;
    let now = clock.now();
    counter.check(now)?;
    // Clocks of several machines differ; the trail goes forward only.
    let at = now.max(counter.at);
    let placed = Model::placed(entry, counter.seq + 1, at, counter.algorithm, counter.hash);
    let written = rows::insert_missing(transaction, "audit_entry", COLUMNS, &[placed.row()]).await?;
    if written != 1 {
        let place = format!("audit_entry {}", placed.seq);
        return Err(Error::inconsistent(place, "it is there already: run verify-log"));
    }
    let sql = "UPDATE audit_counter SET last_seq = $1, last_hash = $2, last_at = $3, \
               unsigned_since = coalesce(unsigned_since, $3) WHERE id = 1";
    let values = [
        placed.seq.into(),
        placed.hash.into(),
        at.timestamp_micros().into(),
    ];
    rows::execute(transaction, sql, values).await?;
    Ok(())
}

/// Appends an entry about something that wrote nothing: a refusal, or a read that has to be recorded. What was read must not
/// be shown if this fails.
pub async fn append_alone(db: &Database, clock: &Clock, entry: Entry) -> Result<()> {
    let transaction = db.begin().await?;
    append(&transaction, clock, entry).await?;
    Ok(transaction.commit().await?)
}

/// Appends an entry about what somebody did with a command on the machine itself.
pub async fn by_command(
    db: &Database,
    clock: &Clock,
    command: &str,
    kind: &str,
    because: &str,
) -> Result<()> {
    let entry = Entry::allowed(&Asked::by_hub(command), kind).because(because);
    append_alone(db, clock, entry).await
}

/// The hash algorithm of entries from now on, for all processes on the database.
pub async fn use_algorithm(db: &Database, algorithm: Algorithm) -> Result<()> {
    let transaction = db.begin().await?;
    let sql = "UPDATE audit_counter SET algorithm = $1 WHERE id = 1 AND algorithm <> $1";
    rows::execute(&transaction, sql, [algorithm.as_str().into()]).await?;
    Ok(transaction.commit().await?)
}
