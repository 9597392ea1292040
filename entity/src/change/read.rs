//! Reading the feed and its head.

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::feed;
use crate::access::Visible;
use crate::db::rows;
use crate::{Database, Result, Scope};

/// Where the feed stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Changes on a restore or any other event after which old positions mean nothing.
    pub epoch: String,
    /// The position of the newest event; 0 when there is none.
    pub position: i64,
}

/// Where the feed stands now. The head itself is no secret: it says that something changed, not what.
pub async fn head(db: &Database, _scope: &Scope) -> Result<Head> {
    let row = rows::query_one(
        db.reader(),
        "SELECT epoch, last_pos FROM feed_head WHERE id = 1",
        [],
    )
    .await?;
    let row = row.ok_or_else(|| crate::Error::inconsistent("feed_head", "the row is missing"))?;
    Ok(Head {
        epoch: row.try_get("", "epoch")?,
        position: row.try_get("", "last_pos")?,
    })
}

/// The events behind a position, at most `limit`, in order. One statement, so one consistent view.
pub async fn events_after(
    db: &Database,
    scope: &Scope,
    position: i64,
    limit: u64,
) -> Result<Vec<feed::Model>> {
    let events = feed::Entity::visible(scope)
        .filter(feed::Column::Pos.gt(position))
        .apply_if(scope.kinds(), |events, kinds| {
            events.filter(feed::Column::Kind.is_in(kinds.iter().map(|kind| kind.as_str())))
        })
        .order_by_asc(feed::Column::Pos)
        .limit(limit);
    let reader = db.reading(scope).await?;
    Ok(events.all(&reader).await?)
}
