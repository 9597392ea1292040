//! The claims behind records, as a hub hands them over.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use crate::db::rows;
use crate::ingestion::assertion::{self, StoredAssertion};
use crate::record::RecordKind;
use crate::{Database, Error, Result, Scope};

/// A claim, as one hub tells it another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RelayedClaim {
    /// The source, by its name at the hub that tells.
    pub source: String,
    /// Where the source stands among those of the hub that tells: texts in ascending order are sources, best first.
    pub precedence: String,
    /// The part of the record that the claim speaks of, or empty.
    pub part: String,
    /// The SHA-256 of the body; the name of the retraction where it is one.
    pub hash: String,
    /// The first day on which the source said so.
    pub first_as_of: NaiveDate,
    /// The last.
    pub as_of: NaiveDate,
    /// Whether the source took the record, or the part, back.
    pub retracted: bool,
    /// The first and the last day on which the source took the part back, whatever record it was put to then.
    pub part_retracted: Option<(NaiveDate, NaiveDate)>,
    /// The row of the file, from 1, without the header.
    pub row: i64,
    /// The name of the file.
    pub file: String,
    /// The SHA-256 of the file.
    pub file_hash: String,
    /// The version of the adapter that read it.
    pub adapter_version: String,
    /// When it was read.
    pub read_at: DateTime<Utc>,
    /// The claim as a text of JSON; `null` for a retraction.
    pub body: String,
}

impl From<StoredAssertion> for RelayedClaim {
    fn from(stored: StoredAssertion) -> Self {
        Self {
            precedence: precedence(stored.rank, &stored.precedence),
            source: stored.source,
            part: stored.part,
            hash: stored.hash,
            first_as_of: stored.first_as_of,
            as_of: stored.as_of,
            retracted: stored.retracted,
            part_retracted: stored.part_retracted,
            row: stored.row_no,
            file: stored.file_name,
            file_hash: stored.object_sha256,
            adapter_version: stored.adapter_version,
            read_at: stored.read_at,
            body: stored.body,
        }
    }
}

/// The rank in as many digits as a rank can have, and behind it the place at the hub below that it came from.
fn precedence(rank: i32, within: &str) -> String {
    if within.is_empty() {
        format!("{rank:010}")
    } else {
        format!("{rank:010}/{within}")
    }
}

/// The claims behind those of the records that the reader may see as they stand now, as one text of JSON each. Of a record that is gone
/// or hidden by now the list is empty: the feed is about to say so.
pub async fn claims_of(
    db: &Database,
    scope: &Scope,
    records: &[(String, String)],
) -> Result<HashMap<(String, String), String>> {
    let mut by_kind: BTreeMap<RecordKind, Vec<&str>> = BTreeMap::new();
    for (kind, key) in records {
        if let Ok(kind) = kind.parse() {
            by_kind.entry(kind).or_default().push(key);
        }
    }
    let reader = db.reading(scope).await?;
    let mut told = HashMap::new();
    for (kind, mut keys) in by_kind {
        keys.sort_unstable();
        keys.dedup();
        // The claims first, and then who may see them: a record that is hidden meanwhile is not told.
        let mut claims = assertion::of_each(&reader, kind, &keys).await?;
        let sql = format!(
            "SELECT r.key FROM record r WHERE r.kind = $1 AND r.hash <> '' AND {} AND {}",
            rows::keys_in(reader.get_database_backend(), "r.key", 2),
            scope.sql_events("r"),
        );
        let values = [kind.as_str().into(), rows::parameter(&keys)?];
        let seen = rows::query(&reader, sql, values).await?;
        let seen: std::result::Result<HashSet<String>, _> =
            seen.iter().map(|row| row.try_get("", "key")).collect();
        let seen = seen?;
        for key in keys {
            let claims = claims.remove(key).filter(|_| seen.contains(key));
            let claims: Vec<RelayedClaim> = claims
                .unwrap_or_default()
                .into_iter()
                .map(RelayedClaim::from)
                .collect();
            let text =
                serde_json::to_string(&claims).map_err(|cause| Error::inconsistent("claims", cause))?;
            told.insert((kind.as_str().to_owned(), key.to_owned()), text);
        }
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_hubs_below_hubs_are_in_the_order_of_their_ranks() {
        let county = precedence(9, "");
        let places = [
            precedence(9, ""),
            precedence(10, ""),
            precedence(40, &precedence(9, &county)),
            precedence(40, &precedence(10, "")),
            precedence(200, &county),
            precedence(i32::MAX, ""),
        ];
        let mut sorted = places.clone();
        sorted.sort();
        assert_eq!(sorted, places);
    }
}
