//! Declarations that changed, as rows of a neighbour's exchange table (前置库).
//!
//! What is written of a declaration are the claims about it that the hub holds, with the days on which they were said, so that the neighbour
//! computes the same record whatever it knew before. How far the hub came stands beside the table and moves in the transaction that
//! writes the rows: after a kill it goes on, and nothing is written twice.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::change;
use entity::declaration::DeclarationClaim;
use entity::ingestion::assertion::{self, StoredAssertion};
use entity::ingestion::exchange::{self, Reached};
use entity::record::RecordKind;
use entity::{Database, Scope, enterprise, product};
use serde_json::{Map, Value};

use super::exchange_row::{self, Known};

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
        "the database has no tables exchange_declaration and exchange_sender: docs/exchange-format.md tells how they are made"
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
        let rows = rows(db, &scope, keys.into_iter().collect()).await?;
        let reached = Reached {
            epoch: epoch.clone(),
            position,
        };
        let put = exchange::put(neighbour, &plan.sender, stands.as_ref(), &reached, &rows).await;
        if !put.map_err(there)? {
            return Err(TableError::Overtaken(plan.sender.clone()));
        }
        stands = Some(reached);
        sent.changes += events.len() as u64;
        sent.rows += rows.len() as u64;
        sent.chunks += 1;
        told(&sent);
    }
}

/// The rows of declarations, of those that the reader sees. One that is gone because its record moved to another enterprise or number has
/// no rows: those of the other one say so.
async fn rows(
    db: &Database,
    scope: &Scope,
    keys: Vec<String>,
) -> Result<Vec<Map<String, Value>>, TableError> {
    let seen = entity::declaration::by_keys(db, scope, &keys).await?;
    let mut records: Vec<(RecordKind, String)> = seen
        .into_keys()
        .map(|key| (RecordKind::Declaration, key))
        .collect();
    records.sort_unstable();
    let mut stored = assertion::by_records(db, scope, &records).await?;
    let mut told: Vec<(StoredAssertion, DeclarationClaim)> = Vec::new();
    let mut retracted = BTreeMap::new();
    for record in &records {
        let claims = stored.remove(record).unwrap_or_default();
        for stored in claims.into_iter().filter(|stored| !stored.retracted) {
            retracted.extend(stored.part_retracted.map(|days| (stored.part.clone(), days)));
            let claim = serde_json::from_str(&stored.body).map_err(|cause| entity::Error::Inconsistent {
                place: format!("assertion {}", record.1),
                problem: cause.to_string(),
            })?;
            told.push((stored, claim));
        }
    }
    let known = known(db, scope, told.iter().map(|(_, claim)| claim)).await?;
    let shown = shown(&told);
    let claimed = told.iter().flat_map(|(stored, claim)| {
        let is_shown = shown.get(&(stored.part.as_str(), stored.as_of)) == Some(&stored.hash.as_str());
        exchange_row::claimed(stored, claim, is_shown, &known)
    });
    let retracted = retracted
        .iter()
        .flat_map(|(part, days)| exchange_row::retracted(part, *days));
    Ok(claimed.chain(retracted).collect())
}

/// Of the contents of a record that were last said on the same day the one that the hub believes: the neighbour cannot tell, since its
/// claims have other hashes.
fn shown(told: &[(StoredAssertion, DeclarationClaim)]) -> HashMap<(&str, NaiveDate), &str> {
    let mut best = HashMap::new();
    for (stored, claim) in told {
        let place = (claim.status, stored.hash.as_str());
        let kept = best.entry((stored.part.as_str(), stored.as_of)).or_insert(place);
        *kept = place.max(*kept);
    }
    best.into_iter().map(|(day, (_, hash))| (day, hash)).collect()
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
