//! The hubs below this one, and where each of them stands.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, QueryResult};

use crate::db::rows;
use crate::ingestion::{Lease, source};
use crate::record::sha256_hex;
use crate::{Clock, Database, Error, Result};

/// A hub below this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// Its name here, which is that of its source, such as `suzhou`.
    pub name: String,
    /// Its address.
    pub address: String,
    /// The rank of all that it says; the smaller wins. Among each other its sources have the ranks that it gives them.
    pub rank: i32,
}

/// How fresh and how whole the words of a hub below are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerState {
    /// All that it told until then is here.
    pub caught_up_at: Option<DateTime<Utc>>,
    /// When its records were last counted on both sides.
    pub compared: Option<Compared>,
}

/// What both sides had when they were counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compared {
    /// When.
    pub at: DateTime<Utc>,
    /// Records here.
    pub records_here: i64,
    /// Records there.
    pub records_there: i64,
    /// Days, kinds and regions in which count or checksum differ.
    pub buckets_differing: i64,
}

impl Peer {
    /// Whether a text can be the name of a peer: lower-case letters, digits and `-`.
    pub fn is_name(text: &str) -> bool {
        let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
        (1..=40).contains(&text.len()) && text.chars().all(fits) && !text.starts_with('-')
    }

    /// The name here of one of its sources.
    pub(super) fn source(&self, name: &str) -> String {
        format!("{}/{name}", self.name)
    }

    /// What the names of its sources begin with.
    pub(super) fn prefix(&self) -> String {
        self.source("")
    }

    pub(super) fn as_source(&self) -> source::Model {
        source::Model {
            name: self.name.clone(),
            title_zh: format!("下级枢纽 {}", self.name),
            title_en: format!("Hub below: {}", self.name),
            rank: self.rank,
            audience: "STAFF".to_owned(),
            region: String::new(),
            precedence: String::new(),
        }
    }

    /// Its address as the hash of a file.
    pub(super) fn object(&self) -> String {
        sha256_hex(self.address.as_bytes())
    }
}

/// What is known of a peer when somebody begins to follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Where it stands, as its follower wrote it; empty for a new one.
    pub state: String,
    /// Whether its rank was another one until now.
    pub was_ranked_otherwise: bool,
}

/// Writes a peer down under the lease of its name. A name that belongs to a source of this hub is refused.
pub async fn begin(db: &Database, clock: &Clock, lease: &Lease, peer: &Peer) -> Result<Known> {
    let name = || peer.name.as_str().into();
    let transaction = db.begin().await?;
    lease.renew(&transaction, clock.now()).await?;
    let sql = "SELECT p.rank, p.state FROM source s LEFT JOIN peer p ON p.name = s.name WHERE s.name = $1";
    let known = rows::query_one(&transaction, sql, [name()]).await?;
    let (rank, state): (Option<i32>, Option<String>) = match &known {
        Some(row) => (row.try_get("", "rank")?, row.try_get("", "state")?),
        None => (None, None),
    };
    if known.is_some() && rank.is_none() {
        return Err(Error::PeerName(peer.name.clone()));
    }
    source::register_in(&transaction, &[peer.as_source()]).await?;
    let sql = "INSERT INTO peer (name, address, rank, state) VALUES ($1, $2, $3, '') \
         ON CONFLICT (name) DO UPDATE SET rank = excluded.rank";
    let values = [name(), peer.address.as_str().into(), peer.rank.into()];
    rows::execute(&transaction, sql, values).await?;
    let ranks = "UPDATE source SET rank = $2 WHERE substr(name, 1, length($1)) = $1";
    rows::execute(&transaction, ranks, [peer.prefix().into(), peer.rank.into()]).await?;
    transaction.commit().await?;
    Ok(Known {
        state: state.unwrap_or_default(),
        was_ranked_otherwise: rank.is_some_and(|rank| rank != peer.rank),
    })
}

pub(super) async fn remember(transaction: &DatabaseTransaction, peer: &Peer, state: &str) -> Result<()> {
    let sql = "UPDATE peer SET state = $2, address = $3 WHERE name = $1";
    let values = [
        peer.name.as_str().into(),
        state.into(),
        peer.address.as_str().into(),
    ];
    rows::execute(transaction, sql, values).await?;
    Ok(())
}

/// All that the peer told until an instant is here.
pub async fn caught_up(db: &Database, clock: &Clock, lease: &Lease, at: DateTime<Utc>) -> Result<()> {
    let transaction = db.begin().await?;
    lease.renew(&transaction, clock.now()).await?;
    let sql = "UPDATE peer SET caught_up_at = $2 WHERE name = $1";
    let values = [lease.source.as_str().into(), at.timestamp_micros().into()];
    rows::execute(&transaction, sql, values).await?;
    Ok(transaction.commit().await?)
}

/// What was counted on both sides.
pub async fn compared(db: &Database, clock: &Clock, lease: &Lease, found: Compared) -> Result<()> {
    let transaction = db.begin().await?;
    lease.renew(&transaction, clock.now()).await?;
    let sql = "UPDATE peer SET compared_at = $2, records_here = $3, records_there = $4, buckets_differing = $5 WHERE name = $1";
    let values = [
        lease.source.as_str().into(),
        found.at.timestamp_micros().into(),
        found.records_here.into(),
        found.records_there.into(),
        found.buckets_differing.into(),
    ];
    rows::execute(&transaction, sql, values).await?;
    Ok(transaction.commit().await?)
}

/// How fresh and how whole the words of each peer are, by name. Who may see its source may see this.
pub async fn states(db: &Database) -> Result<HashMap<String, PeerState>> {
    let sql =
        "SELECT name, caught_up_at, compared_at, records_here, records_there, buckets_differing FROM peer";
    let found = rows::query(db.own(), sql, []).await?;
    found
        .iter()
        .map(|row| Ok((row.try_get("", "name")?, state(row)?)))
        .collect()
}

fn state(row: &QueryResult) -> Result<PeerState> {
    let instant = |column: &str| -> Result<Option<DateTime<Utc>>> {
        let micros: Option<i64> = row.try_get("", column)?;
        Ok(micros.and_then(DateTime::from_timestamp_micros))
    };
    let compared = match instant("compared_at")? {
        None => None,
        Some(at) => Some(Compared {
            at,
            records_here: row.try_get("", "records_here")?,
            records_there: row.try_get("", "records_there")?,
            buckets_differing: row.try_get("", "buckets_differing")?,
        }),
    };
    Ok(PeerState {
        caught_up_at: instant("caught_up_at")?,
        compared,
    })
}
