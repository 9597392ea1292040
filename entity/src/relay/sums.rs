//! What a hub below said, counted as it counts itself.

use std::collections::BTreeMap;

use super::peer::Peer;
use crate::change::{Bucket, Line, Sum, checksum};
use crate::db::rows;
use crate::{Database, Result};

/// Records that one look goes through.
const LOOK: usize = 10_000;

/// Counts and checksums by day, kind and region, by the versions at which the hub last spoke.
pub async fn sums(db: &Database, peer: &Peer) -> Result<BTreeMap<Bucket, Sum>> {
    let sql = format!(
        "SELECT kind, key, version, region, day, hash FROM peer_record WHERE peer = $1 AND NOT gone AND (kind, key) > ($2, $3) \
         ORDER BY kind, key LIMIT {LOOK}"
    );
    let mut sums: BTreeMap<Bucket, Sum> = BTreeMap::new();
    let (mut kind, mut key) = (String::new(), String::new());
    loop {
        let values = [
            peer.name.as_str().into(),
            kind.as_str().into(),
            key.as_str().into(),
        ];
        let found = rows::query(db.own(), sql.as_str(), values).await?;
        for row in &found {
            kind = row.try_get("", "kind")?;
            key = row.try_get("", "key")?;
            let line = Line {
                key: key.clone(),
                version: row.try_get("", "version")?,
                hash: row.try_get("", "hash")?,
            };
            let bucket = Bucket {
                day: row.try_get("", "day")?,
                kind: kind.clone(),
                region: row.try_get("", "region")?,
            };
            let sum = sums.entry(bucket).or_insert(Sum {
                count: 0,
                checksum: 0,
            });
            sum.count += 1;
            sum.checksum += u128::from(checksum(&kind, &line));
        }
        if found.len() < LOOK {
            return Ok(sums);
        }
    }
}
