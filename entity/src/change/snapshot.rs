//! Everything that a reader may see, as it stood at a position of the feed: the start of a copy.

use sea_orm::FromQueryResult;

use super::crossing::{Place, standing};
use super::feed;
use crate::db::rows;
use crate::{Database, Result, Scope};

/// The newest events of records up to a position, behind a place, in the order of kinds and keys; `limit` at most. Fewer mean the end.
/// Whoever follows the feed from the position has what a copy needs; an event that the snapshot knows already changes nothing.
pub async fn snapshot(
    db: &Database,
    scope: &Scope,
    position: i64,
    after: Option<&Place>,
    limit: u64,
) -> Result<Vec<feed::Model>> {
    let sql = format!("SELECT f.* FROM feed f WHERE {} LIMIT {limit}", standing(scope));
    let (kind, key) = after.map_or(("", ""), |(kind, key)| (kind, key));
    let reader = db.reading(scope).await?;
    let found = rows::query(&reader, sql, [position.into(), kind.into(), key.into()]).await?;
    found
        .iter()
        .map(|row| Ok(feed::Model::from_query_result(row, "")?))
        .collect()
}
