//! One writer per source: a lease with a fencing token.
//!
//! Whoever takes the lease gets a token one larger than the last. Every chunk checks its token inside its own
//! transaction, so that a holder who slept past the end of the lease cannot write over its successor.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseTransaction;

use crate::db::rows;
use crate::{Database, Error, Result};

/// How long a lease lasts unless it is renewed; every chunk renews it.
pub const LEASE_TIME: TimeDelta = TimeDelta::seconds(60);

/// The right to write for a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    pub(crate) source: String,
    pub(crate) token: i64,
    owner: String,
}

/// Who holds a lease, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The owner as it named itself.
    pub owner: String,
    /// Milliseconds since 1970 at which the lease ends.
    pub expires_at: i64,
}

/// Who holds the lease of a source, if anybody ever did.
pub async fn holder(db: &Database, source: &str) -> Result<Option<Holder>> {
    let sql = "SELECT owner, expires_at FROM source_lease WHERE source = $1";
    let row = rows::query_one(db.reader(), sql, [source.into()]).await?;
    row.map(|row| {
        Ok(Holder {
            owner: row.try_get("", "owner")?,
            expires_at: row.try_get("", "expires_at")?,
        })
    })
    .transpose()
}

/// Takes the lease of a source when it is free, ended, or held by `dead_owner`, whom the caller knows to be gone.
pub async fn acquire(
    db: &Database,
    source: &str,
    owner: &str,
    dead_owner: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Lease> {
    let transaction = db.begin().await?;
    let ensure = "INSERT INTO source_lease (source, token, owner, expires_at) VALUES ($1, 0, '', 0) ON CONFLICT DO NOTHING";
    rows::execute(&transaction, ensure, [source.into()]).await?;
    let take = "UPDATE source_lease SET token = token + 1, owner = $2, expires_at = $3 \
                WHERE source = $1 AND (expires_at <= $4 OR owner = $5) RETURNING token";
    let values = [
        source.into(),
        owner.into(),
        (now + LEASE_TIME).timestamp_millis().into(),
        now.timestamp_millis().into(),
        dead_owner.unwrap_or_default().into(),
    ];
    let taken = rows::query_one(&transaction, take, values).await?;
    let Some(row) = taken else {
        transaction.rollback().await?;
        let owner = holder(db, source)
            .await?
            .map_or_else(String::new, |holder| holder.owner);
        return Err(Error::LeaseHeld {
            source_name: source.to_owned(),
            owner,
        });
    };
    let token = row.try_get("", "token")?;
    transaction.commit().await?;
    Ok(Lease {
        source: source.to_owned(),
        token,
        owner: owner.to_owned(),
    })
}

impl Lease {
    /// Proves inside a transaction that the lease is still held, and renews it. A lease that ended but that nobody
    /// took is still ours: the token decides, not the clock.
    pub(crate) async fn renew(&self, transaction: &DatabaseTransaction, now: DateTime<Utc>) -> Result<()> {
        let sql = "UPDATE source_lease SET expires_at = $3 WHERE source = $1 AND token = $2";
        let until = (now + LEASE_TIME).timestamp_millis();
        let done = rows::execute(
            transaction,
            sql,
            [self.source.as_str().into(), self.token.into(), until.into()],
        )
        .await?;
        if done.rows_affected() == 1 {
            Ok(())
        } else {
            Err(Error::LeaseHeld {
                source_name: self.source.clone(),
                owner: "a later ingester".to_owned(),
            })
        }
    }

    /// Gives the lease back.
    pub async fn release(&self, db: &Database) -> Result<()> {
        let transaction = db.begin().await?;
        let sql = "UPDATE source_lease SET expires_at = 0, owner = '' WHERE source = $1 AND token = $2 AND owner = $3";
        let values = [
            self.source.as_str().into(),
            self.token.into(),
            self.owner.as_str().into(),
        ];
        rows::execute(&transaction, sql, values).await?;
        transaction.commit().await?;
        Ok(())
    }
}
