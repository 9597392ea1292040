//! One instrument that some sources know by its code and others by owner, serial number and maker.
//!
//! A claim that gives both leaves a note at the serial number: see [`InstrumentClaim::placed`](super::InstrumentClaim::placed). The record
//! known by the serial number then stays out of sight, and what was said of it counts for the one with the code. Serial numbers are
//! computed and locked before codes, so that two writers who meet at an instrument never miss each other and never wait in a circle.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::claim::BY_SERIAL;
use super::golden::Instruments;
use crate::Result;
use crate::db::rows;
use crate::ingestion::assertion::{self, StoredAssertion};
use crate::ingestion::domain::{Domain, Refreshed, lock, refresh};

/// Computes the golden records of instruments, and of those that they turned out to be.
pub(crate) async fn refresh_instruments(
    transaction: &DatabaseTransaction,
    keys: &[&str],
    refreshed: &mut Refreshed,
) -> Result<()> {
    let (serials, codes): (Vec<&str>, Vec<&str>) = keys.iter().partition(|key| key.starts_with(BY_SERIAL));
    let mut touched: BTreeSet<String> = codes.into_iter().map(str::to_owned).collect();
    if !serials.is_empty() {
        lock(transaction, Instruments::KIND, &serials).await?;
        touched.extend(codes_of(transaction, &serials).await?.into_values());
        refresh::<Instruments>(transaction, &serials, refreshed).await?;
        touched.extend(codes_of(transaction, &serials).await?.into_values());
    }
    let touched: Vec<&str> = touched.iter().map(String::as_str).collect();
    refresh::<Instruments>(transaction, &touched, refreshed).await
}

/// The keys of the instruments that those known by serial numbers turned out to be.
async fn codes_of(transaction: &DatabaseTransaction, serials: &[&str]) -> Result<HashMap<String, String>> {
    let keys_in = rows::keys_in(transaction.get_database_backend(), "key", 1);
    let sql = format!(
        "SELECT key, merged_into FROM measuring_instrument WHERE merged_into IS NOT NULL AND {keys_in}"
    );
    pairs(transaction, sql, serials).await
}

/// Adds what sources say of serial numbers to the instruments with codes that they turned out to be.
pub(crate) async fn join<C: ConnectionTrait>(
    db: &C,
    keys: &[&str],
    claims: &mut HashMap<String, Vec<StoredAssertion>>,
) -> Result<()> {
    let keys_in = rows::keys_in(db.get_database_backend(), "merged_into", 1);
    let sql = format!("SELECT key, merged_into FROM measuring_instrument WHERE {keys_in}");
    let code_of = pairs(db, sql, keys).await?;
    if code_of.is_empty() {
        return Ok(());
    }
    let serials: Vec<&str> = code_of.keys().map(String::as_str).collect();
    for (serial, told) in assertion::of_each(db, Instruments::KIND, &serials).await? {
        if let Some(code) = code_of.get(&serial) {
            claims.entry(code.clone()).or_default().extend(standing(told));
        }
    }
    Ok(())
}

/// The claims about a serial number that no retraction took back. A retraction of the serial number is none of the code.
fn standing(told: Vec<StoredAssertion>) -> Vec<StoredAssertion> {
    let gone: HashMap<String, NaiveDate> = told
        .iter()
        .filter(|claim| claim.retracted)
        .map(|claim| (claim.source.clone(), claim.as_of))
        .collect();
    let stands = |claim: &StoredAssertion| gone.get(&claim.source).is_none_or(|day| claim.as_of >= *day);
    told.into_iter()
        .filter(|claim| !claim.retracted && stands(claim))
        .collect()
}

async fn pairs<C: ConnectionTrait>(db: &C, sql: String, keys: &[&str]) -> Result<HashMap<String, String>> {
    rows::query(db, sql, [rows::parameter(keys)?])
        .await?
        .iter()
        .map(|row| Ok((row.try_get("", "key")?, row.try_get("", "merged_into")?)))
        .collect()
}
