//! Writing a chunk of rows in one transaction.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use sea_orm::DatabaseTransaction;

use super::assertion::{self, NewAssertion, Place, Subject};
use super::claim::Claim;
use super::count::{Counts, Outcome};
use super::domain::{Domain, Occasion, Refreshed, refresh};
use super::lease::Lease;
use super::{quarantine, run};
use crate::calendar::Holidays;
use crate::change::{self, ChangeReason};
use crate::classification::Classifications;
use crate::clock::china_day;
use crate::credit::{Licences, Listings, Penalties, Ratings, Repairs};
use crate::declaration::Declarations;
use crate::enterprise::Enterprises;
use crate::institution::{Institutions, Misconducts};
use crate::limit::Limits;
use crate::metrology::{TypeApprovals, refresh_instruments};
use crate::product::Products;
use crate::record::RecordKind;
use crate::region::{RegionChanges, Regions};
use crate::standard::{Projects, Standards};
use crate::{Clock, Database, Result};

/// Rows to be written together, and how far the file is read behind them.
#[derive(Debug, Clone, Default)]
pub struct Chunk {
    /// The rows, in the order of the file.
    pub rows: Vec<Row>,
    /// Rows of the file that are done when this chunk is.
    pub checkpoint: i64,
}

/// A row of a file after normalising.
#[derive(Debug, Clone)]
pub struct Row {
    /// The number of the row in the file, from 1, without the header.
    pub row_no: i64,
    /// The line on which it begins, from 1.
    pub line_no: i64,
    /// The source that speaks in this row.
    pub source: String,
    /// The day whose state of affairs the row describes.
    pub as_of: NaiveDate,
    /// What it says.
    pub content: RowContent,
}

/// What a row says.
#[derive(Debug, Clone)]
pub enum RowContent {
    /// Claims about records.
    Taken(Vec<Claim>),
    /// Nothing that can be used.
    Rejected(Reject),
}

/// Why a row was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The column at fault, in the file's own word.
    pub field: Option<String>,
    /// A stable code.
    pub code: &'static str,
    /// What is wrong, for a clerk.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
    /// The row as it came.
    pub raw: String,
}

/// Writes a chunk: claims, golden records, quarantine, checkpoint and counts, and the feed as the last statement.
pub async fn commit(
    db: &Database,
    clock: &Clock,
    lease: &Lease,
    run: &run::Model,
    chunk: &Chunk,
) -> Result<Counts> {
    let now = clock.now();
    let transaction = db.begin().await?;
    lease.renew(&transaction, now).await?;
    let occasion = Occasion {
        day: china_day(now),
        reason: ChangeReason::of(&transaction, run).await?,
    };
    let (counts, refreshed) = write(&transaction, run, &chunk.rows, occasion).await?;
    quarantine::add(&transaction, run, &chunk.rows, now).await?;
    run::advance(&transaction, run, chunk.checkpoint, counts).await?;
    publish(&transaction, &refreshed, Some(&run.id), clock).await?;
    transaction.commit().await?;
    Ok(counts)
}

/// Takes rows again that were set aside before: those that can now be taken leave quarantine.
pub async fn redrive(
    db: &Database,
    clock: &Clock,
    lease: &Lease,
    run: &run::Model,
    rows: &[Row],
) -> Result<Counts> {
    let now = clock.now();
    let transaction = db.begin().await?;
    lease.renew(&transaction, now).await?;
    let occasion = Occasion {
        day: china_day(now),
        reason: ChangeReason::Reprocessing,
    };
    let (counts, refreshed) = write(&transaction, run, rows, occasion).await?;
    quarantine::retried(&transaction, run, rows).await?;
    run::recount(&transaction, run, counts).await?;
    publish(&transaction, &refreshed, Some(&run.id), clock).await?;
    transaction.commit().await?;
    Ok(counts)
}

pub(super) async fn write(
    transaction: &DatabaseTransaction,
    run: &run::Model,
    rows: &[Row],
    occasion: Occasion,
) -> Result<(Counts, Refreshed)> {
    let mut assertions = Vec::new();
    for row in rows {
        let RowContent::Taken(claims) = &row.content else {
            continue;
        };
        let place = Place {
            source: &row.source,
            as_of: row.as_of,
            object_sha256: &run.object_sha256,
            row_no: row.row_no,
            run_id: &run.id,
        };
        for claim in claims {
            assertions.push(NewAssertion::claim(claim, place)?);
        }
    }
    let said = assertion::write(transaction, assertions).await?;
    let refreshed = refresh_all(transaction, &run.source, &said, occasion).await?;
    let counts = count(rows, refreshed.outcomes.clone(), &said);
    Ok((counts, refreshed))
}

/// The last statements of a writing transaction: what was written is dated under the lock of the feed's counter, and
/// the changes are appended.
pub(crate) async fn publish(
    transaction: &DatabaseTransaction,
    refreshed: &Refreshed,
    run_id: Option<&str>,
    clock: &Clock,
) -> Result<()> {
    let declarations: Vec<&str> = refreshed.keys_of(Declarations::KIND);
    let at = if declarations.is_empty() {
        clock.now()
    } else {
        let at = change::stamp(transaction, clock).await?;
        Declarations::settle(transaction, &declarations, at).await?;
        at
    };
    change::append(transaction, &refreshed.changes, run_id, at).await
}

/// Computes the golden records of everything that was said something new about.
pub(crate) async fn refresh_all(
    transaction: &DatabaseTransaction,
    source: &str,
    said: &[Subject],
    occasion: Occasion,
) -> Result<Refreshed> {
    let mut refreshed = Refreshed::on(occasion);
    if said.is_empty() {
        return Ok(refreshed);
    }
    let parts = said.iter().map(|subject| subject.part.as_str());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let mut touched = assertion::homes(transaction, source, &parts).await?;
    let of = said.iter().filter(|subject| !subject.key.is_empty());
    touched.extend(of.map(|subject| (subject.kind.clone(), subject.key.clone())));
    let touched = Touched::new(&touched);
    touched.refresh::<Standards>(transaction, &mut refreshed).await?;
    touched.refresh::<Projects>(transaction, &mut refreshed).await?;
    touched.refresh::<Regions>(transaction, &mut refreshed).await?;
    touched
        .refresh::<RegionChanges>(transaction, &mut refreshed)
        .await?;
    touched
        .refresh::<Classifications>(transaction, &mut refreshed)
        .await?;
    touched.refresh::<Holidays>(transaction, &mut refreshed).await?;
    touched
        .refresh::<Enterprises>(transaction, &mut refreshed)
        .await?;
    touched.refresh::<Products>(transaction, &mut refreshed).await?;
    touched.refresh::<Limits>(transaction, &mut refreshed).await?;
    touched
        .refresh::<Declarations>(transaction, &mut refreshed)
        .await?;
    touched.refresh::<Licences>(transaction, &mut refreshed).await?;
    touched.refresh::<Penalties>(transaction, &mut refreshed).await?;
    touched.refresh::<Listings>(transaction, &mut refreshed).await?;
    touched.refresh::<Repairs>(transaction, &mut refreshed).await?;
    touched.refresh::<Ratings>(transaction, &mut refreshed).await?;
    let instruments = touched.keys_of(RecordKind::MeasuringInstrument);
    refresh_instruments(transaction, &instruments, &mut refreshed).await?;
    touched
        .refresh::<Institutions>(transaction, &mut refreshed)
        .await?;
    touched
        .refresh::<Misconducts>(transaction, &mut refreshed)
        .await?;
    touched
        .refresh::<TypeApprovals>(transaction, &mut refreshed)
        .await?;
    Ok(refreshed)
}

/// Computes records anew of which nothing new was said, because the day is another one: their audiences, and what the feed tells of
/// that. The keys are sorted and distinct.
pub(crate) async fn recompute<D: Domain>(db: &Database, clock: &Clock, keys: &[&str]) -> Result<()> {
    let transaction = db.begin().await?;
    let mut refreshed = Refreshed::on(Occasion {
        day: clock.today(),
        // Nobody said anything: the day did it.
        reason: ChangeReason::Source,
    });
    refresh::<D>(&transaction, keys, &mut refreshed).await?;
    publish(&transaction, &refreshed, None, clock).await?;
    transaction.commit().await?;
    Ok(())
}

/// The keys to refresh, by kind, sorted and distinct.
struct Touched<'a>(HashMap<&'a str, BTreeSet<&'a str>>);

impl<'a> Touched<'a> {
    fn new(touched: &'a [(String, String)]) -> Self {
        let mut by_kind: HashMap<&str, BTreeSet<&str>> = HashMap::new();
        for (kind, key) in touched {
            by_kind.entry(kind).or_default().insert(key);
        }
        Self(by_kind)
    }

    async fn refresh<D: Domain>(
        &self,
        transaction: &DatabaseTransaction,
        refreshed: &mut Refreshed,
    ) -> Result<()> {
        refresh::<D>(transaction, &self.keys_of(D::KIND), refreshed).await
    }

    fn keys_of(&self, kind: RecordKind) -> Vec<&'a str> {
        let keys = self.0.get(kind.as_str());
        keys.into_iter().flatten().copied().collect()
    }
}

/// Counts rows. What happened to a record is put down to the first row that speaks of it.
fn count(rows: &[Row], mut outcomes: HashMap<(RecordKind, String), Outcome>, said: &[Subject]) -> Counts {
    let mut counts = Counts::default();
    for row in rows {
        match &row.content {
            RowContent::Rejected(_) => counts.add_quarantined(),
            RowContent::Taken(claims) => counts.add(
                claims
                    .iter()
                    .filter_map(|claim| match claim {
                        Claim::Retraction(retraction) => {
                            let new = |subject: &Subject| {
                                subject.part == retraction.part && subject.key == retraction.key
                            };
                            said.iter().any(new).then_some(Outcome::Updated)
                        }
                        _ => outcomes.remove(&(claim.kind(), claim.key().to_owned())),
                    })
                    .max()
                    .unwrap_or(Outcome::Unchanged),
            ),
        }
    }
    counts
}
