//! Single standards and batches of them.

use std::collections::HashMap;

use sea_orm::sea_query::{NullOrdering, Order};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

use super::model::{Column, Entity, Model};
use super::project;
use crate::access::Visible;
use crate::db::rows;
use crate::{Database, Result, Scope};

/// A standard by the key of its number.
pub async fn get(db: &Database, scope: &Scope, key: &str) -> Result<Option<Model>> {
    Ok(Entity::visible(scope)
        .filter(Column::Key.eq(key))
        .one(db.reader())
        .await?)
}

/// Standards by key.
pub async fn by_keys(db: &Database, scope: &Scope, keys: &[String]) -> Result<HashMap<String, Model>> {
    let found = Entity::visible(scope)
        .filter(rows::in_keys(db.engine(), "standard.key", keys)?)
        .all(db.reader())
        .await?;
    Ok(found
        .into_iter()
        .map(|standard| (standard.key.clone(), standard))
        .collect())
}

/// The newest edition of each chain, by the key without its year: what a citation without a year means.
pub async fn latest_of_base(
    db: &Database,
    scope: &Scope,
    bases: &[String],
) -> Result<HashMap<String, Model>> {
    let chains = editions_of(db, scope, bases).await?;
    Ok(chains
        .into_iter()
        .filter_map(|(base, mut editions)| Some((base, editions.pop()?)))
        .collect())
}

/// Standard projects by key.
pub async fn projects_by_keys(
    db: &Database,
    scope: &Scope,
    keys: &[String],
) -> Result<HashMap<String, project::Model>> {
    let found = project::Entity::visible(scope)
        .filter(rows::in_keys(db.engine(), "standard_project.key", keys)?)
        .all(db.reader())
        .await?;
    Ok(found
        .into_iter()
        .map(|project| (project.key.clone(), project))
        .collect())
}

/// All editions of each chain, oldest first, by the key without its year.
pub async fn editions_of(
    db: &Database,
    scope: &Scope,
    bases: &[String],
) -> Result<HashMap<String, Vec<Model>>> {
    let editions = Entity::visible(scope)
        .filter(rows::in_keys(db.engine(), "standard.base_key", bases)?)
        .filter(Column::AmendsKey.is_null())
        .order_by_asc(Column::BaseKey)
        // A year that is not known comes first on both engines.
        .order_by_with_nulls(Column::Year, Order::Asc, NullOrdering::First)
        .order_by_asc(Column::Key)
        .all(db.reader())
        .await?;
    let mut chains: HashMap<String, Vec<Model>> = HashMap::new();
    for edition in editions {
        chains.entry(edition.base_key.clone()).or_default().push(edition);
    }
    Ok(chains)
}
