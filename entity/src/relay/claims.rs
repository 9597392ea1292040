//! The claims that a hub below relays, as claims of this hub: with its sources, runs and files.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::peer::Peer;
use super::told::RelayedClaim;
use super::word::Read;
use crate::Result;
use crate::clock::china_day;
use crate::db::rows;
use crate::ingestion::assertion::{self, NewAssertion, Place, Subject};
use crate::ingestion::run::{self, RunState};
use crate::ingestion::{Counts, source};
use crate::record::sha256_hex;

/// The adapter and the form of runs that were read by a hub below.
const ADAPTER: &str = "hub";
const RELAYED: &str = "relayed";

/// Puts the claims of each record into the place of those that the hub told of it before; gives what has to be computed anew.
pub(super) async fn replace(
    transaction: &DatabaseTransaction,
    peer: &Peer,
    read: &[Read<'_>],
) -> Result<Vec<Subject>> {
    forget(transaction, peer, read).await?;
    let mut sources = BTreeMap::new();
    let mut runs = BTreeMap::new();
    let mut parts: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut assertions = Vec::new();
    let mut touched = Vec::new();
    for Read { kind, word, claims } in read {
        let of = |part: &str| Subject {
            kind: kind.as_str().to_owned(),
            key: word.key.clone(),
            part: part.to_owned(),
        };
        touched.push(of(""));
        for claim in claims {
            let name = peer.source(&claim.source);
            let run = run_of(peer, claim);
            let place = Place {
                source: &name,
                as_of: claim.as_of,
                object_sha256: &claim.file_hash,
                row_no: claim.row,
                run_id: &run.id,
            };
            let told = (!claim.retracted).then(|| (claim.hash.clone(), claim.body.clone()));
            assertions.push(NewAssertion::relayed(
                of(&claim.part),
                claim.first_as_of,
                told,
                place,
            ));
            if let Some((first, last)) = claim.part_retracted {
                let place = Place { as_of: last, ..place };
                assertions.push(NewAssertion::relayed(of(&claim.part), first, None, place));
            }
            if !claim.part.is_empty() {
                parts.entry(name.clone()).or_default().insert(&claim.part);
            }
            sources.insert(name, claim.precedence.clone());
            runs.insert(run.id.clone(), run);
        }
    }
    for run in runs.into_values() {
        run::insert_missing(transaction, run).await?;
    }
    let sources: Vec<source::Model> = sources
        .into_iter()
        .map(|(name, precedence)| source::Model {
            title_zh: format!("经下级枢纽 {name}"),
            title_en: format!("Relayed: {name}"),
            name,
            precedence,
            ..peer.as_source()
        })
        .collect();
    source::register_in(transaction, &sources).await?;
    assertion::write(transaction, assertions).await?;
    // A part that moves is taken out of the record that it belonged to.
    for (source, parts) in parts {
        let parts: Vec<&str> = parts.into_iter().collect();
        let homes = assertion::homes(transaction, &source, &parts).await?;
        touched.extend(homes.into_iter().map(|(kind, key)| Subject {
            kind,
            key,
            part: String::new(),
        }));
    }
    Ok(touched)
}

/// Drops what the hub told of the records.
async fn forget(transaction: &DatabaseTransaction, peer: &Peer, read: &[Read<'_>]) -> Result<()> {
    let mut by_kind: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for Read { kind, word, .. } in read {
        by_kind.entry(kind.as_str()).or_default().push(&word.key);
    }
    let sql = format!(
        "DELETE FROM assertion WHERE kind = $1 AND {} AND substr(source, 1, length($3)) = $3",
        rows::keys_in(transaction.get_database_backend(), "key", 2)
    );
    for (kind, keys) in by_kind {
        let values = [kind.into(), rows::parameter(&keys)?, peer.prefix().into()];
        rows::execute(transaction, sql.as_str(), values).await?;
    }
    Ok(())
}

/// The run of the hub below that read a file, as a run of this hub: so that a value goes on naming its file.
fn run_of(peer: &Peer, claim: &RelayedClaim) -> run::Model {
    let RelayedClaim {
        source,
        file,
        file_hash,
        adapter_version,
        read_at,
        ..
    } = claim;
    let identity = format!(
        "{}\n{source}\n{file}\n{file_hash}\n{adapter_version}\n{}",
        peer.name,
        read_at.timestamp_micros()
    );
    run::Model {
        id: sha256_hex(identity.as_bytes()).chars().take(16).collect(),
        source: peer.source(source),
        adapter_version: adapter_version.clone(),
        object_sha256: file_hash.clone(),
        file_name: file.clone(),
        as_of: china_day(*read_at),
        started_at: *read_at,
        finished_at: Some(*read_at),
        ..empty(peer)
    }
}

/// The run under which the words of a day are taken in.
pub(super) async fn run_of_day(
    transaction: &DatabaseTransaction,
    peer: &Peer,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<run::Model> {
    let identity = format!("{}\n{}\n{day}", peer.name, peer.address);
    let new = run::Model {
        id: sha256_hex(identity.as_bytes()).chars().take(16).collect(),
        form: ADAPTER.to_owned(),
        as_of: day,
        started_at: now,
        finished_at: Some(now),
        ..empty(peer)
    };
    let id = new.id.clone();
    run::insert_missing(transaction, new).await?;
    run::get_in(transaction, &id).await
}

fn empty(peer: &Peer) -> run::Model {
    let source = peer.as_source();
    run::Model {
        id: String::new(),
        source: source.name,
        adapter: ADAPTER.to_owned(),
        adapter_version: "1".to_owned(),
        form: RELAYED.to_owned(),
        object_sha256: peer.object(),
        file_name: peer.address.clone(),
        as_of: NaiveDate::default(),
        complete: false,
        state: RunState::Succeeded.as_str().to_owned(),
        reason: None,
        notes: "[]".to_owned(),
        checkpoint: 0,
        read: 0,
        created: 0,
        updated: 0,
        unchanged: 0,
        quarantined: 0,
        started_at: DateTime::default(),
        finished_at: None,
        audience: source.audience,
        region: source.region,
        batch: None,
    }
}

/// Adds to the counts of the run of a day.
pub(super) async fn advance(
    transaction: &DatabaseTransaction,
    run: &run::Model,
    counts: Counts,
    now: DateTime<Utc>,
) -> Result<()> {
    let checkpoint = run.read + counts.read;
    if counts.read > 0 {
        run::advance(transaction, run, checkpoint, counts).await?;
    }
    run::ended(transaction, run, now).await
}
