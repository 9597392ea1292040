//! Tokens that are refused before they end. The table is the word of all processes on the database; each keeps a copy, which
//! it reads anew every few seconds.

use chrono::{DateTime, Utc};

use crate::audit::{self, Asked, Entry};
use crate::db::rows;
use crate::{Clock, Database, Error, Result};

/// Tokens on the list at one time. Whoever has to revoke more withdraws the key of their issuer.
pub const MOST_REVOKED: u64 = 100_000;

/// Puts a token on the list by its name (`jti`), until an instant after which nobody would believe it anyway. The act is
/// an entry of the audit trail. An error says when the list is full.
pub async fn revoke_token(
    db: &Database,
    clock: &Clock,
    token_id: &str,
    of_use_until: DateTime<Utc>,
) -> Result<()> {
    let transaction = db.begin().await?;
    let ended = "DELETE FROM revoked_token WHERE of_use_until <= $1";
    rows::execute(&transaction, ended, [clock.now().timestamp_micros().into()]).await?;
    let written = rows::execute(
        &transaction,
        "INSERT INTO revoked_token (token_id, of_use_until) SELECT $1, $2 \
         WHERE (SELECT count(*) FROM revoked_token) < $3 \
         ON CONFLICT (token_id) DO UPDATE SET of_use_until = excluded.of_use_until",
        [
            token_id.into(),
            of_use_until.timestamp_micros().into(),
            i64::try_from(MOST_REVOKED).unwrap_or(i64::MAX).into(),
        ],
    )
    .await?;
    if written.rows_affected() != 1 {
        return Err(Error::RevokedFull);
    }
    let done = Entry::allowed(&Asked::by_hub("revoke-token"), "Token").objects(&[token_id]);
    audit::append(&transaction, clock, done).await?;
    Ok(transaction.commit().await?)
}

/// The names of the tokens that are refused at an instant.
pub async fn revoked_tokens(db: &Database, now: DateTime<Utc>) -> Result<Vec<String>> {
    let sql = "SELECT token_id FROM revoked_token WHERE of_use_until > $1 LIMIT $2";
    let most = i64::try_from(MOST_REVOKED).unwrap_or(i64::MAX);
    let found = rows::query(db.reader(), sql, [now.timestamp_micros().into(), most.into()]).await?;
    let names = found.iter().map(|row| Ok(row.try_get("", "token_id")?));
    names.collect()
}

/// Takes those off the list whose tokens have ended; gives their number.
pub async fn forget_revoked(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let transaction = db.begin().await?;
    let sql = "DELETE FROM revoked_token WHERE of_use_until <= $1";
    let gone = rows::execute(&transaction, sql, [now.timestamp_micros().into()]).await?;
    transaction.commit().await?;
    Ok(gone.rows_affected())
}
