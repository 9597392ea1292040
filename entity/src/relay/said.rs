//! At which version a hub below last spoke of which record: what tells a newer word from an older one, and what a snapshot left out.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde::Serialize;

use super::peer::Peer;
use super::word::{Read, Word, WordContent};
use crate::db::rows::{self, Kind};
use crate::{Database, Result};

/// What was last said of a record.
#[derive(Serialize)]
struct SaidRow<'a> {
    peer: &'a str,
    kind: &'a str,
    key: &'a str,
    version: i64,
    generation: i64,
    gone: bool,
    region: &'a str,
    day: NaiveDate,
    hash: &'a str,
}

const SAID: &rows::Columns = &[
    ("peer", Kind::Text),
    ("kind", Kind::Text),
    ("key", Kind::Text),
    ("version", Kind::Big),
    ("generation", Kind::Big),
    ("gone", Kind::Bool),
    ("region", Kind::Text),
    ("day", Kind::Date),
    ("hash", Kind::Text),
];

/// Remembers the versions of what was said. What could not be read keeps its version, so that a comparison finds it, and is of this
/// generation, so that no sweep takes what was said before.
pub(super) async fn remember(
    transaction: &DatabaseTransaction,
    peer: &Peer,
    generation: i64,
    replaced: &[Read<'_>],
    refused: &[(&Word, String)],
) -> Result<()> {
    let mut said = Vec::new();
    let mut left: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for Read { word, .. } in replaced {
        let row = SaidRow {
            peer: &peer.name,
            kind: &word.kind,
            key: &word.key,
            version: 0,
            generation,
            gone: false,
            region: "",
            day: NaiveDate::default(),
            hash: "",
        };
        match &word.content {
            WordContent::Stands {
                version,
                region,
                day,
                hash,
                ..
            } => said.push(SaidRow {
                version: *version,
                region,
                day: *day,
                hash,
                ..row
            }),
            WordContent::Gone { version, day } => said.push(SaidRow {
                version: *version,
                gone: true,
                day: *day,
                ..row
            }),
            WordContent::Left => left.entry(&word.kind).or_default().push(&word.key),
        }
    }
    rows::upsert(transaction, "peer_record", "peer, kind, key", SAID, &said).await?;
    let backend = transaction.get_database_backend();
    let of_kind = format!("peer = $1 AND kind = $2 AND {}", rows::keys_in(backend, "key", 3));
    for (kind, keys) in left {
        let sql = format!("DELETE FROM peer_record WHERE {of_kind}");
        let values = [peer.name.as_str().into(), kind.into(), rows::parameter(&keys)?];
        rows::execute(transaction, sql, values).await?;
    }
    let mut kept: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (word, _) in refused {
        kept.entry(&word.kind).or_default().push(&word.key);
    }
    for (kind, keys) in kept {
        let sql = format!("UPDATE peer_record SET generation = $4 WHERE {of_kind}");
        let values = [
            peer.name.as_str().into(),
            kind.into(),
            rows::parameter(&keys)?,
            generation.into(),
        ];
        rows::execute(transaction, sql, values).await?;
    }
    Ok(())
}

/// Up to 500 records that the hub said something about before a generation and nothing since, as words that they left.
pub async fn unsaid(db: &Database, peer: &Peer, generation: i64) -> Result<Vec<Word>> {
    let sql =
        "SELECT kind, key FROM peer_record WHERE peer = $1 AND generation <> $2 ORDER BY kind, key LIMIT 500";
    let found = rows::query(db.own(), sql, [peer.name.as_str().into(), generation.into()]).await?;
    found
        .iter()
        .map(|row| {
            Ok(Word {
                kind: row.try_get("", "kind")?,
                key: row.try_get("", "key")?,
                content: WordContent::Left,
            })
        })
        .collect()
}

/// The version at which the hub last spoke of a record, be it gone since.
pub async fn version(db: &Database, peer: &Peer, kind: &str, key: &str) -> Result<Option<i64>> {
    let sql = "SELECT version FROM peer_record WHERE peer = $1 AND kind = $2 AND key = $3";
    let found = rows::query_one(
        db.own(),
        sql,
        [peer.name.as_str().into(), kind.into(), key.into()],
    )
    .await?;
    Ok(found.map(|row| row.try_get("", "version")).transpose()?)
}
