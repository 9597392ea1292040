//! Single enterprises and batches of them, and what they are known by.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::QueryFilter;

use super::model::{Entity, Model};
use crate::access::Visible;
use crate::db::rows;
use crate::{Database, Result, Scope};

/// A name that an enterprise had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// The name.
    pub name: String,
    /// The day from which it was not the name any more.
    pub until: Option<NaiveDate>,
}

/// Enterprises by key.
pub async fn by_keys(db: &Database, scope: &Scope, keys: &[String]) -> Result<HashMap<String, Model>> {
    let found = Entity::visible(scope)
        .filter(rows::in_keys(db.engine(), "enterprise.key", keys)?)
        .all(db.reader())
        .await?;
    Ok(found
        .into_iter()
        .map(|enterprise| (enterprise.key.clone(), enterprise))
        .collect())
}

/// The enterprises behind identities: a record known by name gives the one that it turned out to be.
pub async fn by_identities(
    db: &Database,
    scope: &Scope,
    identities: &[String],
) -> Result<HashMap<String, Model>> {
    let known = by_keys(db, scope, identities).await?;
    let mut codes: Vec<String> = known
        .values()
        .filter_map(|enterprise| enterprise.merged_into.clone())
        .collect();
    if codes.is_empty() {
        return Ok(known);
    }
    codes.sort();
    codes.dedup();
    let coded = by_keys(db, scope, &codes).await?;
    Ok(known
        .into_iter()
        .filter_map(|(identity, enterprise)| {
            let shown = match &enterprise.merged_into {
                Some(code) => coded.get(code)?.clone(),
                None => enterprise,
            };
            Some((identity, shown))
        })
        .collect())
}

/// 曾用名: the names that each enterprise had, in the order of their end.
pub async fn former_names(
    db: &Database,
    scope: &Scope,
    keys: &[String],
) -> Result<HashMap<String, Vec<Former>>> {
    let reader = db.reader();
    let keys_in = rows::keys_in(reader.get_database_backend(), "n.enterprise_key", 1);
    let seen = scope.sql("e");
    let sql = format!(
        "SELECT n.enterprise_key, n.name, n.until FROM enterprise_former_name n \
         JOIN enterprise e ON e.key = n.enterprise_key AND {seen} WHERE {keys_in} ORDER BY n.enterprise_key, n.ordinal"
    );
    let mut by_owner: HashMap<String, Vec<Former>> = HashMap::new();
    for row in rows::query(reader, sql, [rows::parameter(keys)?]).await? {
        let former = Former {
            name: row.try_get("", "name")?,
            until: row.try_get("", "until")?,
        };
        by_owner
            .entry(row.try_get("", "enterprise_key")?)
            .or_default()
            .push(former);
    }
    Ok(by_owner)
}
