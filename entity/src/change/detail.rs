//! What a page of events tells beside them: the content before, and the source.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, QueryFilter};
use serde::Serialize;

use super::feed;
use crate::access::Visible;
use crate::db::rows::{self, Kind};
use crate::ingestion::run;
use crate::{Database, Result, Scope};

#[derive(Serialize)]
struct Asked<'a> {
    kind: &'a str,
    record_key: &'a str,
    pos: i64,
}

const ASKED: &rows::Columns = &[
    ("kind", Kind::Text),
    ("record_key", Kind::Text),
    ("pos", Kind::Big),
];

/// By the position of each event, the body of its record before, if the reader may see that and the feed still holds it.
pub async fn previous_bodies(
    db: &Database,
    scope: &Scope,
    events: &[feed::Model],
) -> Result<HashMap<i64, String>> {
    let asked: Vec<_> = events
        .iter()
        .map(|event| Asked {
            kind: &event.kind,
            record_key: &event.record_key,
            pos: event.pos,
        })
        .collect();
    let reader = db.reading(scope).await?;
    let sql = format!(
        "SELECT x.pos AS pos, f.body AS body FROM {} JOIN feed f ON f.pos = (SELECT g.pos FROM feed g WHERE g.kind = x.kind \
         AND g.record_key = x.record_key AND g.pos < x.pos ORDER BY g.pos DESC LIMIT 1) WHERE {}",
        rows::from_rows(reader.get_database_backend(), ASKED),
        scope.sql_events("f"),
    );
    let found = rows::query(&reader, sql, [rows::parameter(&asked)?]).await?;
    found
        .iter()
        .map(|row| Ok((row.try_get("", "pos")?, row.try_get("", "body")?)))
        .collect()
}

/// The source of each run, if the reader may see the run.
pub async fn sources(db: &Database, scope: &Scope, runs: &[String]) -> Result<HashMap<String, String>> {
    let runs = run::Entity::visible(scope)
        .filter(rows::in_keys(db.engine(), "ingest_run.id", runs)?)
        .all(db.reader())
        .await?;
    Ok(runs.into_iter().map(|run| (run.id, run.source)).collect())
}
