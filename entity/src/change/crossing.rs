//! What a reader is told when its own scope changed: records that it sees no more leave its view, and others enter it, although
//! nothing happened to them. Nothing in the feed says so, since nothing changed but the reader.

use sea_orm::FromQueryResult;

use super::append::Operation;
use super::feed;
use crate::db::rows;
use crate::{Database, Result, Scope};

/// Records that one look goes through: a scope that differs in few of very many must not make a statement run for long.
const LOOK: u64 = 2_000;

/// A record as a place in the order of crossings: its kind and its key.
pub type Place = (String, String);

/// What one look found.
#[derive(Debug)]
pub struct Crossings {
    /// The events, in the order of the records.
    pub events: Vec<feed::Model>,
    /// Where the next look begins; none when there is nothing left.
    pub next: Option<Place>,
}

/// Which way records crossed the border of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crossed {
    /// The reader saw them and does not see them now.
    Left,
    /// The reader sees them now and did not see them.
    Entered,
}

/// The events `f` of records as they stood at the position `$1` for a reader, behind the kind `$2` and the key `$3`, in the order of
/// kinds and keys.
pub(super) fn standing(scope: &Scope) -> String {
    format!(
        "f.pos <= $1 AND {seen} AND f.op IN ('UPSERT', 'ENTER') AND (f.kind, f.record_key) > ($2, $3) \
         AND NOT EXISTS (SELECT 1 FROM feed g WHERE g.kind = f.kind AND g.record_key = f.record_key AND g.pos > f.pos AND g.pos <= $1) \
         ORDER BY f.kind, f.record_key",
        seen = scope.sql_events("f"),
    )
}

/// The records that crossed the border of a view one way when a reader that knew everything up to a position went from one scope to
/// another.
pub async fn crossings(
    db: &Database,
    (was, is): (&Scope, &Scope),
    crossed: Crossed,
    position: i64,
    after: Option<&Place>,
    most: u64,
) -> Result<Crossings> {
    let (of, other) = match crossed {
        Crossed::Left => (was, is),
        Crossed::Entered => (is, was),
    };
    let sql = format!(
        "SELECT f.*, CASE WHEN {elsewhere} THEN 0 ELSE 1 END AS crosses FROM feed f WHERE {standing} LIMIT {LOOK}",
        standing = standing(of),
        elsewhere = other.sql_events("f"),
    );
    let (kind, key) = after.map_or(("", ""), |(kind, key)| (kind, key));
    let reader = db.reading(of).await?;
    let found = rows::query(&reader, sql, [position.into(), kind.into(), key.into()]).await?;
    let mut events = Vec::new();
    let mut next = None;
    let whole = found.len() as u64 == LOOK;
    let mut left = most;
    for row in &found {
        let mut event = feed::Model::from_query_result(row, "")?;
        if left == 0 {
            return Ok(Crossings { events, next });
        }
        next = Some((event.kind.clone(), event.record_key.clone()));
        let crosses: i32 = row.try_get("", "crosses")?;
        if crosses == 1 {
            match crossed {
                Crossed::Left => event.leave(),
                Crossed::Entered => event.op = Operation::Enter.as_str().to_owned(),
            }
            events.push(event);
            left -= 1;
        }
    }
    Ok(Crossings {
        events,
        next: next.filter(|_| whole),
    })
}
