//! What the passing of days does: records that begin or cease to be public without anybody saying anything new.

use super::{Listings, Penalties};
use crate::db::rows;
use crate::ingestion::{Domain, recompute};
use crate::{Clock, Database, Result};

/// Working days within which a decision is handed in (双公示: 7 个工作日).
pub const DUE_WORKING_DAYS: u32 = 7;
/// Records computed anew in one transaction.
const CHUNK: i64 = 500;

/// Tells the feed of the records whose time of being public began or ended since they were computed: who may not see them any
/// more hears LEAVE, who may now hears ENTER. Returns how many there were. It can be repeated and run in several processes at once.
pub async fn refresh_due(db: &Database, clock: &Clock) -> Result<u64> {
    let penalties = refresh::<Penalties>(db, clock, "penalty").await?;
    let listings = refresh::<Listings>(db, clock, "credit_listing").await?;
    Ok(penalties + listings)
}

async fn refresh<D: Domain>(db: &Database, clock: &Clock, table: &str) -> Result<u64> {
    let today = clock.today();
    let sql = format!(
        "SELECT t.key FROM {table} t JOIN record r ON r.kind = '{kind}' AND r.key = t.key \
         WHERE t.audience = 'PUBLIC' AND r.audience <> \
         (CASE WHEN t.public_from > '{today}' OR t.public_until <= '{today}' THEN 'ENTERPRISE' ELSE 'PUBLIC' END) \
         AND t.key > $1 ORDER BY t.key LIMIT {CHUNK}",
        kind = D::KIND.as_str(),
    );
    let (mut behind, mut done) = (String::new(), 0);
    loop {
        let mut keys: Vec<String> = Vec::new();
        for row in rows::query(db.own(), sql.as_str(), [behind.as_str().into()]).await? {
            keys.push(row.try_get("", "key")?);
        }
        let Some(last) = keys.last().cloned() else {
            return Ok(done);
        };
        let sorted: Vec<&str> = keys.iter().map(String::as_str).collect();
        recompute::<D>(db, clock, &sorted).await?;
        done += u64::try_from(keys.len()).unwrap_or(u64::MAX);
        behind = last;
    }
}
