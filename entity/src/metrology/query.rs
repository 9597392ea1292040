//! Single instruments and batches of them, and their verifications.

use std::collections::HashMap;

use sea_orm::{FromQueryResult, QueryFilter};

use super::model::{Entity, Model, Verification};
use crate::access::Visible;
use crate::db::rows;
use crate::{Database, Result, Scope};

/// Instruments by key; one that is known by its serial number gives the one with a code that it turned out to be.
pub async fn by_keys(db: &Database, scope: &Scope, keys: &[String]) -> Result<HashMap<String, Model>> {
    let known = exactly(db, scope, keys).await?;
    let mut codes: Vec<String> = known
        .values()
        .filter_map(|instrument| instrument.merged_into.clone())
        .collect();
    if codes.is_empty() {
        return Ok(known);
    }
    codes.sort();
    codes.dedup();
    let coded = exactly(db, scope, &codes).await?;
    Ok(known
        .into_iter()
        .filter_map(|(key, instrument)| {
            let shown = match &instrument.merged_into {
                Some(code) => coded.get(code)?.clone(),
                None => instrument,
            };
            Some((key, shown))
        })
        .collect())
}

async fn exactly(db: &Database, scope: &Scope, keys: &[String]) -> Result<HashMap<String, Model>> {
    let reader = db.reading(scope).await?;
    let found = Entity::visible(scope)
        .filter(rows::in_keys(db.engine(), "measuring_instrument.key", keys)?)
        .all(&reader)
        .await?;
    Ok(found
        .into_iter()
        .map(|instrument| (instrument.key.clone(), instrument))
        .collect())
}

/// The verifications of each instrument, from the oldest to the newest, those without a day first.
pub async fn verifications(
    db: &Database,
    scope: &Scope,
    keys: &[String],
) -> Result<HashMap<String, Vec<Verification>>> {
    let reader = db.reading(scope).await?;
    let keys_in = rows::keys_in(db.engine().backend(), "v.instrument_key", 1);
    let seen = scope.sql_owned("i");
    let sql = format!(
        "SELECT v.* FROM instrument_verification v JOIN measuring_instrument i ON i.key = v.instrument_key AND {seen} \
         WHERE {keys_in} ORDER BY v.instrument_key, v.ordinal"
    );
    let mut found: HashMap<String, Vec<Verification>> = HashMap::new();
    for row in rows::query(&reader, sql, [rows::parameter(keys)?]).await? {
        found
            .entry(row.try_get("", "instrument_key")?)
            .or_default()
            .push(Verification::from_query_result(&row, "")?);
    }
    Ok(found)
}
