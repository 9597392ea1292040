//! How far a webhook is. Only the holder of its lease moves it, and only from the place that the holder read.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use super::dead;
use super::subscriber::Webhook;
use crate::db::rows;
use crate::ingestion::lease::{self, Lease};
use crate::{Database, Result};

/// The right to deliver for one webhook: one process has it at a time.
#[derive(Debug)]
pub struct Turn {
    lease: Lease,
}

/// What was tried: a batch out of the feed.
#[derive(Debug, Clone)]
pub struct Attempt<'a> {
    /// The webhook as it was read when the batch was made.
    pub webhook: &'a Webhook,
    /// The name of the message.
    pub message: &'a str,
    /// Where the batch ends.
    pub end: &'a str,
    /// Changes in it.
    pub changes: usize,
}

impl Turn {
    /// Takes the lease of a webhook. The error is `LeaseHeld` while another process delivers.
    pub async fn take(db: &Database, webhook: &str, owner: &str, now: DateTime<Utc>) -> Result<Self> {
        let name = format!("webhook/{webhook}");
        let dead_owner = crate::ingestion::owner::dead_holder(db, &name).await?;
        let lease = lease::acquire(db, &name, owner, dead_owner.as_deref(), now).await?;
        Ok(Self { lease })
    }

    /// Proves before a batch is sent that the lease is still held, and renews it.
    pub async fn renew(&self, db: &Database, now: DateTime<Utc>) -> Result<()> {
        let transaction = db.begin().await?;
        self.lease.renew(&transaction, now).await?;
        Ok(transaction.commit().await?)
    }

    /// Gives the lease back.
    pub async fn release(&self, db: &Database) -> Result<()> {
        self.lease.release(db).await
    }

    async fn begin(&self, db: &Database, now: DateTime<Utc>) -> Result<DatabaseTransaction> {
        let transaction = db.begin().await?;
        self.lease.renew(&transaction, now).await?;
        Ok(transaction)
    }
}

/// The batch was taken: the webhook stands behind it. False when somebody set the place meanwhile.
pub async fn delivered(
    db: &Database,
    turn: &Turn,
    attempt: &Attempt<'_>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let transaction = turn.begin(db, now).await?;
    let sql = "UPDATE webhook SET place = $3, batches = batches + 1, changes = changes + $4, delivered_at = $5, attempts = 0, \
         tried_at = NULL, next_at = 0, failure = NULL WHERE name = $1 AND turn = $2";
    let changes = i64::try_from(attempt.changes).unwrap_or(i64::MAX);
    let more = [attempt.end.into(), changes.into(), now.timestamp_micros().into()];
    write(transaction, sql, attempt.webhook, more).await
}

/// There was nothing to deliver up to a place.
pub async fn moved(
    db: &Database,
    turn: &Turn,
    webhook: &Webhook,
    end: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let transaction = turn.begin(db, now).await?;
    let sql = "UPDATE webhook SET place = $3, attempts = 0, tried_at = NULL, next_at = 0, failure = NULL WHERE name = $1 AND turn = $2";
    write(transaction, sql, webhook, [end.into()]).await
}

/// The attempt failed, and the next one is due at an instant.
pub async fn failed(
    db: &Database,
    turn: &Turn,
    webhook: &Webhook,
    failure: &str,
    next_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let transaction = turn.begin(db, now).await?;
    let sql = "UPDATE webhook SET attempts = attempts + 1, failure = $3, tried_at = coalesce(tried_at, $4), next_at = $5 \
         WHERE name = $1 AND turn = $2";
    let more = [
        failure.into(),
        now.timestamp_micros().into(),
        next_at.timestamp_micros().into(),
    ];
    write(transaction, sql, webhook, more).await
}

/// The feed could not be read, and the next attempt is due at an instant. That is nothing that its receiver did, so it counts for no
/// dead letter.
pub async fn unread(
    db: &Database,
    turn: &Turn,
    webhook: &Webhook,
    failure: &str,
    next_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let transaction = turn.begin(db, now).await?;
    let sql = "UPDATE webhook SET failure = $3, next_at = $4 WHERE name = $1 AND turn = $2";
    let more = [failure.into(), next_at.timestamp_micros().into()];
    write(transaction, sql, webhook, more).await
}

/// The last attempt failed: the batch becomes a dead letter, and the webhook goes on behind it.
pub async fn given_up(
    db: &Database,
    turn: &Turn,
    attempt: &Attempt<'_>,
    failure: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let transaction = turn.begin(db, now).await?;
    dead::keep(&transaction, attempt, failure, now).await?;
    let sql = "UPDATE webhook SET place = $3, attempts = 0, tried_at = NULL, next_at = 0, failure = $4 WHERE name = $1 AND turn = $2";
    write(
        transaction,
        sql,
        attempt.webhook,
        [attempt.end.into(), failure.into()],
    )
    .await
}

/// Nothing is sent any more until somebody lets it go on.
pub async fn stop(
    db: &Database,
    turn: &Turn,
    webhook: &Webhook,
    why: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let transaction = turn.begin(db, now).await?;
    let sql = "UPDATE webhook SET stopped = $3 WHERE name = $1 AND turn = $2";
    write(transaction, sql, webhook, [why.into()]).await
}

/// Commits if the webhook is still where it was read; else nothing of the transaction stays.
async fn write(
    transaction: DatabaseTransaction,
    sql: &str,
    webhook: &Webhook,
    more: impl IntoIterator<Item = sea_orm::Value>,
) -> Result<bool> {
    let of = [webhook.name.as_str().into(), webhook.turn.into()];
    let written = rows::execute(&transaction, sql, of.into_iter().chain(more)).await?;
    if written.rows_affected() != 1 {
        transaction.rollback().await?;
        return Ok(false);
    }
    transaction.commit().await?;
    Ok(true)
}
