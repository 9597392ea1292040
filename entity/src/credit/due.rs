//! What the passing of days does: records that begin or cease to be public without anybody saying anything new.

use super::{Licences, Listings, Penalties};
use crate::db::rows;
use crate::ingestion::{Domain, recompute};
use crate::record::RecordKind;
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
    for kind in [Penalties::KIND, Listings::KIND, Licences::KIND] {
        forget(db, kind).await?;
    }
    Ok(penalties + listings)
}

/// What is not public any more, or was withdrawn, is not to be read in the past of the feed either: events that told the public of
/// it are emptied, and say LEAVE to whoever reads the feed from before.
async fn forget(db: &Database, kind: RecordKind) -> Result<()> {
    let kind = kind.as_str();
    let sql = format!(
        "UPDATE feed SET op = 'LEAVE', body = 'null' WHERE kind = '{kind}' AND audience = 'PUBLIC' AND op IN ('UPSERT', 'ENTER') \
         AND record_key IN (SELECT r.key FROM record r WHERE r.kind = '{kind}' AND (r.audience <> 'PUBLIC' OR r.hash = ''))"
    );
    let transaction = db.begin().await?;
    rows::execute(&transaction, sql, []).await?;
    transaction.commit().await?;
    Ok(())
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
