//! Claims of sources: every distinct claim about every record is kept.
//!
//! The set of claims only grows, and a claim that comes again only moves its as-of day forward, so that the set is the
//! same whatever the order of arrival. The golden record is a pure function of this set.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult};
use serde::Serialize;

use super::claim::Claim;
use crate::db::rows::{self, Kind};
use crate::metrology;
use crate::record::{RecordKind, canonical};
use crate::{Database, Error, Result, Scope};

/// A claim on its way in.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NewAssertion {
    pub(crate) kind: String,
    pub(crate) key: String,
    pub(crate) source: String,
    part: String,
    hash: String,
    first_as_of: NaiveDate,
    as_of: NaiveDate,
    retracted: bool,
    object_sha256: String,
    row_no: i64,
    run_id: String,
    body: String,
}

/// A claim as stored, with the place that it came from.
#[derive(Debug, Clone)]
pub struct StoredAssertion {
    /// The source.
    pub source: String,
    /// The rank of the source; the smaller wins. A source that nobody registered comes last.
    pub rank: i32,
    /// Where the source stands among those of the hub that relays it; empty for a source of this hub.
    pub precedence: String,
    /// The part of the record that the claim speaks of, where a record has parts; else empty.
    pub part: String,
    /// The hash of the claim.
    pub hash: String,
    /// The first day on which the source said so.
    pub first_as_of: NaiveDate,
    /// The day whose state of affairs the source describes: the last on which it said so.
    pub as_of: NaiveDate,
    /// Whether the source took the record back that day.
    pub retracted: bool,
    /// The first and the last day on which the source took the part back, whatever record it was put to then.
    pub part_retracted: Option<(NaiveDate, NaiveDate)>,
    /// The row of the file, from 1, without the header.
    pub row_no: i64,
    /// The name of the file.
    pub file_name: String,
    /// The SHA-256 of the file.
    pub object_sha256: String,
    /// The version of the adapter that read it.
    pub adapter_version: String,
    /// When the run that read it began.
    pub read_at: DateTime<Utc>,
    /// The claim as JSON.
    pub body: String,
}

/// The hash of a retraction: a source can take a record, or a part of one, back only in one way.
const RETRACTION: &str = "retraction";

const COLUMNS: &rows::Columns = &[
    ("kind", Kind::Text),
    ("key", Kind::Text),
    ("source", Kind::Text),
    ("part", Kind::Text),
    ("hash", Kind::Text),
    ("first_as_of", Kind::Date),
    ("as_of", Kind::Date),
    ("retracted", Kind::Bool),
    ("object_sha256", Kind::Text),
    ("row_no", Kind::Big),
    ("run_id", Kind::Text),
    ("body", Kind::Text),
];

/// A newer day wins; on the same day the smaller place, so that the order of arrival does not show. The first day is
/// kept apart, because a withdrawal without a date counts from the day on which it was first read.
const KEEP_THE_BETTER: &str = "ON CONFLICT (kind, key, source, hash) DO UPDATE SET \
     first_as_of = CASE WHEN excluded.first_as_of < assertion.first_as_of THEN excluded.first_as_of ELSE assertion.first_as_of END, \
     as_of = CASE WHEN BETTER THEN excluded.as_of ELSE assertion.as_of END, \
     object_sha256 = CASE WHEN BETTER THEN excluded.object_sha256 ELSE assertion.object_sha256 END, \
     row_no = CASE WHEN BETTER THEN excluded.row_no ELSE assertion.row_no END, \
     run_id = CASE WHEN BETTER THEN excluded.run_id ELSE assertion.run_id END \
     WHERE BETTER OR excluded.first_as_of < assertion.first_as_of RETURNING kind, key, part";

/// Whether the claim that comes in is to be kept rather than the one that is there.
const BETTER: &str = "(excluded.as_of > assertion.as_of OR (excluded.as_of = assertion.as_of \
     AND (excluded.object_sha256, excluded.row_no, excluded.run_id) < (assertion.object_sha256, assertion.row_no, assertion.run_id)))";

/// The place of a claim: object, row and run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) source: &'a str,
    pub(crate) as_of: NaiveDate,
    pub(crate) object_sha256: &'a str,
    pub(crate) row_no: i64,
    pub(crate) run_id: &'a str,
}

/// What a claim speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) kind: String,
    pub(crate) key: String,
    pub(crate) part: String,
}

impl NewAssertion {
    pub(crate) fn claim(claim: &Claim, place: Place<'_>) -> Result<Self> {
        let of = Subject {
            kind: claim.kind().as_str().to_owned(),
            key: claim.key().to_owned(),
            part: claim.part().to_owned(),
        };
        if let Claim::Retraction(_) = claim {
            return Ok(Self::retraction(of, place));
        }
        let (body, hash) = canonical(claim).map_err(|cause| Error::inconsistent("claim", cause))?;
        let place = Place {
            as_of: claim.said_on().unwrap_or(place.as_of),
            ..place
        };
        Ok(Self::new(of, hash, false, body, place))
    }

    pub(crate) fn retraction(of: Subject, place: Place<'_>) -> Self {
        let hash = if of.part.is_empty() {
            RETRACTION.to_owned()
        } else {
            format!("{RETRACTION}:{}", of.part)
        };
        Self::new(of, hash, true, "null".to_owned(), place)
    }

    /// A claim as another hub holds it: since when its source says so, and its hash and body, or none of a retraction.
    pub(crate) fn relayed(
        of: Subject,
        first_as_of: NaiveDate,
        told: Option<(String, String)>,
        place: Place<'_>,
    ) -> Self {
        let claim = match told {
            Some((hash, body)) => Self::new(of, hash, false, body, place),
            None => Self::retraction(of, place),
        };
        Self { first_as_of, ..claim }
    }

    fn new(of: Subject, hash: String, retracted: bool, body: String, place: Place<'_>) -> Self {
        Self {
            kind: of.kind,
            key: of.key,
            source: place.source.to_owned(),
            part: of.part,
            hash,
            first_as_of: place.as_of,
            as_of: place.as_of,
            retracted,
            object_sha256: place.object_sha256.to_owned(),
            row_no: place.row_no,
            run_id: place.run_id.to_owned(),
            body,
        }
    }

    /// Whether this one is to be kept when both say the same.
    fn is_better_than(&self, other: &Self) -> bool {
        let place = |one: &Self| (one.object_sha256.clone(), one.row_no, one.run_id.clone());
        self.as_of > other.as_of || (self.as_of == other.as_of && place(self) < place(other))
    }
}

/// Writes claims; returns what something new was said of.
pub(crate) async fn write(
    transaction: &DatabaseTransaction,
    assertions: Vec<NewAssertion>,
) -> Result<Vec<Subject>> {
    // PostgreSQL refuses to touch one row twice in a statement, so equal claims of a chunk are folded first.
    let mut best: BTreeMap<(String, String, String, String), NewAssertion> = BTreeMap::new();
    for assertion in assertions {
        let identity = (
            assertion.kind.clone(),
            assertion.key.clone(),
            assertion.source.clone(),
            assertion.hash.clone(),
        );
        match best.get_mut(&identity) {
            Some(kept) if !assertion.is_better_than(kept) => {
                kept.first_as_of = kept.first_as_of.min(assertion.first_as_of);
            }
            _ => {
                let first = best
                    .get(&identity)
                    .map_or(assertion.first_as_of, |kept| kept.first_as_of);
                let first_as_of = first.min(assertion.first_as_of);
                best.insert(
                    identity,
                    NewAssertion {
                        first_as_of,
                        ..assertion
                    },
                );
            }
        }
    }
    let assertions: Vec<_> = best.into_values().collect();
    if assertions.is_empty() {
        return Ok(Vec::new());
    }
    let sql = rows::insert_sql(
        transaction.get_database_backend(),
        "assertion",
        COLUMNS,
        &KEEP_THE_BETTER.replace("BETTER", BETTER),
    );
    let changed = rows::query(transaction, sql, [rows::parameter(&assertions)?]).await?;
    changed
        .iter()
        .map(|row| {
            Ok(Subject {
                kind: row.try_get("", "kind")?,
                key: row.try_get("", "key")?,
                part: row.try_get("", "part")?,
            })
        })
        .collect()
}

/// The records that parts were ever put to. A record of a source whose enterprise or number is corrected moves from
/// one record of the hub to another: both have to be computed anew.
pub(crate) async fn homes(
    transaction: &DatabaseTransaction,
    source: &str,
    parts: &[&str],
) -> Result<Vec<(String, String)>> {
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let parts_in = rows::keys_in(transaction.get_database_backend(), "part", 2);
    let sql = format!(
        "SELECT DISTINCT kind, key FROM assertion WHERE kind = '{}' AND source = $1 AND part <> '' AND {parts_in} AND key <> ''",
        RecordKind::Declaration.as_str()
    );
    rows::query(transaction, sql, [source.into(), rows::parameter(parts)?])
        .await?
        .iter()
        .map(|row| Ok((row.try_get("", "kind")?, row.try_get("", "key")?)))
        .collect()
}

/// The retraction of the part of a claim; a part is retracted once at most, whatever record it was put to.
const PART_RETRACTED: &str = "(SELECT min(p.first_as_of) FROM assertion p WHERE p.kind = a.kind AND p.source = a.source \
     AND p.part <> '' AND p.part = a.part AND p.retracted) AS gone_first, \
     (SELECT max(p.as_of) FROM assertion p WHERE p.kind = a.kind AND p.source = a.source \
     AND p.part <> '' AND p.part = a.part AND p.retracted) AS gone_last";

/// A part belongs to the record that its newest claim puts it to. A count rather than NOT EXISTS: PostgreSQL would turn that
/// into a join over all parts of a source where it takes the table for nearly empty.
const STAYS: &str = "AND (SELECT count(*) FROM assertion p WHERE p.kind = a.kind AND p.source = a.source \
     AND p.part <> '' AND p.part = a.part AND p.key <> a.key AND NOT p.retracted AND (p.as_of, p.hash) > (a.as_of, a.hash)) = 0";

/// The claims about records of one kind, by key, in an order that does not depend on their arrival.
pub(crate) async fn of<C: ConnectionTrait>(
    db: &C,
    kind: RecordKind,
    keys: &[&str],
) -> Result<HashMap<String, Vec<StoredAssertion>>> {
    let mut by_key = of_each(db, kind, keys).await?;
    if kind == RecordKind::MeasuringInstrument {
        metrology::join(db, keys, &mut by_key).await?;
    }
    Ok(by_key)
}

/// The claims that name the very keys.
pub(crate) async fn of_each<C: ConnectionTrait>(
    db: &C,
    kind: RecordKind,
    keys: &[&str],
) -> Result<HashMap<String, Vec<StoredAssertion>>> {
    let keys_in = rows::keys_in(db.get_database_backend(), "a.key", 2);
    let (retracted, stays) = if kind.has_parts() {
        (PART_RETRACTED, STAYS)
    } else {
        (
            "CAST(NULL AS date) AS gone_first, CAST(NULL AS date) AS gone_last",
            "",
        )
    };
    let sql = format!(
        "SELECT a.key, a.source, {retracted}, coalesce(s.rank, 2147483647) AS rank, coalesce(s.precedence, '') AS precedence, a.part, a.hash, a.first_as_of, a.as_of, a.retracted, a.row_no, a.object_sha256, a.body, \
         r.file_name, r.adapter_version, r.started_at \
         FROM assertion a JOIN ingest_run r ON r.id = a.run_id LEFT JOIN source s ON s.name = a.source \
         WHERE a.kind = $1 AND {keys_in} {stays} ORDER BY a.key, a.source, a.hash"
    );
    let mut by_key: HashMap<String, Vec<StoredAssertion>> = HashMap::new();
    for row in rows::query(db, sql, [kind.as_str().into(), rows::parameter(keys)?]).await? {
        by_key
            .entry(row.try_get("", "key")?)
            .or_default()
            .push(stored(&row)?);
    }
    Ok(by_key)
}

/// The claims behind records that the reader may see, by key. The caller has read the records through the same scope.
pub async fn by_records(
    db: &Database,
    scope: &Scope,
    records: &[(RecordKind, String)],
) -> Result<HashMap<(RecordKind, String), Vec<StoredAssertion>>> {
    let mut by_kind: BTreeMap<RecordKind, Vec<&str>> = BTreeMap::new();
    for (kind, key) in records {
        by_kind.entry(*kind).or_default().push(key);
    }
    // What instruments were joined out of stands behind the wall.
    let reader = db.reading(scope).await?;
    let mut found = HashMap::new();
    for (kind, keys) in by_kind {
        for (key, claims) in of(&reader, kind, &keys).await? {
            found.insert((kind, key), claims);
        }
    }
    Ok(found)
}

fn stored(row: &QueryResult) -> Result<StoredAssertion> {
    Ok(StoredAssertion {
        source: row.try_get("", "source")?,
        rank: row.try_get("", "rank")?,
        precedence: row.try_get("", "precedence")?,
        part: row.try_get("", "part")?,
        hash: row.try_get("", "hash")?,
        first_as_of: row.try_get("", "first_as_of")?,
        as_of: row.try_get("", "as_of")?,
        retracted: row.try_get("", "retracted")?,
        part_retracted: row
            .try_get::<Option<NaiveDate>>("", "gone_first")?
            .zip(row.try_get("", "gone_last")?),
        row_no: row.try_get("", "row_no")?,
        file_name: row.try_get("", "file_name")?,
        object_sha256: row.try_get("", "object_sha256")?,
        adapter_version: row.try_get("", "adapter_version")?,
        read_at: row.try_get("", "started_at")?,
        body: row.try_get("", "body")?,
    })
}
