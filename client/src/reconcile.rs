//! Comparing a copy with its hub (对账): first by counts and checksums of each day, kind and region, then, where those differ, row by
//! row.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::hub::Hub;
use crate::record::{Record, sha256_hex};
use crate::store::{self, State};
use crate::{Error, Result};

/// How often a copy that goes on meanwhile is begun with again.
const MOST_TURNS: u32 = 5;

/// What is counted together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Bucket {
    /// The day of the last change, in China (YYYY-MM-DD).
    pub day: String,
    /// The kind of the records.
    pub kind: String,
    /// Their region, or empty.
    pub region: String,
}

/// A count, and the sum of the first 40 bits of the SHA-256 of each record's `kind`, `key`, `version` and `hash`, on a line each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// How many records.
    pub count: u64,
    /// The sum over them.
    pub checksum: u64,
}

/// A record of a bucket, as the hub lists it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Row {
    /// Unique within its kind.
    pub key: String,
    /// The version.
    pub version: i64,
    /// SHA-256 of the body.
    pub hash: String,
}

/// How a record of a copy differs from that of the hub.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "way", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Way {
    /// The hub has it in this bucket and the copy does not.
    Missing {
        /// The version at the hub.
        there: i64,
    },
    /// The copy has it in this bucket and the hub does not.
    Surplus {
        /// The version in the copy.
        here: i64,
    },
    /// The versions differ.
    OtherVersion {
        /// The version in the copy.
        here: i64,
        /// The version at the hub.
        there: i64,
    },
    /// The version is the same and the body is not.
    OtherContent {
        /// The version of both.
        here: i64,
    },
}

/// A bucket that differs, with its records that do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Differing {
    /// Which one.
    pub bucket: Bucket,
    /// What the copy holds.
    pub here: Sum,
    /// What the hub holds.
    pub there: Sum,
    /// The records by key.
    pub rows: BTreeMap<String, Way>,
}

/// What came out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Buckets that either side has.
    pub buckets: u64,
    /// Records of the copy.
    pub records: u64,
    /// The buckets that differ.
    pub differing: Vec<Differing>,
}

impl Sum {
    fn add(&mut self, kind: &str, key: &str, version: i64, hash: &str) {
        let text = format!("{kind}\n{key}\n{version}\n{hash}");
        let hash = sha256_hex(text.as_bytes());
        let first = hash
            .get(..10)
            .and_then(|digits| u64::from_str_radix(digits, 16).ok());
        self.count += 1;
        self.checksum = self.checksum.wrapping_add(first.unwrap_or_default());
    }
}

impl Row {
    /// The row of a record as it lies in a copy: its hash is that of the body that is there.
    fn of(record: Record) -> Self {
        Self {
            hash: sha256_hex(record.body.as_bytes()),
            key: record.key,
            version: record.version,
        }
    }
}

fn bucket_of(record: &Record) -> Bucket {
    Bucket {
        day: record.day.clone(),
        kind: record.kind.clone(),
        region: record.region.clone(),
    }
}

/// Compares the copy at a path with its hub, as the hub stood where the copy stands: what the feed is yet to tell does not differ.
/// Nothing is changed on either side, and somebody else may follow the hub meanwhile.
pub async fn reconcile(hub: &mut Hub, copy: &Path) -> Result<Report> {
    for _ in 0..MOST_TURNS {
        if let Some(report) = turn(hub, copy).await? {
            return Ok(report);
        }
    }
    Err(Error::copy(
        copy.display(),
        "it changes faster than it can be compared; stop nqi-hub sync meanwhile",
    ))
}

/// One comparison; none if the copy went on meanwhile.
async fn turn(hub: &mut Hub, copy: &Path) -> Result<Option<Report>> {
    let mut here: BTreeMap<Bucket, Sum> = BTreeMap::new();
    let state = store::read(copy, &mut |record| {
        let sum = here.entry(bucket_of(&record)).or_default();
        sum.add(
            &record.kind,
            &record.key,
            record.version,
            &sha256_hex(record.body.as_bytes()),
        );
    })
    .await?;
    let cursor = whole(&state, copy)?;
    if state.hub != hub.address() {
        let why = format!("it follows {} and not {}", state.hub, hub.address());
        return Err(Error::copy(copy.display(), why));
    }
    let sums = hub.sums(&state.filter, &cursor).await?;
    let there: BTreeMap<Bucket, Sum> = sums.into_iter().collect();
    let all: BTreeSet<&Bucket> = here.keys().chain(there.keys()).collect();
    let differ = |bucket: &&Bucket| here.get(bucket) != there.get(bucket);
    let differing: BTreeSet<Bucket> = all.iter().copied().filter(differ).cloned().collect();
    let mut report = Report {
        buckets: all.len() as u64,
        records: here.values().map(|sum| sum.count).sum(),
        differing: Vec::new(),
    };
    if differing.is_empty() {
        return Ok(Some(report));
    }
    let mut rows: BTreeMap<Bucket, Vec<Row>> = BTreeMap::new();
    let again = store::read(copy, &mut |record| {
        let bucket = bucket_of(&record);
        if differing.contains(&bucket) {
            rows.entry(bucket).or_default().push(Row::of(record));
        }
    })
    .await?;
    if again != state {
        return Ok(None);
    }
    for bucket in differing {
        let of_copy = rows.remove(&bucket).unwrap_or_default();
        let of_hub = hub.rows(&bucket, &state.filter, &cursor).await?;
        report.differing.push(Differing {
            here: here.get(&bucket).copied().unwrap_or_default(),
            there: there.get(&bucket).copied().unwrap_or_default(),
            rows: compared(of_copy, of_hub),
            bucket,
        });
    }
    Ok(Some(report))
}

/// Where a copy stands that is not in the middle of a snapshot.
fn whole(state: &State, copy: &Path) -> Result<String> {
    let cursor = state.cursor.clone().filter(|_| state.begun.is_none());
    cursor.ok_or_else(|| {
        Error::copy(
            copy.display(),
            "its snapshot is not whole yet; run nqi-hub sync first",
        )
    })
}

/// What differs between two lists of one bucket.
fn compared(here: Vec<Row>, there: Vec<Row>) -> BTreeMap<String, Way> {
    let mut there: BTreeMap<String, Row> = there.into_iter().map(|row| (row.key.clone(), row)).collect();
    let mut found = BTreeMap::new();
    for row in here {
        let way = match there.remove(&row.key) {
            None => Some(Way::Surplus { here: row.version }),
            Some(other) if other.version != row.version => Some(Way::OtherVersion {
                here: row.version,
                there: other.version,
            }),
            Some(other) if other.hash != row.hash => Some(Way::OtherContent { here: row.version }),
            Some(_) => None,
        };
        found.extend(way.map(|way| (row.key, way)));
    }
    let missing = there
        .into_values()
        .map(|row| (row.key, Way::Missing { there: row.version }));
    found.extend(missing);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_of_the_documents_example() {
        let mut sum = Sum::default();
        sum.add("Standard", "GB/T1.1-2020", 3, &sha256_hex(b"{\"name\":\"a\"}"));
        let first = sum.checksum;
        sum.add("Standard", "GB/T2-2020", 1, &sha256_hex(b"{\"name\":\"b\"}"));
        assert_eq!(
            (first, sum.count, sum.checksum),
            (1_001_722_492_500, 2, 1_800_259_987_766)
        );
    }

    #[test]
    fn rows_differ_in_four_ways() {
        let row = |key: &str, version, hash: &str| Row {
            key: key.to_owned(),
            version,
            hash: hash.to_owned(),
        };
        let here = vec![
            row("a", 1, "x"),
            row("b", 1, "x"),
            row("c", 1, "x"),
            row("d", 1, "x"),
        ];
        let there = vec![
            row("a", 1, "x"),
            row("b", 2, "y"),
            row("c", 1, "y"),
            row("e", 7, "x"),
        ];
        let found: Vec<_> = compared(here, there).into_iter().collect();
        let expected = [
            ("b", Way::OtherVersion { here: 1, there: 2 }),
            ("c", Way::OtherContent { here: 1 }),
            ("d", Way::Surplus { here: 1 }),
            ("e", Way::Missing { there: 7 }),
        ];
        assert_eq!(found, expected.map(|(key, way)| (key.to_owned(), way)));
    }
}
