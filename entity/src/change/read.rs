//! Reading the feed and its head.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect};

use super::feed;
use crate::db::rows;
use crate::{Database, Result, Scope};

/// Where the feed stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Changes on a restore or any other event after which old positions mean nothing.
    pub epoch: String,
    /// The position of the newest event; 0 when there is none.
    pub position: i64,
    /// Up to here the feed holds no more than what every record is; 0 when nothing was taken away.
    pub pruned: i64,
}

/// Where the feed stands for a reader: at the newest event that it may see. What is hidden does not move it.
pub async fn head(db: &Database, scope: &Scope) -> Result<Head> {
    let sql = format!(
        "SELECT h.epoch, (SELECT f.pos FROM feed f WHERE {} ORDER BY f.pos DESC LIMIT 1) AS last_pos, h.pruned_pos FROM feed_head h WHERE h.id = 1",
        scope.sql_told("f")
    );
    let reader = db.reading(scope).await?;
    found(rows::query_one(&reader, sql, []).await?)
}

/// Where the feed ends for the hub itself. No reader is told: it moves with what is hidden.
pub async fn tip(db: &Database) -> Result<Head> {
    let sql = "SELECT epoch, last_pos, pruned_pos FROM feed_head WHERE id = 1";
    found(rows::query_one(db.own(), sql, []).await?)
}

fn found(row: Option<QueryResult>) -> Result<Head> {
    let row = row.ok_or_else(|| crate::Error::inconsistent("feed_head", "the row is missing"))?;
    let position: Option<i64> = row.try_get("", "last_pos")?;
    Ok(Head {
        epoch: row.try_get("", "epoch")?,
        position: position.unwrap_or(0),
        pruned: row.try_get("", "pruned_pos")?,
    })
}

/// The events behind a position, at most `limit`, in order. One statement, so one consistent view. A record that moved out of what
/// the reader is told of has left its view, whatever else happened to it.
pub async fn events_after(
    db: &Database,
    scope: &Scope,
    position: i64,
    limit: u64,
) -> Result<Vec<feed::Model>> {
    let events = feed::Entity::find()
        .filter(Expr::cust(scope.sql_told("feed")))
        .filter(feed::Column::Pos.gt(position))
        .order_by_asc(feed::Column::Pos)
        .limit(limit);
    let reader = db.reading(scope).await?;
    let mut events = events.all(&reader).await?;
    for event in &mut events {
        if scope.is_beyond(&event.region) {
            event.leave();
        }
    }
    Ok(events)
}
