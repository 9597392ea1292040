//! How fast pages are read: the hub, against one hand-written statement behind the same HTTP server.
//!
//! Both give the same data, which is compared first, question by question. Then they are asked in turn by the same client
//! over 16 connections, and with them a third address that answers a fixed text of the same length: what is left of the
//! machine when nothing is computed. `NQI_BENCH_SCALE` (county, city) is the place that is generated,
//! `NQI_BENCH_SECONDS` (default 3) and `NQI_BENCH_ROUNDS` (default 5) say how long and how often each is asked;
//! `NQI_BENCH_ENGINE` (sqlite, postgres) leaves one engine out.

mod client;
mod plain;
mod question;
mod statement;

use std::error::Error;
use std::net::SocketAddr;
use std::time::Duration;

use ingest::generate::{Plan, Scale};
use sea_orm::ConnectionTrait;
use support::catalogue::fill;
use support::figures::{engines, median, percentile, print_head, print_row, setting};
use support::{Engine, Server, TestDatabase, test_clock};

use client::{Load, Turn};
use question::Question;

/// Whatever ends a bench.
type Failed = Box<dyn Error + Send + Sync>;

const HEAD: [&str; 11] = [
    "engine",
    "question",
    "bytes",
    "hub, requests/s",
    "statement, requests/s",
    "hub / statement",
    "fixed text, requests/s",
    "hub p50, ms",
    "hub p99, ms",
    "statement p50, ms",
    "statement p99, ms",
];

fn main() -> Result<(), Failed> {
    let scale: Scale = std::env::var("NQI_BENCH_SCALE")
        .unwrap_or_else(|_| "county".to_owned())
        .parse()?;
    let plan = Plan {
        scale,
        ..Plan::county()?
    };
    print_head(&HEAD);
    for engine in engines() {
        support::block_on(measure(engine, &plan))?;
    }
    Ok(())
}

async fn measure(engine: Engine, plan: &Plan) -> Result<(), Failed> {
    let database = TestDatabase::new(engine).await;
    let (db, _) = fill(&database, plan).await;
    let raw = database.raw().await;
    if engine == Engine::Postgres {
        raw.execute_unprepared("ANALYZE").await?;
    }
    let hub = Server::start(db, test_clock());
    let questions = question::all(&raw, &hub).await?;
    raw.close().await?;
    let plain = plain::start(engine, database.url()).await?;
    for question in questions {
        let samples = client::check(&hub, plain, &question).await?;
        let statements = statements_of(&hub, &question).await?;
        eprintln!(
            "{engine:?} {}: {} questions give the same data; the hub sends {statements} statements",
            question.name,
            question.asked.len(),
        );
        let sample = samples.into_iter().next().unwrap_or_default();
        print_row(&timed(engine, &hub, plain, &question, sample).await?);
    }
    Ok(())
}

/// How many statements one answer of the hub costs.
async fn statements_of(hub: &Server, question: &Question) -> Result<u64, Failed> {
    let asked = question.asked.first().ok_or("nothing to ask")?;
    let before = hub.db.statements();
    hub.data(question.document, asked.variables.clone()).await;
    Ok(hub.db.statements() - before)
}

/// One line of the table: the three addresses in turn, medians of the rounds.
async fn timed(
    engine: Engine,
    hub: &Server,
    plain: SocketAddr,
    question: &Question,
    sample: String,
) -> Result<Vec<String>, Failed> {
    let bytes = sample.len();
    plain::fix(sample);
    let loads = [
        Load::new(
            hub.address(),
            "/graphql",
            question.asked.iter().map(|asked| asked.to_hub(question.document)),
        ),
        Load::new(
            plain,
            question.path,
            question.asked.iter().map(|asked| asked.to_plain()),
        ),
        Load::new(
            plain,
            plain::FIXED,
            question.asked.iter().map(|asked| asked.to_plain()),
        ),
    ];
    let turn = Duration::from_secs(u64::try_from(setting("NQI_BENCH_SECONDS", 3))?);
    let mut turns: [Vec<Turn>; 3] = Default::default();
    for load in &loads {
        load.run(Duration::from_millis(500)).await?;
    }
    for _ in 0..setting("NQI_BENCH_ROUNDS", 5) {
        for (load, turns) in loads.iter().zip(&mut turns) {
            turns.push(load.run(turn).await?);
        }
    }
    let [hub, statement, fixed] = turns.map(|turns| {
        let rates: Vec<f64> = turns.iter().map(Turn::rate).collect();
        let latencies: Vec<f64> = turns.into_iter().flat_map(|turn| turn.latencies).collect();
        (
            median(&rates),
            percentile(&latencies, 50.0),
            percentile(&latencies, 99.0),
        )
    });
    Ok(vec![
        format!("{engine:?}"),
        question.name.to_owned(),
        bytes.to_string(),
        format!("{:.0}", hub.0),
        format!("{:.0}", statement.0),
        format!("{:.2}", hub.0 / statement.0),
        format!("{:.0}", fixed.0),
        format!("{:.2}", hub.1),
        format!("{:.2}", hub.2),
        format!("{:.2}", statement.1),
        format!("{:.2}", statement.2),
    ])
}
