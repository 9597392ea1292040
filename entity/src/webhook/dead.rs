//! Dead letters: batches that their receiver did not take in time. Their content is not kept: where they begin is, and a replay reads
//! from there what the reader may see then.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, FromQueryResult};

use super::progress::Attempt;
use crate::db::rows;
use crate::{Database, Error, Result};

/// Dead letters of one webhook; older ones are forgotten.
const MOST: i64 = 1_000;

/// A batch that was given up.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Dead {
    /// The webhook.
    pub webhook: String,
    /// Its number within the webhook.
    pub number: i64,
    /// The name of the message.
    pub message: String,
    /// Changes in it.
    pub changes: i64,
    /// Attempts that were made.
    pub attempts: i32,
    /// When the first attempt was made, in microseconds since 1970.
    pub tried_at: i64,
    /// When it was given up, in microseconds since 1970.
    pub died_at: i64,
    /// What became of the last attempt.
    pub failure: String,
    /// When somebody had it delivered again, in microseconds since 1970.
    pub replayed_at: Option<i64>,
}

/// The dead letters of a webhook, or of all, oldest first.
pub async fn dead_letters(db: &Database, webhook: Option<&str>) -> Result<Vec<Dead>> {
    let sql = "SELECT webhook, number, message, changes, attempts, tried_at, died_at, failure, replayed_at FROM webhook_dead \
         WHERE $1 = '' OR webhook = $1 ORDER BY webhook, number";
    let found = rows::query(db.own(), sql, [webhook.unwrap_or_default().into()]).await?;
    let read = found.iter().map(|row| Ok(Dead::from_query_result(row, "")?));
    read.collect()
}

/// Where the batch of a dead letter begins: a cursor, or none for the start of the feed.
pub async fn place_of(db: &Database, webhook: &str, number: i64) -> Result<Option<String>> {
    let sql = "SELECT place FROM webhook_dead WHERE webhook = $1 AND number = $2";
    let row = rows::query_one(db.own(), sql, [webhook.into(), number.into()]).await?;
    let row = row.ok_or_else(|| Error::Webhook(format!("{webhook:?} has no dead letter {number}")))?;
    Ok(row.try_get("", "place")?)
}

/// Keeps a batch as a dead letter.
pub(super) async fn keep(
    transaction: &DatabaseTransaction,
    attempt: &Attempt<'_>,
    failure: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let webhook = attempt.webhook;
    let sql = "INSERT INTO webhook_dead (webhook, number, place, message, changes, attempts, tried_at, died_at, failure) \
         SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8 FROM webhook_dead WHERE webhook = $1";
    let now = now.timestamp_micros();
    let values = [
        webhook.name.as_str().into(),
        webhook.place.clone().into(),
        attempt.message.into(),
        i64::try_from(attempt.changes).unwrap_or(i64::MAX).into(),
        webhook.attempts.saturating_add(1).into(),
        webhook.tried_at.unwrap_or(now).into(),
        now.into(),
        failure.into(),
    ];
    rows::execute(transaction, sql, values).await?;
    let sql = "DELETE FROM webhook_dead WHERE webhook = $1 AND number <= (SELECT max(number) FROM webhook_dead WHERE webhook = $1) - $2";
    rows::execute(transaction, sql, [webhook.name.as_str().into(), MOST.into()]).await?;
    Ok(())
}
