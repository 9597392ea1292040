//! A client that pulls all changes, a thousand at a time.

use std::time::Instant;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use support::figures::median;
use support::{Engine, Server, TestDatabase, test_clock};

use crate::{Failed, float};

pub(crate) const HEAD: [&str; 6] = [
    "engine",
    "rows",
    "bytes of an answer",
    "changes/s over HTTP",
    "rows/s by the statement",
    "hub / statement",
];

const STEP: u64 = 1_000;
const QUERY: &str = "query($after: String) { changes(first: 1000, after: $after) { endCursor hasNextPage \
    nodes { operation kind key version body recordId } } }";
/// The same rows by hand.
const PLAIN: &str =
    "SELECT pos, op, kind, record_key, version, body FROM feed WHERE pos > $1 ORDER BY pos LIMIT $2";

/// One line of the table: hub and statement in turn, medians.
pub(crate) async fn measure(
    engine: Engine,
    database: &TestDatabase,
    rows: u64,
    rounds: usize,
) -> Result<Vec<String>, Failed> {
    let server = Server::start(database.open().await, test_clock());
    let (mut hub, mut plain, mut bytes) = (Vec::new(), Vec::new(), 0);
    for round in 1..=rounds {
        let begin = Instant::now();
        let (pulled, length) = pull(&server).await?;
        hub.push(float(pulled) / begin.elapsed().as_secs_f64());
        bytes = length;
        let begin = Instant::now();
        let read = read(database).await?;
        plain.push(float(read) / begin.elapsed().as_secs_f64());
        if (pulled, read) != (rows, rows) {
            return Err(format!("{pulled} changes and {read} rows instead of {rows}").into());
        }
        eprintln!(
            "{engine:?} pull round {round}: {:.0} changes/s",
            hub.last().unwrap_or(&0.0)
        );
    }
    let (hub, plain) = (median(&hub), median(&plain));
    Ok(vec![
        format!("{engine:?}"),
        rows.to_string(),
        bytes.to_string(),
        format!("{hub:.0}"),
        format!("{plain:.0}"),
        format!("{:.2}", hub / plain),
    ])
}

/// Pulls everything; gives how many changes came, and the bytes of the longest answer.
async fn pull(server: &Server) -> Result<(u64, usize), Failed> {
    let (mut after, mut count, mut longest) = (Value::Null, 0, 0);
    loop {
        let body = json!({ "query": QUERY, "variables": { "after": after } });
        let request = server.client().post(server.url("/graphql")).json(&body);
        let bytes = request.send().await?.error_for_status()?.bytes().await?;
        longest = longest.max(bytes.len());
        let answer: Value = serde_json::from_slice(&bytes)?;
        let page = answer.pointer("/data/changes").ok_or("no changes")?;
        let nodes = page.get("nodes").and_then(Value::as_array).ok_or("no nodes")?;
        count += nodes.len() as u64;
        if page.get("hasNextPage") != Some(&Value::Bool(true)) {
            return Ok((count, longest));
        }
        after = page.get("endCursor").cloned().unwrap_or_default();
    }
}

/// Reads everything by the statement.
async fn read(database: &TestDatabase) -> Result<u64, Failed> {
    let connection = database.raw().await;
    let (mut after, mut count) = (0_i64, 0);
    loop {
        let values = [after.into(), i64::try_from(STEP)?.into()];
        let statement = Statement::from_sql_and_values(connection.get_database_backend(), PLAIN, values);
        let rows = connection.query_all_raw(statement).await?;
        let mut bytes = 0;
        for row in &rows {
            let texts = ["op", "kind", "record_key", "body"];
            for name in texts {
                bytes += row.try_get::<String>("", name)?.len();
            }
            after = row.try_get("", "pos")?;
        }
        std::hint::black_box(bytes);
        count += rows.len() as u64;
        if (rows.len() as u64) < STEP {
            connection.close().await?;
            return Ok(count);
        }
    }
}
