//! Single annotations and batches of them.

use std::collections::HashMap;

use sea_orm::QueryFilter;

use super::model::{Entity, Model};
use crate::access::Visible;
use crate::db::rows;
use crate::{Database, Result, Scope};

/// Annotations by key.
pub async fn by_keys(db: &Database, scope: &Scope, keys: &[String]) -> Result<HashMap<String, Model>> {
    let reader = db.reading(scope).await?;
    let found = Entity::visible(scope)
        .filter(rows::in_keys(db.engine(), "annotation.key", keys)?)
        .all(&reader)
        .await?;
    Ok(found
        .into_iter()
        .map(|annotation| (annotation.key.clone(), annotation))
        .collect())
}
