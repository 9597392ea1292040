//! Taking the words of a hub below in, in one transaction.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde::Serialize;

use super::claims;
use super::peer::{self, Peer};
use super::readable;
use super::word::{Read, Word, WordContent};
use crate::change::ChangeReason;
use crate::clock::china_day;
use crate::db::rows::{self, Kind};
use crate::ingestion::{
    Counts, Lease, Occasion, Outcome, Reject, Row, RowContent, publish, quarantine, refresh_all, run,
};
use crate::record::RecordKind;
use crate::{Clock, Database, Result};

/// Words that are written together, and where their hub is read on behind them.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    /// The words, of one record each.
    pub words: &'a [Word],
    /// The number of the snapshot of which they are or that they follow.
    pub generation: i64,
    /// Where the follower stands once they are written, as it tells itself; none if it has to tell them again after a crash.
    pub state: Option<&'a str>,
}

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

/// Writes words: each replaces what the hub said of its record before. A word whose claims cannot be read is set aside, and the last one
/// that could be read goes on counting.
pub async fn write(
    db: &Database,
    clock: &Clock,
    lease: &Lease,
    peer: &Peer,
    batch: Batch<'_>,
) -> Result<Counts> {
    let now = clock.now();
    let transaction = db.begin().await?;
    lease.renew(&transaction, now).await?;
    let run = claims::run_of_day(&transaction, peer, china_day(now), now).await?;
    let mut replaced = Vec::new();
    let mut refused = Vec::new();
    for word in batch.words {
        let kind = word.kind.parse::<RecordKind>();
        let claims = match (&word.content, kind) {
            (WordContent::Stands { claims, .. }, Ok(kind)) => readable::read(kind, word, claims),
            (WordContent::Stands { .. }, Err(())) => Err("no kind of record of this hub".to_owned()),
            (WordContent::Gone { .. } | WordContent::Left, _) => Ok(Vec::new()),
        };
        match (claims, kind) {
            (Ok(claims), Ok(kind)) => replaced.push(Read { kind, word, claims }),
            // What this hub does not know cannot go either.
            (Ok(_), Err(())) => {}
            (Err(why), _) => refused.push((word, why)),
        }
    }
    let touched = claims::replace(&transaction, peer, &replaced).await?;
    let occasion = Occasion {
        day: china_day(now),
        reason: ChangeReason::Source,
    };
    let refreshed = refresh_all(&transaction, &peer.name, &touched, occasion).await?;
    remember(&transaction, peer, &batch, &replaced, &refused).await?;
    set_aside(&transaction, &run, batch.words, &refused, now).await?;
    let mut counts = Counts::default();
    refused.iter().for_each(|_| counts.add_quarantined());
    for read in &replaced {
        let outcome = refreshed.outcomes.get(&(read.kind, read.word.key.clone()));
        counts.add(outcome.copied().unwrap_or(Outcome::Unchanged));
    }
    claims::advance(&transaction, &run, counts, now).await?;
    if let Some(state) = batch.state {
        peer::remember(&transaction, peer, state).await?;
    }
    publish(&transaction, &refreshed, Some(&run.id), clock).await?;
    transaction.commit().await?;
    Ok(counts)
}

/// Remembers the versions of what was said. What could not be read keeps its version, so that a comparison finds it, and is of this
/// generation, so that no sweep takes what was said before.
async fn remember(
    transaction: &DatabaseTransaction,
    peer: &Peer,
    batch: &Batch<'_>,
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
            generation: batch.generation,
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
            batch.generation.into(),
        ];
        rows::execute(transaction, sql, values).await?;
    }
    Ok(())
}

/// Keeps the words that could not be read, as rows behind those that the run read before, for whoever may see the record at its hub.
/// What was kept of the records of all words before is done with.
async fn set_aside(
    transaction: &DatabaseTransaction,
    run: &run::Model,
    words: &[Word],
    refused: &[(&Word, String)],
    now: DateTime<Utc>,
) -> Result<()> {
    let name = |word: &Word| format!("{} {}", word.kind, word.key);
    let named: Vec<String> = words.iter().map(name).collect();
    quarantine::said_anew(transaction, &run.source, &named).await?;
    for ((word, why), row_no) in refused.iter().zip(run.read + 1..) {
        let WordContent::Stands { region, claims, .. } = &word.content else {
            continue;
        };
        let reject = Reject {
            field: Some(name(word)),
            code: quarantine::CLAIMS_UNREADABLE,
            message: why.clone(),
            remedy: "bring both hubs to one version and run nqi-hub relay --anew; until then its last readable word counts".to_owned(),
            raw: claims.clone(),
        };
        let row = Row {
            row_no,
            line_no: row_no,
            source: run.source.clone(),
            as_of: china_day(now),
            content: RowContent::Rejected(reject),
        };
        let run = run::Model {
            region: region.clone(),
            ..run.clone()
        };
        quarantine::add(transaction, &run, &[row], now).await?;
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
