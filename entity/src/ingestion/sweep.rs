//! Records that a complete file leaves out are gone at the source (mark and sweep).

use sea_orm::DatabaseTransaction;

use super::assertion::{self, NewAssertion, Place};
use super::commit::refresh_all;
use super::lease::Lease;
use super::run;
use crate::change;
use crate::db::rows;
use crate::{Clock, Database, Result};

/// Records retracted in one transaction.
const SWEEP_CHUNK: i64 = 500;
/// A sweep of more records than this, and of more than the share below, waits for a person.
const SWEEP_FLOOR: i64 = 100;
/// The share of the source's records, in percent.
const SWEEP_PERCENT: i64 = 2;

/// What a sweep did or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swept {
    /// So many records were retracted.
    Done(i64),
    /// So many of so many records would go: a person has to release the run.
    TooMany {
        /// Records that the file leaves out.
        missing: i64,
        /// Records that the source asserted so far in files of this form.
        known: i64,
    },
}

/// The records that the run's source asserts in files of its form, with the newest day of each. A record whose newest
/// claim is older than its retraction is gone already.
const STANDING: &str = "SELECT a.kind, a.key, max(CASE WHEN NOT a.retracted THEN a.as_of END) AS latest \
     FROM assertion a JOIN ingest_run r ON r.id = a.run_id \
     WHERE a.source = $1 AND r.form = $2 AND (a.kind, a.key) > ($3, $4) GROUP BY a.kind, a.key \
     HAVING max(CASE WHEN a.retracted THEN a.as_of END) IS NULL \
     OR max(CASE WHEN NOT a.retracted THEN a.as_of END) >= max(CASE WHEN a.retracted THEN a.as_of END)";

/// Retracts what the source asserted before and this complete run did not see. Without `released`, a large sweep is
/// refused: a cut file must not empty the hub.
pub async fn sweep(
    db: &Database,
    clock: &Clock,
    lease: &Lease,
    run: &run::Model,
    released: bool,
) -> Result<Swept> {
    let (known, missing) = measure(db, run).await?;
    if missing > SWEEP_FLOOR.max(known * SWEEP_PERCENT / 100) && !released {
        return Ok(Swept::TooMany { missing, known });
    }
    let mut swept = 0;
    let mut behind = (String::new(), String::new());
    loop {
        let transaction = db.begin().await?;
        lease.renew(&transaction, clock.now()).await?;
        let retracted = retract_some(&transaction, clock, run, &behind).await?;
        transaction.commit().await?;
        let Some(last) = retracted.last().cloned() else {
            return Ok(Swept::Done(swept));
        };
        swept += i64::try_from(retracted.len()).unwrap_or(i64::MAX);
        behind = last;
    }
}

async fn measure(db: &Database, run: &run::Model) -> Result<(i64, i64)> {
    let sql = format!(
        "SELECT count(*) AS known, count(CASE WHEN latest < $5 THEN 1 END) AS missing FROM ({STANDING}) AS standing"
    );
    let values = [
        run.source.as_str().into(),
        run.form.as_str().into(),
        "".into(),
        "".into(),
        run.as_of.into(),
    ];
    let Some(row) = rows::query_one(db.reader(), sql, values).await? else {
        return Ok((0, 0));
    };
    Ok((row.try_get("", "known")?, row.try_get("", "missing")?))
}

/// Retracts the next few records behind a place; gives the records.
async fn retract_some(
    transaction: &DatabaseTransaction,
    clock: &Clock,
    run: &run::Model,
    behind: &(String, String),
) -> Result<Vec<(String, String)>> {
    let sql = format!(
        "SELECT kind, key FROM ({STANDING}) AS standing WHERE latest < $5 ORDER BY kind, key LIMIT {SWEEP_CHUNK}"
    );
    let values = [
        run.source.as_str().into(),
        run.form.as_str().into(),
        behind.0.as_str().into(),
        behind.1.as_str().into(),
        run.as_of.into(),
    ];
    let place = Place {
        source: &run.source,
        as_of: run.as_of,
        object_sha256: &run.object_sha256,
        row_no: 0,
        run_id: &run.id,
    };
    let mut gone: Vec<(String, String)> = Vec::new();
    for row in rows::query(transaction, sql, values).await? {
        gone.push((row.try_get("", "kind")?, row.try_get("", "key")?));
    }
    let retractions = gone
        .iter()
        .map(|(kind, key)| NewAssertion::retraction(kind.clone(), key.clone(), place))
        .collect();
    let touched = assertion::write(transaction, retractions).await?;
    let refreshed = refresh_all(transaction, touched).await?;
    change::append(transaction, &refreshed.changes, Some(&run.id), clock.now()).await?;
    Ok(gone)
}
