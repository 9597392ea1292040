//! Single declarations and batches of them, their versions, and what they cite.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{QueryFilter, QueryResult};

use super::model::{Entity, Model};
use super::term::ChangeKind;
use crate::access::Visible;
use crate::clock::instant_text;
use crate::db::history::History;
use crate::db::rows;
use crate::{Database, Error, Result, Scope};

/// A version of a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclarationVersion {
    /// From 1, in the order of time.
    pub ordinal: i32,
    /// The record at its source.
    pub record_id: String,
    /// How it came about.
    pub change_kind: ChangeKind,
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
    /// The first day on which it does not hold any more.
    pub valid_until: Option<NaiveDate>,
    /// The day from which the source shows the record with its present content, where it had another before.
    pub modified_on: Option<NaiveDate>,
    /// The enterprise's name in it.
    pub enterprise_name: Option<String>,
    /// Since when the hub knows it so.
    pub known_from: DateTime<Utc>,
}

/// A standard that a test method names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedStandard {
    /// The key of the number.
    pub key: String,
    /// The number.
    pub number: String,
}

/// Declarations by key.
pub async fn by_keys(db: &Database, scope: &Scope, keys: &[String]) -> Result<HashMap<String, Model>> {
    let found = Entity::visible(scope)
        .filter(rows::in_keys(db.engine(), "declaration.key", keys)?)
        .all(db.reader())
        .await?;
    Ok(found
        .into_iter()
        .map(|declaration| (declaration.key.clone(), declaration))
        .collect())
}

/// The versions of each declaration as they were known at an instant, or as they are known now; in the order of time.
pub async fn versions(
    db: &Database,
    scope: &Scope,
    wanted: &[(String, Option<DateTime<Utc>>)],
) -> Result<HashMap<(String, Option<DateTime<Utc>>), Vec<DeclarationVersion>>> {
    let mut by_instant: HashMap<Option<DateTime<Utc>>, Vec<String>> = HashMap::new();
    for (key, at) in wanted {
        by_instant.entry(*at).or_default().push(key.clone());
    }
    let mut found: HashMap<_, Vec<DeclarationVersion>> = HashMap::new();
    for (at, keys) in by_instant {
        for (key, version) in versions_at(db, scope, &keys, at).await? {
            found.entry((key, at)).or_default().push(version);
        }
    }
    Ok(found)
}

async fn versions_at(
    db: &Database,
    scope: &Scope,
    keys: &[String],
    at: Option<DateTime<Utc>>,
) -> Result<Vec<(String, DeclarationVersion)>> {
    let reader = db.reader();
    let backend = reader.get_database_backend();
    let known = History::known(backend, "v", at.map(|_| 2));
    let sql = format!(
        "SELECT v.declaration_key, v.ordinal, v.record_id, v.change_kind, v.valid_from, v.valid_until, v.modified_on, \
         v.enterprise_name, v.known_from FROM declaration_version v JOIN declaration d ON d.key = v.declaration_key AND {seen} \
         WHERE {keys_in} AND {known} ORDER BY v.declaration_key, v.ordinal",
        seen = scope.sql("d"),
        keys_in = rows::keys_in(backend, "v.declaration_key", 1),
    );
    let mut values = vec![rows::parameter(keys)?];
    values.extend(at.map(|at| instant_text(at).into()));
    rows::query(reader, sql, values)
        .await?
        .iter()
        .map(|row| Ok((row.try_get("", "declaration_key")?, version(row)?)))
        .collect()
}

fn version(row: &QueryResult) -> Result<DeclarationVersion> {
    let kind: String = row.try_get("", "change_kind")?;
    Ok(DeclarationVersion {
        ordinal: row.try_get("", "ordinal")?,
        record_id: row.try_get("", "record_id")?,
        change_kind: kind
            .parse()
            .map_err(|()| Error::inconsistent("declaration_version", format!("change kind {kind}")))?,
        valid_from: row.try_get("", "valid_from")?,
        valid_until: row.try_get("", "valid_until")?,
        modified_on: row.try_get("", "modified_on")?,
        enterprise_name: row.try_get("", "enterprise_name")?,
        known_from: row.try_get("", "known_from")?,
    })
}

/// The standards that the test methods of each declaration name, by number.
pub async fn citations(
    db: &Database,
    scope: &Scope,
    keys: &[String],
) -> Result<HashMap<String, Vec<CitedStandard>>> {
    let reader = db.reader();
    let keys_in = rows::keys_in(reader.get_database_backend(), "x.declaration_key", 1);
    let sql = format!(
        "SELECT x.declaration_key, x.standard_key, x.number FROM declaration_citation x \
         JOIN declaration d ON d.key = x.declaration_key AND {} WHERE {keys_in} ORDER BY x.declaration_key, x.standard_key",
        scope.sql("d")
    );
    let mut by_owner: HashMap<String, Vec<CitedStandard>> = HashMap::new();
    for row in rows::query(reader, sql, [rows::parameter(keys)?]).await? {
        let cited = CitedStandard {
            key: row.try_get("", "standard_key")?,
            number: row.try_get("", "number")?,
        };
        by_owner
            .entry(row.try_get("", "declaration_key")?)
            .or_default()
            .push(cited);
    }
    Ok(by_owner)
}
