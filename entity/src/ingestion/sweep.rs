//! Records that a complete file leaves out are gone at the source (mark and sweep).

use sea_orm::DatabaseTransaction;

use super::assertion::{self, NewAssertion, Place, Subject};
use super::commit::{publish, refresh_all};
use super::domain::Occasion;
use super::lease::Lease;
use super::run;
use crate::change::ChangeReason;
use crate::db::rows;
use crate::record::RecordKind;
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

/// The parts of records that the run's source asserts in files of its form, with the newest day of each. What has its
/// newest claim before its retraction is gone already.
fn standing(kinds: &[RecordKind]) -> String {
    let words: Vec<String> = kinds.iter().map(|kind| format!("'{}'", kind.as_str())).collect();
    format!(
        "SELECT a.kind, {key} AS key, a.part, max(CASE WHEN NOT a.retracted THEN a.as_of END) AS latest \
         FROM assertion a JOIN ingest_run r ON r.id = a.run_id \
         WHERE a.source = $1 AND r.form = $2 AND a.kind IN ({}) AND (a.kind, {key}, a.part) > ($3, $4, $5) \
         GROUP BY a.kind, {key}, a.part \
         HAVING max(CASE WHEN a.retracted THEN a.as_of END) IS NULL \
         OR max(CASE WHEN NOT a.retracted THEN a.as_of END) >= max(CASE WHEN a.retracted THEN a.as_of END)",
        words.join(", "),
        // A part is told of and taken back by itself, whatever record it stands in.
        key = "CASE WHEN a.part = '' THEN a.key ELSE '' END",
    )
}

/// Retracts what the source asserted before of the records `kinds` and this complete run did not see. Without
/// `released`, a large sweep is refused: a cut file must not empty the hub.
pub async fn sweep(
    db: &Database,
    clock: &Clock,
    lease: &Lease,
    run: &run::Model,
    kinds: &[RecordKind],
    released: bool,
) -> Result<Swept> {
    let (known, missing) = measure(db, run, kinds).await?;
    if missing > SWEEP_FLOOR.max(known * SWEEP_PERCENT / 100) && !released {
        return Ok(Swept::TooMany { missing, known });
    }
    let mut swept = 0;
    let mut behind = Subject {
        kind: String::new(),
        key: String::new(),
        part: String::new(),
    };
    loop {
        let transaction = db.begin().await?;
        lease.renew(&transaction, clock.now()).await?;
        let retracted = retract_some(&transaction, clock, run, kinds, &behind).await?;
        transaction.commit().await?;
        let Some(last) = retracted.last().cloned() else {
            return Ok(Swept::Done(swept));
        };
        swept += i64::try_from(retracted.len()).unwrap_or(i64::MAX);
        behind = last;
    }
}

async fn measure(db: &Database, run: &run::Model, kinds: &[RecordKind]) -> Result<(i64, i64)> {
    let sql = format!(
        "SELECT count(*) AS known, count(CASE WHEN latest < $6 THEN 1 END) AS missing FROM ({}) AS standing",
        standing(kinds)
    );
    let values = [
        run.source.as_str().into(),
        run.form.as_str().into(),
        "".into(),
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
    kinds: &[RecordKind],
    behind: &Subject,
) -> Result<Vec<Subject>> {
    let sql = format!(
        "SELECT kind, key, part FROM ({}) AS standing WHERE latest < $6 ORDER BY kind, key, part LIMIT {SWEEP_CHUNK}",
        standing(kinds)
    );
    let values = [
        run.source.as_str().into(),
        run.form.as_str().into(),
        behind.kind.as_str().into(),
        behind.key.as_str().into(),
        behind.part.as_str().into(),
        run.as_of.into(),
    ];
    let place = Place {
        source: &run.source,
        as_of: run.as_of,
        object_sha256: &run.object_sha256,
        row_no: 0,
        run_id: &run.id,
    };
    let mut gone: Vec<Subject> = Vec::new();
    for row in rows::query(transaction, sql, values).await? {
        gone.push(Subject {
            kind: row.try_get("", "kind")?,
            key: row.try_get("", "key")?,
            part: row.try_get("", "part")?,
        });
    }
    let retractions = gone
        .iter()
        .map(|subject| NewAssertion::retraction(subject.clone(), place))
        .collect();
    let touched = assertion::write(transaction, retractions).await?;
    let occasion = Occasion {
        day: clock.today(),
        reason: ChangeReason::Withdrawal,
    };
    let refreshed = refresh_all(transaction, &run.source, &touched, occasion).await?;
    publish(transaction, &refreshed, Some(&run.id), clock).await?;
    Ok(gone)
}
