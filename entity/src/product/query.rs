//! Single products and batches of them.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, QueryFilter};

use super::model::{Column, Entity, Model};
use crate::db::rows;
use crate::scope::Visible;
use crate::{Database, Result, Scope};

/// A product by its key.
pub async fn get(db: &Database, scope: &Scope, key: &str) -> Result<Option<Model>> {
    Ok(Entity::visible(scope)
        .filter(Column::Key.eq(key))
        .one(db.reader())
        .await?)
}

/// Products by key.
pub async fn by_keys(db: &Database, scope: &Scope, keys: &[String]) -> Result<HashMap<String, Model>> {
    let found = Entity::visible(scope)
        .filter(rows::in_keys(db.engine(), "product.key", keys)?)
        .all(db.reader())
        .await?;
    Ok(found
        .into_iter()
        .map(|product| (product.key.clone(), product))
        .collect())
}
