//! Declarations that changed, as rows of a neighbour's exchange table (前置库).
//!
//! What is written of a declaration are the claims about it that the hub holds, with the days on which they were said, so that the neighbour
//! computes the same record whatever it knew before. How far the hub came stands beside the table and moves in the transaction that
//! writes the rows: after a kill it goes on, and nothing is written twice.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::exchange_row::{self, Known};
use chrono::NaiveDate;
use entity::change;
use entity::declaration::DeclarationClaim;
use entity::ingestion::assertion::{self, StoredAssertion};
use entity::ingestion::exchange::{self, Parcel, Reached};
use entity::ingestion::exchange_sent::{self, SentRecord};
use entity::record::RecordKind;
use entity::{Database, Scope, enterprise, product};

/// Changes of one transaction.
const CHUNK: u64 = 200;

/// Whose declarations are written, and as whom.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Whose view.
    pub scope: Scope,
    /// The name of this hub in the neighbour's database.
    pub sender: String,
    /// Write everything again.
    pub anew: bool,
}

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    /// Changes of the feed that were looked at.
    pub changes: u64,
    /// Rows.
    pub rows: u64,
    /// Transactions.
    pub chunks: u64,
}

/// Why not everything was written.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The neighbour has no such tables.
    #[error(
        "the database has no tables exchange_declaration, exchange_sender and exchange_sent: docs/exchange-format.md tells how they are made"
    )]
    NoTable,
    /// The name stands for another feed.
    #[error(
        "{0} wrote into this table from another change feed: another hub has that name (choose one with --sender), or this one was \
         restored (write everything again with --anew)"
    )]
    OtherFeed(String),
    /// Another process wrote at the same time.
    #[error("another process writes into this table as {0}: wait for it and run the same command again")]
    Overtaken(String),
    /// A database; it is named where it is the neighbour's.
    #[error("{place}{cause}")]
    Database {
        /// The neighbour's or, empty, the hub's own.
        place: &'static str,
        /// What it says.
        cause: entity::Error,
    },
}

impl From<entity::Error> for TableError {
    fn from(cause: entity::Error) -> Self {
        Self::Database { place: "", cause }
    }
}

fn there(cause: entity::Error) -> TableError {
    TableError::Database {
        place: "the neighbour's ",
        cause,
    }
}

/// Writes what changed since the last time; `told` hears of every transaction.
pub async fn write(
    db: &Database,
    neighbour: &Database,
    plan: &Plan,
    told: impl Fn(&Sent),
) -> Result<Sent, TableError> {
    if !exchange::is_there(neighbour).await.map_err(there)? {
        return Err(TableError::NoTable);
    }
    let scope = plan.scope.narrowed(vec![RecordKind::Declaration], Vec::new());
    let epoch = change::head(db, &scope).await?.epoch;
    let mut stands = exchange::reached(neighbour, &plan.sender).await.map_err(there)?;
    let mut position = match &stands {
        _ if plan.anew => 0,
        None => 0,
        Some(reached) if reached.epoch == epoch => reached.position,
        Some(_) => return Err(TableError::OtherFeed(plan.sender.clone())),
    };
    let mut sent = Sent::default();
    loop {
        let events = change::events_after(db, &scope, position, CHUNK).await?;
        let Some(last) = events.last() else {
            return Ok(sent);
        };
        position = last.pos;
        let keys: BTreeSet<String> = events.iter().map(|event| event.record_key.clone()).collect();
        let keys: Vec<String> = keys.into_iter().collect();
        let written = exchange_sent::sent(neighbour, &plan.sender, &keys).await;
        let parcel = parcel(db, &scope, &keys, written.map_err(there)?).await?;
        let reached = Reached {
            epoch: epoch.clone(),
            position,
        };
        let put = exchange::put(neighbour, &plan.sender, stands.as_ref(), &reached, &parcel).await;
        if !put.map_err(there)? {
            return Err(TableError::Overtaken(plan.sender.clone()));
        }
        stands = Some(reached);
        sent.changes += events.len() as u64;
        sent.rows += parcel.rows.len() as u64;
        sent.chunks += 1;
        told(&sent);
    }
}

/// What is written of declarations: the claims about those that the reader sees, and that records are gone which were written of them
/// before and of which the hub holds no claim any more. A record that moved to another enterprise or number still has claims: what is
/// written of the other declaration says where it is.
async fn parcel(
    db: &Database,
    scope: &Scope,
    keys: &[String],
    written: Vec<SentRecord>,
) -> Result<Parcel, TableError> {
    let seen = entity::declaration::by_keys(db, scope, keys).await?;
    let mut records: Vec<(RecordKind, String)> = seen
        .into_keys()
        .map(|key| (RecordKind::Declaration, key))
        .collect();
    records.sort_unstable();
    let mut stored = assertion::by_records(db, scope, &records).await?;
    let mut told: Vec<(StoredAssertion, DeclarationClaim)> = Vec::new();
    for record in &records {
        let claims = stored.remove(record).unwrap_or_default();
        for stored in claims.into_iter().filter(|stored| !stored.retracted) {
            let claim = serde_json::from_str(&stored.body).map_err(|cause| entity::Error::Inconsistent {
                place: format!("assertion {}", record.1),
                problem: cause.to_string(),
            })?;
            told.push((stored, claim));
        }
    }
    let known = known(db, scope, told.iter().map(|(_, claim)| claim)).await?;
    let shown = shown(&told);
    let mut rows = Vec::new();
    let mut retracted = BTreeMap::new();
    for (stored, claim) in &told {
        let is_shown = shown.contains(&(said(stored, claim), stored.hash.as_str()));
        rows.extend(exchange_row::claimed(stored, claim, is_shown, &known));
        let id = exchange_row::record_id(&stored.source, &stored.part);
        retracted.extend(stored.part_retracted.map(|days| (id, days)));
    }
    for (id, days) in &retracted {
        rows.extend(exchange_row::retracted(id, *days));
    }
    let told = records_told(&told);
    let is_told: HashSet<_> = told.iter().map(|record| (&record.source, &record.part)).collect();
    let missing = written
        .into_iter()
        .filter(|record| !is_told.contains(&(&record.source, &record.part)));
    let gone = exchange_sent::without_claims(db, missing.collect()).await?;
    for record in &gone {
        let id = exchange_row::record_id(&record.source, &record.part);
        rows.extend(exchange_row::retracted(&id, (record.as_of, record.as_of)));
    }
    Ok(Parcel { rows, told, gone })
}

/// Which record of which source says something of which declaration for which day.
type Said<'a> = (&'a str, &'a str, &'a str, NaiveDate);

fn said<'a>(stored: &'a StoredAssertion, claim: &'a DeclarationClaim) -> Said<'a> {
    (&stored.source, &claim.key, &stored.part, stored.as_of)
}

/// Of the contents of a record that were last said on the same day the one that the hub believes: the neighbour cannot tell, since its
/// claims have other hashes.
fn shown(told: &[(StoredAssertion, DeclarationClaim)]) -> HashSet<(Said<'_>, &str)> {
    let mut best = HashMap::new();
    for (stored, claim) in told {
        let place = (claim.status, stored.hash.as_str());
        let kept = best.entry(said(stored, claim)).or_insert(place);
        *kept = place.max(*kept);
    }
    best.into_iter().map(|(said, (_, hash))| (said, hash)).collect()
}

/// The records of sources that claims tell of, each with the last day that is written of it.
fn records_told(told: &[(StoredAssertion, DeclarationClaim)]) -> Vec<SentRecord> {
    let mut records: BTreeMap<(&str, &str), SentRecord> = BTreeMap::new();
    for (stored, claim) in told {
        let retracted = stored.part_retracted.map(|(_, last)| last);
        let as_of = retracted.map_or(stored.as_of, |last| last.max(stored.as_of));
        let record = records
            .entry((&stored.source, &stored.part))
            .or_insert_with(|| SentRecord {
                source: stored.source.clone(),
                part: stored.part.clone(),
                record_key: claim.key.clone(),
                as_of,
            });
        record.as_of = record.as_of.max(as_of);
    }
    records.into_values().collect()
}

/// What the rows say beside the claims: products, and who the enterprises are.
async fn known(
    db: &Database,
    scope: &Scope,
    claims: impl Iterator<Item = &DeclarationClaim>,
) -> Result<Known, TableError> {
    let (mut products, mut owners) = (BTreeSet::new(), BTreeSet::new());
    for claim in claims {
        products.extend(claim.products.iter().cloned());
        owners.insert(claim.owner_key.clone());
    }
    let products: Vec<String> = products.into_iter().collect();
    let owners: Vec<String> = owners.into_iter().collect();
    let mut found = HashMap::new();
    for some in products.chunks(1_000) {
        found.extend(product::by_keys(db, scope, some).await?);
    }
    Ok(Known {
        products: found,
        enterprises: enterprise::by_keys(db, scope, &owners).await?,
    })
}
