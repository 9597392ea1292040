//! How long the feed is kept, and what makes its positions mean something else.
//!
//! What a record was before is taken away after its time, and so is the news that a record is gone; what every record is now
//! stays. A reader that fell behind that line may have missed that something is gone, so it has to begin anew.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait;

use crate::audit::{self, Asked};
use crate::clock::instant_text;
use crate::db::{Engine, rows};
use crate::{Clock, Database, Error, Result};

/// Events that one step looks at.
const STEP: i64 = 5_000;

/// How long events are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedRetention(u32);

impl FeedRetention {
    /// The shortest time: a client that is repaired within a month misses nothing.
    pub const SHORTEST: u32 = 30;

    /// So many days; 30 are the fewest.
    pub fn of_days(days: u32) -> std::result::Result<Self, String> {
        if days < Self::SHORTEST {
            return Err(format!(
                "{days} days are fewer than {}: clients that stand still for a holiday would have to begin anew",
                Self::SHORTEST
            ));
        }
        Ok(Self(days))
    }

    /// The days.
    pub fn days(self) -> u32 {
        self.0
    }
}

/// 400 days.
impl Default for FeedRetention {
    fn default() -> Self {
        Self(400)
    }
}

/// Goes on from where the last step ended, over events whose time is over, 5,000 at most; gives how many it looked at, 0 when there
/// are none.
pub async fn prune(db: &Database, clock: &Clock, retention: FeedRetention) -> Result<u64> {
    let cutoff = clock.now() - TimeDelta::days(i64::from(retention.0));
    let transaction = db.begin().await?;
    // The lock of the counter: two processes take turns.
    rows::execute(
        &transaction,
        "UPDATE feed_head SET last_pos = last_pos WHERE id = 1",
        [],
    )
    .await?;
    let instant = match Engine::of(transaction.get_database_backend()) {
        Engine::Postgres => "$2::timestamptz",
        Engine::Sqlite => "$2",
    };
    let sql = format!(
        "SELECT h.pruned_pos AS pruned, max(f.pos) AS upto, count(*) AS old FROM feed_head h JOIN feed f \
         ON f.pos > h.pruned_pos AND f.pos <= h.pruned_pos + $1 WHERE h.id = 1 AND f.at < {instant} GROUP BY h.pruned_pos"
    );
    let row = rows::query_one(&transaction, sql, [STEP.into(), instant_text(cutoff).into()]).await?;
    let Some(row) = row else {
        transaction.rollback().await?;
        return Ok(0);
    };
    let (pruned, upto): (i64, i64) = (row.try_get("", "pruned")?, row.try_get("", "upto")?);
    let old: i64 = row.try_get("", "old")?;
    let gone = "DELETE FROM feed WHERE pos <= $2 AND ((pos > $1 AND op IN ('DELETE', 'LEAVE')) OR EXISTS (SELECT 1 FROM feed newer \
         WHERE newer.kind = feed.kind AND newer.record_key = feed.record_key AND newer.pos > feed.pos AND newer.pos > $1 \
         AND newer.pos <= $2))";
    rows::execute(&transaction, gone, [pruned.into(), upto.into()]).await?;
    let told = "UPDATE feed_head SET pruned_pos = $1 WHERE id = 1";
    rows::execute(&transaction, told, [upto.into()]).await?;
    transaction.commit().await?;
    Ok(old.unsigned_abs())
}

/// Gives the feed a new epoch, after a restore: positions that readers hold may mean something else now, so all of them begin anew.
/// Returns it.
pub async fn renew_epoch(db: &Database, clock: &Clock, why: &str) -> Result<String> {
    let transaction = db.begin().await?;
    let sql = match Engine::of(transaction.get_database_backend()) {
        Engine::Postgres => {
            "UPDATE feed_head SET epoch = replace(gen_random_uuid()::text, '-', '') WHERE id = 1 RETURNING epoch"
        }
        Engine::Sqlite => {
            "UPDATE feed_head SET epoch = lower(hex(randomblob(16))) WHERE id = 1 RETURNING epoch"
        }
    };
    let row = rows::query_one(&transaction, sql, []).await?;
    let row = row.ok_or_else(|| Error::inconsistent("feed_head", "the row is missing"))?;
    let epoch: String = row.try_get("", "epoch")?;
    let done = audit::Entry::allowed(&Asked::by_hub("renew-epoch"), "ChangeFeed").because(why);
    audit::append(&transaction, clock, done).await?;
    transaction.commit().await?;
    Ok(epoch)
}
