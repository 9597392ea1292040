//! What a hub answers to a client: the feed, snapshots, and the sums that copies are compared by.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::listen::Ear;
use crate::reconcile::{Bucket, Row, Sum};
use crate::record::{Change, Filter, Record, hex};
use crate::retry::Retry;
use crate::wire::{Settings, Told, Wire};
use crate::{Error, Result};

/// Changes of one page.
const PAGE: u32 = 1_000;
/// The same with the claims behind each record, which may be many.
const PAGE_WITH_CLAIMS: u32 = 200;
/// How the last line of an answer begins.
const MANIFEST: &[u8] = b"{\"manifest\":";

const CHANGES: &str = "query Changes($first: Int!, $after: String, $kinds: [String!], $regions: [String!]) { \
    changes(first: $first, after: $after, kinds: $kinds, regions: $regions) { \
    nodes { operation kind key recordId version region day contentHash body } endCursor hasNextPage } }";
const CHANGES_WITH_CLAIMS: &str = "query Changes($first: Int!, $after: String, $kinds: [String!], $regions: [String!]) { \
    changes(first: $first, after: $after, kinds: $kinds, regions: $regions) { \
    nodes { operation kind key recordId version region day contentHash body claims } endCursor hasNextPage } }";
const INFO: &str = "query Info { syncInfo { epoch latestCursor retentionDays } }";

/// A hub, as one reader sees it.
#[derive(Debug)]
pub struct Hub {
    wire: Wire,
    address: String,
    retry: Retry,
    with_claims: bool,
}

/// What a hub says about its feed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Info {
    /// It changes when the hub was restored.
    pub epoch: String,
    /// The end of the feed for this reader.
    pub latest_cursor: String,
    /// Days for which events are kept; none when they are kept for ever.
    pub retention_days: Option<i64>,
}

/// A page of the feed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// The changes in their order.
    pub nodes: Vec<Change>,
    /// Where to go on.
    pub end_cursor: String,
    /// Whether there is more at this moment.
    pub has_next_page: bool,
}

/// What the last line of an answer says about the lines before it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Part {
    /// How many there were.
    pub rows: u64,
    /// SHA-256 of their bytes, line ends included.
    pub sha256: String,
    /// What the next part is asked for with; none behind the last one.
    #[serde(default)]
    pub next: Option<String>,
    /// Where the feed goes on behind a snapshot.
    #[serde(default)]
    pub cursor: Option<String>,
}

#[derive(Deserialize)]
struct Last {
    manifest: Part,
}

#[derive(Deserialize)]
struct Answer {
    data: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(default)]
    errors: Vec<Told>,
}

#[derive(Deserialize)]
struct Summed {
    day: String,
    kind: String,
    region: String,
    count: u64,
    checksum: String,
}

impl Hub {
    /// A hub that is asked when it is needed. The error is about the settings.
    pub fn new(settings: &Settings) -> std::result::Result<Self, String> {
        Ok(Self {
            wire: Wire::new(settings)?,
            address: settings.address.as_str().to_owned(),
            retry: Retry::new(settings),
            with_claims: false,
        })
    }

    /// The same, asked for what sources said of every record, which only another hub is told.
    #[must_use]
    pub fn with_claims(self) -> Self {
        Self {
            with_claims: true,
            ..self
        }
    }

    /// Its address.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Fails when somebody wants to end.
    pub(crate) fn check_stop(&self) -> Result<()> {
        self.wire.stop.check()
    }

    /// Begins to listen for moves of the feed.
    pub(crate) fn listen(&self) -> Ear {
        Ear::new(self.wire.clone(), self.retry.clone())
    }

    /// Waits for something; fails when somebody wants to end.
    pub(crate) async fn unless_stopped<T>(&self, work: impl Future<Output = T>) -> Result<T> {
        self.wire.stop.or(work).await
    }

    /// What the hub says about its feed.
    pub async fn info(&mut self) -> Result<Info> {
        self.ask("syncInfo", INFO, json!({})).await
    }

    /// The changes behind a cursor, 1,000 at most.
    pub async fn changes(&mut self, after: &str, filter: &Filter) -> Result<Page> {
        let (query, first) = if self.with_claims {
            (CHANGES_WITH_CLAIMS, PAGE_WITH_CLAIMS)
        } else {
            (CHANGES, PAGE)
        };
        self.ask(
            "changes",
            query,
            json!({
                "first": first, "after": after, "kinds": some(&filter.kinds), "regions": some(&filter.regions),
            }),
        )
        .await
    }

    /// Waits after a failed attempt; gives the error back when another one would not help.
    pub(crate) async fn after(&mut self, failed: &mut u32, error: Error) -> Result<()> {
        self.retry.after(failed, error).await
    }

    /// One attempt at a part of a snapshot: every record is given to `take` as it comes, and nothing that was taken counts unless
    /// the manifest is given back. It is for the caller to undo what it took, and to try again.
    pub(crate) async fn snapshot<T>(&self, after: Option<&str>, filter: &Filter, mut take: T) -> Result<Part>
    where
        T: AsyncFnMut(Record) -> Result<()>,
    {
        let claims = if self.with_claims { "true" } else { "" };
        let more = [("after", after.unwrap_or_default()), ("claims", claims)];
        let path = path("/sync/snapshot", filter, &more);
        lines(&self.wire, "the snapshot", &path, async |record: Record| {
            record.check()?;
            take(record).await
        })
        .await
    }

    /// Counts and checksums of all that the reader sees, as it was at a cursor.
    pub async fn sums(&mut self, filter: &Filter, at: &str) -> Result<Vec<(Bucket, Sum)>> {
        let path = path("/sync/reconciliation", filter, &[("at", at)]);
        let mut lines = Vec::new();
        self.collect::<Summed>("the reconciliation", &path, &mut lines)
            .await?;
        let read = |line: Summed| {
            let checksum = line.checksum.parse().map_err(|_| Error::Unreadable {
                what: "the reconciliation".to_owned(),
                why: format!("{:?} is no checksum", line.checksum),
            })?;
            let bucket = Bucket {
                day: line.day,
                kind: line.kind,
                region: line.region,
            };
            Ok((
                bucket,
                Sum {
                    count: line.count,
                    checksum,
                },
            ))
        };
        lines.into_iter().map(read).collect()
    }

    /// The rows of one bucket, as they were at a cursor.
    pub async fn rows(&mut self, bucket: &Bucket, filter: &Filter, at: &str) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        let mut after = String::new();
        loop {
            let of = [
                ("at", at),
                ("day", &bucket.day),
                ("kind", &bucket.kind),
                ("region", &bucket.region),
                ("after", &after),
            ];
            let path = path("/sync/rows", filter, &of);
            match self.collect("the rows", &path, &mut rows).await?.next {
                Some(next) => after = next,
                None => return Ok(rows),
            }
        }
    }

    /// Asks GraphQL for one root field, again and again while that may help.
    async fn ask<T: DeserializeOwned>(
        &mut self,
        field: &str,
        query: &str,
        variables: serde_json::Value,
    ) -> Result<T> {
        let body = json!({ "query": query, "variables": variables })
            .to_string()
            .into_bytes();
        let mut failed = 0;
        loop {
            match ask(&self.wire, field, body.clone()).await {
                Err(error) => self.retry.after(&mut failed, error).await?,
                found => return found,
            }
        }
    }

    /// Adds all lines of an answer, which is asked for again and again while that may help.
    async fn collect<T: DeserializeOwned>(
        &mut self,
        what: &str,
        path: &str,
        all: &mut Vec<T>,
    ) -> Result<Part> {
        let (mut failed, before) = (0, all.len());
        loop {
            let ended = lines(&self.wire, what, path, async |line: T| {
                all.push(line);
                Ok(())
            });
            match ended.await {
                Ok(part) => return Ok(part),
                Err(error) => {
                    all.truncate(before);
                    self.retry.after(&mut failed, error).await?;
                }
            }
        }
    }
}

/// The lines before the manifest, each given to `take`, and the manifest once it fits them.
async fn lines<T, F>(wire: &Wire, what: &str, path: &str, mut take: F) -> Result<Part>
where
    T: DeserializeOwned,
    F: AsyncFnMut(T) -> Result<()>,
{
    let mut lines = wire.lines(what, path).await?;
    let (mut hash, mut count) = (Sha256::new(), 0_u64);
    while let Some(line) = lines.next().await? {
        if line.starts_with(MANIFEST) {
            let last = serde_json::from_slice::<Last>(line);
            let part = last
                .map_err(|error| lines.unreadable(format!("the manifest: {error}")))?
                .manifest;
            let found = hex(&hash.finalize());
            if part.rows != count || part.sha256 != found {
                let why = format!(
                    "the manifest counts {} lines with the hash {}, and there are {count} with {found}",
                    part.rows, part.sha256
                );
                return Err(lines.cut(why));
            }
            return Ok(part);
        }
        hash.update(line);
        hash.update(b"\n");
        count += 1;
        let read = serde_json::from_slice::<T>(line);
        let read = read.map_err(|error| lines.unreadable(format!("line {count}: {error}")))?;
        take(read).await?;
    }
    Err(lines.cut(format!("it ends after {count} lines and without a manifest")))
}

async fn ask<T: DeserializeOwned>(wire: &Wire, field: &str, body: Vec<u8>) -> Result<T> {
    let unreadable = |why: String| Error::Unreadable {
        what: field.to_owned(),
        why,
    };
    let text = wire.post(field, "/graphql", body).await?;
    let answer = serde_json::from_slice::<Answer>(&text).map_err(|error| {
        if error.is_eof() {
            return Error::Cut {
                what: field.to_owned(),
                why: error.to_string(),
            };
        }
        unreadable(error.to_string())
    })?;
    if let Some(told) = answer.errors.into_iter().next() {
        return Err(wire.told(field, told));
    }
    let found = answer
        .data
        .and_then(|mut data| data.remove(field))
        .unwrap_or_default();
    serde_json::from_value(found).map_err(|error| unreadable(error.to_string()))
}

/// Null for an empty list, which would mean nothing at all.
fn some(words: &[String]) -> Option<&[String]> {
    (!words.is_empty()).then_some(words)
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn path(path: &str, filter: &Filter, more: &[(&str, &str)]) -> String {
    let (kinds, regions) = (filter.kinds.join(","), filter.regions.join(","));
    let all = [("kinds", kinds.as_str()), ("regions", regions.as_str())];
    let given: Vec<String> = all
        .iter()
        .chain(more)
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if given.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", given.join("&"))
}
