//! Single type approvals and batches of them.

use std::collections::HashMap;

use sea_orm::QueryFilter;

use super::golden::{Entity, Model};
use crate::access::Visible;
use crate::db::rows;
use crate::{Database, Result, Scope};

/// Type approvals by key.
pub async fn by_keys(db: &Database, scope: &Scope, keys: &[String]) -> Result<HashMap<String, Model>> {
    let found = Entity::visible(scope)
        .filter(rows::in_keys(db.engine(), "type_approval.key", keys)?)
        .all(db.reader())
        .await?;
    Ok(found.into_iter().map(|one| (one.key.clone(), one)).collect())
}
