//! How fast files are taken in, and what memory that costs: `nqi-hub ingest` as a process of its own, against
//! multi-row INSERTs of the same rows into one table by the same driver.
//!
//! The two are measured in turn on databases of their own. `NQI_BENCH_ROWS` (default 20,000) is the number of rows of the
//! generated files, `NQI_BENCH_ROUNDS` (default 3) how often each is measured, `NQI_BENCH_ENGINE` (sqlite, postgres) and
//! `NQI_BENCH_FILE` (real, records, table) leave out the rest. `NQI_BENCH_FEED=1` measures the share of the change feed instead.

mod delivery;
mod plain;
mod share;
mod watched;

use std::error::Error;

use support::figures::{engines, median, print_head, print_row, setting};
use support::{Engine, TestDatabase};

use delivery::Delivery;
use watched::Taken;

const HEAD: [&str; 10] = [
    "engine",
    "file",
    "rows",
    "records",
    "hub, rows/s",
    "INSERT, rows/s",
    "hub / INSERT",
    "peak, MB",
    "MB at 25, 50, 75, 100 %",
    "rows/s in each quarter",
];

fn main() -> Result<(), Box<dyn Error>> {
    support::hub::binary();
    let folder = tempfile::tempdir()?;
    let rows = setting("NQI_BENCH_ROWS", 20_000);
    let rounds = setting("NQI_BENCH_ROUNDS", 3);
    let wanted = std::env::var("NQI_BENCH_FILE").ok();
    let of_feed = setting("NQI_BENCH_FEED", 0) > 0;
    print_head(if of_feed { &share::HEAD } else { &HEAD });
    for (word, make) in delivery::ALL {
        if wanted.as_deref().is_some_and(|wanted| wanted != word) {
            continue;
        }
        let delivery = make(folder.path(), rows)?;
        for engine in engines() {
            let line = if of_feed {
                support::block_on(share::measure(engine, &delivery, rounds))
            } else {
                support::block_on(measure(engine, &delivery, rounds))
            };
            print_row(&line?);
        }
        delivery.remove()?;
    }
    Ok(())
}

/// One line of the table: hub and plain INSERTs in turn, medians.
async fn measure(engine: Engine, delivery: &Delivery, rounds: usize) -> Result<Vec<String>, Box<dyn Error>> {
    let rows = float(delivery.rows.len());
    let (mut hub, mut plain, mut last) = (Vec::new(), Vec::new(), Taken::default());
    for round in 1..=rounds {
        let database = TestDatabase::new(engine).await;
        drop(database.open().await);
        last = watched::take(&database, delivery)?;
        hub.push(rows / last.seconds);
        drop(database);
        let database = TestDatabase::new(engine).await;
        plain.push(rows / plain::insert(engine, database.url(), &delivery.rows).await?);
        eprintln!(
            "{engine:?} {} round {round}: hub {:.0} rows/s, INSERT {:.0} rows/s",
            delivery.name,
            median(hub.get(round - 1..).unwrap_or_default()),
            median(plain.get(round - 1..).unwrap_or_default()),
        );
    }
    let (hub, plain) = (median(&hub), median(&plain));
    let quarters = last.quarters();
    let listed = |values: Vec<f64>| {
        values
            .iter()
            .map(|value| format!("{value:.0}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    Ok(vec![
        format!("{engine:?}"),
        delivery.name.clone(),
        delivery.rows.len().to_string(),
        last.records.to_string(),
        format!("{hub:.0}"),
        format!("{plain:.0}"),
        format!("{:.3} (1/{:.1})", hub / plain, plain / hub),
        format!("{:.0}", last.peak_mb),
        listed(quarters.iter().map(|quarter| quarter.memory_mb).collect()),
        listed(
            quarters
                .iter()
                .map(|quarter| rows / 4.0 / quarter.seconds)
                .collect(),
        ),
    ])
}

/// A count as a figure.
#[expect(clippy::cast_precision_loss, reason = "rows of a file, far below 2^52")]
fn float(count: usize) -> f64 {
    count as f64
}
