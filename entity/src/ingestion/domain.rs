//! From claims to the golden record: what every domain has in common.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::assertion::{self, StoredAssertion};
use super::count::Outcome;
use crate::access::Audience;
use crate::change::{Change, ChangeReason, Operation};
use crate::db::rows::{self, Kind};
use crate::record::{Reach, RecordKind, canonical};
use crate::search::{self, SearchText};
use crate::{Error, Result};

/// A kind of record whose golden form is computed from claims.
pub(crate) trait Domain {
    /// The kind.
    const KIND: RecordKind;
    /// Whether a record stays when its sources took it back, marked as gone at the source.
    const OUTLIVES_RETRACTION: bool = false;
    /// What sources say.
    type Claim: DeserializeOwned;
    /// What readers see. Its serialised form is the body of the feed and decides whether anything changed; fields
    /// that only tell when a source was read stay out of it.
    type Golden: Serialize;

    /// The claims that make the record, of those that were not taken back; without one there is no record.
    fn standing(claims: Vec<Asserted<Self::Claim>>) -> Vec<Asserted<Self::Claim>> {
        claims
    }
    /// The golden record: a pure function of the claims, which are never empty and come in order of precedence.
    fn golden(key: &str, claims: &[Asserted<Self::Claim>]) -> Self::Golden;
    /// Who the record is for.
    fn reach(golden: &Self::Golden) -> Reach;
    /// Why it changed, where the record itself tells; with who it was for, if it was there, and is for now.
    fn reason(_golden: &Self::Golden, _was: Option<&Reach>, _is: &Reach) -> Option<ChangeReason> {
        None
    }
    /// The same on a day, for records that are public for a time.
    fn reach_on(golden: &Self::Golden, _day: NaiveDate) -> Reach {
        Self::reach(golden)
    }
    /// What search finds it by.
    fn search_text(golden: &Self::Golden) -> Option<SearchText>;
    /// Writes golden records over what is there.
    async fn store(transaction: &DatabaseTransaction, records: &[Self::Golden]) -> Result<()>;
    /// Removes golden records.
    async fn remove(transaction: &DatabaseTransaction, keys: &[&str]) -> Result<()>;
    /// Gives what was written about the records `keys` the instant from which it is known; for tables with known time.
    async fn settle(_transaction: &DatabaseTransaction, _keys: &[&str], _at: DateTime<Utc>) -> Result<()> {
        Ok(())
    }
}

/// A claim that stands, with where it comes from.
#[derive(Debug, Clone)]
pub(crate) struct Asserted<C> {
    pub(crate) claim: C,
    pub(crate) at: StoredAssertion,
    /// The day on which the source took it back; only among the claims of a domain that outlives retraction.
    pub(crate) retracted_on: Option<NaiveDate>,
}

/// What records are computed anew for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Occasion {
    /// The day whose audiences the records get.
    pub(crate) day: NaiveDate,
    /// Why they change, where the record itself does not tell.
    pub(crate) reason: ChangeReason,
}

/// What a refresh did: the outcome per key, and the events for the feed.
#[derive(Debug)]
pub(crate) struct Refreshed {
    occasion: Occasion,
    pub(crate) outcomes: HashMap<(RecordKind, String), Outcome>,
    pub(crate) changes: Vec<Change>,
}

impl Refreshed {
    /// A refresh that did nothing yet.
    pub(crate) fn on(occasion: Occasion) -> Self {
        Self {
            occasion,
            outcomes: HashMap::new(),
            changes: Vec::new(),
        }
    }

    /// The keys of one kind that were refreshed, sorted.
    pub(crate) fn keys_of(&self, kind: RecordKind) -> Vec<&str> {
        let mut keys: Vec<&str> = self
            .outcomes
            .keys()
            .filter(|(one, _)| *one == kind)
            .map(|(_, key)| key.as_str())
            .collect();
        keys.sort_unstable();
        keys
    }
}

/// A record as it stood before a refresh.
#[derive(Debug)]
pub(crate) struct Stored {
    version: i64,
    hash: String,
    reach: Reach,
}

/// The hash of a record that is not there, or not any more.
const ABSENT: &str = "";

#[derive(Serialize)]
struct RecordRow<'a> {
    kind: &'static str,
    key: &'a str,
    version: i64,
    hash: &'a str,
    audience: &'static str,
    region: String,
    owner: String,
}

const RECORD: &rows::Columns = &[
    ("kind", Kind::Text),
    ("key", Kind::Text),
    ("version", Kind::Big),
    ("hash", Kind::Text),
    ("audience", Kind::Text),
    ("region", Kind::Text),
    ("owner", Kind::Text),
];

/// Computes the golden records of `keys` (sorted, distinct) anew and writes what changed.
pub(crate) async fn refresh<D: Domain>(
    transaction: &DatabaseTransaction,
    keys: &[&str],
    refreshed: &mut Refreshed,
) -> Result<()> {
    if keys.is_empty() {
        return Ok(());
    }
    let before = lock(transaction, D::KIND, keys).await?;
    let mut claims = assertion::of(transaction, D::KIND, keys).await?;
    let mut records = Vec::new();
    let mut gone = Vec::new();
    let mut changed_search = Vec::new();
    for key in keys {
        let stored = before
            .get(*key)
            .ok_or_else(|| Error::inconsistent("record", format!("{key} is not locked")))?;
        let told = told::<D::Claim>(claims.remove(*key).unwrap_or_default())?;
        let standing: Vec<_> = told
            .into_iter()
            .filter(|asserted| D::OUTLIVES_RETRACTION || asserted.retracted_on.is_none())
            .collect();
        let standing = D::standing(standing);
        let (changes, outcome) = if standing.is_empty() {
            gone.push(*key);
            deletion::<D>(key, stored)
        } else {
            let golden = D::golden(key, &standing);
            let (body, hash) =
                canonical(&golden).map_err(|cause| Error::inconsistent(D::KIND.as_str(), cause))?;
            let reach = D::reach_on(&golden, refreshed.occasion.day);
            let was = (stored.hash != ABSENT).then_some(&stored.reach);
            let reason = D::reason(&golden, was, &reach).unwrap_or(refreshed.occasion.reason);
            let changes = changes((D::KIND, key), stored, &hash, reach.clone(), body, reason);
            let outcome = match changes.is_empty() {
                true => Outcome::Unchanged,
                false if stored.hash == ABSENT => Outcome::Created,
                false => Outcome::Updated,
            };
            if !changes.is_empty() {
                changed_search.push((*key, D::search_text(&golden), reach));
            }
            records.push(golden);
            (changes, outcome)
        };
        refreshed.outcomes.insert((D::KIND, (*key).to_owned()), outcome);
        refreshed.changes.extend(changes);
    }
    D::store(transaction, &records).await?;
    if !gone.is_empty() {
        D::remove(transaction, &gone).await?;
    }
    remember(transaction, D::KIND, &refreshed.changes, &gone).await?;
    search::write(transaction, D::KIND, &changed_search, &gone).await
}

/// Makes sure that every key has its line, and locks the lines in one order, so that two ingesters that meet at a
/// record see each other's claims and never wait for each other in a circle.
pub(crate) async fn lock(
    transaction: &DatabaseTransaction,
    kind: RecordKind,
    keys: &[&str],
) -> Result<HashMap<String, Stored>> {
    let rows: Vec<_> = keys
        .iter()
        .map(|key| RecordRow {
            kind: kind.as_str(),
            key,
            version: 0,
            hash: ABSENT,
            audience: "PUBLIC",
            region: String::new(),
            owner: String::new(),
        })
        .collect();
    rows::insert_missing(transaction, "record", RECORD, &rows).await?;
    let backend = transaction.get_database_backend();
    let locking = if backend == DbBackend::Postgres {
        "FOR UPDATE"
    } else {
        ""
    };
    let sql = format!(
        "SELECT key, version, hash, audience, region, owner FROM record WHERE kind = $1 AND {} ORDER BY key {locking}",
        rows::keys_in(backend, "key", 2)
    );
    rows::query(transaction, sql, [kind.as_str().into(), rows::parameter(keys)?])
        .await?
        .iter()
        .map(|row| {
            let key: String = row.try_get("", "key")?;
            let audience: String = row.try_get("", "audience")?;
            let unknown = |()| Error::inconsistent(format!("record {key}"), format!("audience {audience}"));
            let stored = Stored {
                version: row.try_get("", "version")?,
                hash: row.try_get("", "hash")?,
                reach: Reach {
                    audience: audience.parse().map_err(unknown)?,
                    region: row.try_get("", "region")?,
                    owner: row.try_get("", "owner")?,
                },
            };
            Ok((key, stored))
        })
        .collect()
}

/// The claims that stand, best first: by rank of the source, then the newest.
pub(crate) fn standing<C: DeserializeOwned>(claims: Vec<StoredAssertion>) -> Result<Vec<Asserted<C>>> {
    let mut told = told(claims)?;
    told.retain(|asserted| asserted.retracted_on.is_none());
    Ok(told)
}

/// Every claim, best first. One that is older than the latest retraction of its source and part was taken back.
fn told<C: DeserializeOwned>(claims: Vec<StoredAssertion>) -> Result<Vec<Asserted<C>>> {
    let retracted: HashMap<String, NaiveDate> = claims
        .iter()
        .filter(|claim| claim.retracted && claim.part.is_empty())
        .map(|claim| (claim.source.clone(), claim.as_of))
        .collect();
    let mut standing = Vec::new();
    for at in claims {
        if at.retracted {
            continue;
        }
        let whole = retracted.get(&at.source).copied().filter(|day| at.as_of < *day);
        let retracted_on = whole.or_else(|| part_retracted_on(&at));
        let claim = serde_json::from_str(&at.body)
            .map_err(|cause| Error::inconsistent(format!("assertion {} of {}", at.hash, at.source), cause))?;
        standing.push(Asserted {
            claim,
            at,
            retracted_on,
        });
    }
    standing.sort_by(|left, right| {
        (left.at.rank, &left.at.precedence, &left.at.source)
            .cmp(&(right.at.rank, &right.at.precedence, &right.at.source))
            .then_with(|| right.at.as_of.cmp(&left.at.as_of))
            .then_with(|| right.at.hash.cmp(&left.at.hash))
    });
    Ok(standing)
}

/// The day on which the part of a claim was taken back, if the claim does not tell of it again later. Of a day on which
/// the source both tells of the part and takes it back, the taking back counts.
fn part_retracted_on(at: &StoredAssertion) -> Option<NaiveDate> {
    let (first, last) = at.part_retracted?;
    [first, last].into_iter().find(|day| at.as_of <= *day)
}

/// What the feed tells of a record that stands. One that is for others than before leaves those and enters these, each at
/// its own position: a reader who is past the record hears of both, and one who sees it before and after ends with it. What
/// is public and stays so is for everybody wherever it lies, and only changes.
pub(crate) fn changes(
    (kind, key): (RecordKind, &str),
    stored: &Stored,
    hash: &str,
    reach: Reach,
    body: String,
    reason: ChangeReason,
) -> Vec<Change> {
    let change = |operation, version, reach, body| Change {
        kind,
        operation,
        key: key.to_owned(),
        version: stored.version + version,
        reach,
        body,
        reason,
    };
    if stored.hash == ABSENT {
        return vec![change(Operation::Upsert, 1, reach, body)];
    }
    let is_public = |reach: &Reach| reach.audience == Audience::Public;
    if stored.reach != reach && !(is_public(&stored.reach) && is_public(&reach)) {
        let left = change(Operation::Leave, 1, stored.reach.clone(), "null".to_owned());
        return vec![left, change(Operation::Enter, 2, reach, body)];
    }
    match stored.hash == hash {
        true => Vec::new(),
        false => vec![change(Operation::Upsert, 1, reach, body)],
    }
}

/// That a record is gone is for those who saw it, and for nobody else.
fn deletion<D: Domain>(key: &str, stored: &Stored) -> (Vec<Change>, Outcome) {
    if stored.hash == ABSENT {
        return (Vec::new(), Outcome::Unchanged);
    }
    let change = Change {
        kind: D::KIND,
        operation: Operation::Delete,
        key: key.to_owned(),
        version: stored.version + 1,
        reach: stored.reach.clone(),
        body: "null".to_owned(),
        reason: ChangeReason::Withdrawal,
    };
    (vec![change], Outcome::Updated)
}

/// Writes the new versions and hashes of records of a kind.
pub(crate) async fn remember(
    transaction: &DatabaseTransaction,
    kind: RecordKind,
    changes: &[Change],
    gone: &[&str],
) -> Result<()> {
    let hashes: Vec<String> = changes
        .iter()
        .map(|change| crate::record::sha256_hex(change.body.as_bytes()))
        .collect();
    let rows: Vec<_> = changes
        .iter()
        .zip(&hashes)
        .filter(|(change, _)| change.kind == kind && change.operation != Operation::Leave)
        .map(|(change, hash)| RecordRow {
            kind: kind.as_str(),
            key: &change.key,
            version: change.version,
            hash: if gone.contains(&change.key.as_str()) {
                ABSENT
            } else {
                hash
            },
            audience: change.reach.audience.as_str(),
            region: change.reach.region.clone(),
            owner: change.reach.owner.clone(),
        })
        .collect();
    rows::upsert(transaction, "record", "kind, key", RECORD, &rows).await
}
