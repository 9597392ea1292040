//! Everything that a reader may see, as it stood at a position of the feed: the start of a copy.

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, FromQueryResult};

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

/// The keys of those records of a snapshot, all of one kind, that the reader does not see any more: they went, or left its view, behind
/// the position.
pub async fn gone_since(
    db: &Database,
    scope: &Scope,
    position: i64,
    found: &[feed::Model],
) -> Result<HashSet<String>> {
    let Some(first) = found.first() else {
        return Ok(HashSet::new());
    };
    let keys: Vec<&str> = found.iter().map(|event| event.record_key.as_str()).collect();
    let reader = db.reading(scope).await?;
    let sql = format!(
        "SELECT f.record_key FROM feed f WHERE f.kind = $1 AND {keys_in} AND f.pos > $3 \
         AND NOT ({seen} AND f.op IN ('UPSERT', 'ENTER')) \
         AND NOT EXISTS (SELECT 1 FROM feed g WHERE g.kind = f.kind AND g.record_key = f.record_key AND g.pos > f.pos)",
        keys_in = rows::keys_in(reader.get_database_backend(), "f.record_key", 2),
        seen = scope.sql_events("f"),
    );
    let values = [
        first.kind.as_str().into(),
        rows::parameter(&keys)?,
        position.into(),
    ];
    let gone = rows::query(&reader, sql, values).await?;
    gone.iter()
        .map(|row| Ok(row.try_get("", "record_key")?))
        .collect()
}
