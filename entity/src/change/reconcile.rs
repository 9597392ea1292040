//! 对账: whether a copy is what the hub has. Both sides count their records and sum their checksums by day, kind and region; where a
//! sum differs, they compare the records of that bucket.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::QueryResult;

use super::crossing::{Place, standing};
use crate::clock::china_day;
use crate::db::rows;
use crate::record::sha256_hex;
use crate::{Database, Result, Scope};

/// Records that one look goes through.
const LOOK: usize = 10_000;

/// The records of a kind and a region that changed last on a day of China.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bucket {
    /// The day.
    pub day: NaiveDate,
    /// The kind of the records.
    pub kind: String,
    /// The region that they lie in, or empty.
    pub region: String,
}

/// How many records a bucket has, and the sum of their checksums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// The records.
    pub count: u64,
    /// Their checksums together.
    pub checksum: u128,
}

/// One record of a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its key.
    pub key: String,
    /// Its version.
    pub version: i64,
    /// The SHA-256 of its body.
    pub hash: String,
}

/// A record as it stood at a position.
struct Standing {
    bucket: Bucket,
    line: Line,
}

/// The first 40 bits of the SHA-256 over kind, key, version and hash, a line each: so that sums of a hundred million still fit into
/// what every language adds without loss.
pub fn checksum(kind: &str, line: &Line) -> u64 {
    let text = format!("{kind}\n{}\n{}\n{}", line.key, line.version, line.hash);
    let digits: String = sha256_hex(text.as_bytes()).chars().take(10).collect();
    u64::from_str_radix(&digits, 16).unwrap_or_default()
}

/// The buckets of what a reader may see, as it stood at a position; `most` at most, or none.
pub async fn buckets(
    db: &Database,
    scope: &Scope,
    position: i64,
    most: usize,
) -> Result<Option<BTreeMap<Bucket, Sum>>> {
    let mut sums: BTreeMap<Bucket, Sum> = BTreeMap::new();
    let mut after = None;
    loop {
        let looked = look(db, scope, position, after.as_ref()).await?;
        let is_last = looked.len() < LOOK;
        after = looked.last().map(place);
        for Standing { bucket, line } in looked {
            let checksum = u128::from(checksum(&bucket.kind, &line));
            let sum = sums.entry(bucket).or_insert(Sum {
                count: 0,
                checksum: 0,
            });
            sum.count += 1;
            sum.checksum += checksum;
        }
        if sums.len() > most {
            return Ok(None);
        }
        if is_last {
            return Ok(Some(sums));
        }
    }
}

/// The records of one bucket behind a key; `most` at most, with whether there are more.
pub async fn rows_of(
    db: &Database,
    scope: &Scope,
    position: i64,
    bucket: &Bucket,
    after: &str,
    most: usize,
) -> Result<(Vec<Line>, bool)> {
    let mut lines = Vec::new();
    let mut after: Place = (bucket.kind.clone(), after.to_owned());
    loop {
        let looked = look(db, scope, position, Some(&after)).await?;
        let is_last = looked.len() < LOOK || looked.last().is_some_and(|last| last.bucket.kind > bucket.kind);
        if let Some(last) = looked.last() {
            after = place(last);
        }
        lines.extend(
            looked
                .into_iter()
                .filter(|one| one.bucket == *bucket)
                .map(|one| one.line),
        );
        if is_last || lines.len() > most {
            let has_more = lines.len() > most;
            lines.truncate(most);
            return Ok((lines, has_more));
        }
    }
}

fn place(standing: &Standing) -> Place {
    (standing.bucket.kind.clone(), standing.line.key.clone())
}

/// The next records behind a place. The hash of a record that is still as it was at the position is known; another one is
/// computed from the body.
async fn look(db: &Database, scope: &Scope, position: i64, after: Option<&Place>) -> Result<Vec<Standing>> {
    let sql = format!(
        "SELECT f.kind, f.record_key, f.version, f.region, f.at, h.hash, CASE WHEN h.hash IS NULL THEN f.body END AS body FROM feed f \
         LEFT JOIN record h ON h.kind = f.kind AND h.key = f.record_key AND h.version = f.version AND h.hash <> '' \
         WHERE {} LIMIT {LOOK}",
        standing(scope)
    );
    let (kind, key) = after.map_or(("", ""), |(kind, key)| (kind, key));
    let reader = db.reading(scope).await?;
    let found = rows::query(&reader, sql, [position.into(), kind.into(), key.into()]).await?;
    found.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<Standing> {
    let at: DateTime<Utc> = row.try_get("", "at")?;
    let known: Option<String> = row.try_get("", "hash")?;
    let body: Option<String> = row.try_get("", "body")?;
    let hash = known.unwrap_or_else(|| sha256_hex(body.unwrap_or_default().as_bytes()));
    Ok(Standing {
        bucket: Bucket {
            day: china_day(at),
            kind: row.try_get("", "kind")?,
            region: row.try_get("", "region")?,
        },
        line: Line {
            key: row.try_get("", "record_key")?,
            version: row.try_get("", "version")?,
            hash,
        },
    })
}
