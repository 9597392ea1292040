//! How fast the feed is read: by a client that pulls changes over HTTP, and by `nqi-hub export` as a process of its own, beside the
//! plainest statement that reads the same rows.
//!
//! `NQI_BENCH_ROWS` (default 20,000) is the number of rows of the feed, `NQI_BENCH_ROUNDS` (default 3) how often each is measured;
//! `NQI_BENCH_ENGINE` (sqlite, postgres) leaves out the other engine.

mod export;
mod pull;

use support::figures::{engines, print_head, print_row, setting};
use support::{TestDatabase, feed};

/// Whatever ends a bench.
type Failed = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failed> {
    support::hub::binary();
    let rows = u64::try_from(setting("NQI_BENCH_ROWS", 20_000))?;
    let rounds = setting("NQI_BENCH_ROUNDS", 3);
    for engine in engines() {
        let database = support::block_on(async {
            let database = TestDatabase::new(engine).await;
            database.open().await.close().await?;
            feed::fill(&database, engine, rows).await;
            Ok::<_, Failed>(database)
        })?;
        print_head(&pull::HEAD);
        print_row(&support::block_on(pull::measure(
            engine, &database, rows, rounds,
        ))?);
        print_head(&export::HEAD);
        print_row(&support::block_on(export::measure(
            engine, &database, rows, rounds,
        ))?);
    }
    Ok(())
}

/// A count as a figure.
#[expect(
    clippy::cast_precision_loss,
    reason = "rows and bytes of a bench, far below 2^52"
)]
fn float(count: u64) -> f64 {
    count as f64
}
