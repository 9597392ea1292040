//! What the door costs: the share of the check in a page, and what a crowd of subscribers takes.
//!
//! `NQI_BENCH_ROUNDS` (default 5) says how often each thing is measured in turn, `NQI_BENCH_SUBSCRIBERS` (default 2000) how many
//! sockets wait for the head of the feed, `NQI_BENCH_COMMITS` (default 500) how many commits they hear of, 50 a second.

mod check;
mod crowd;

use std::error::Error;

/// Whatever ends a bench.
type Failed = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failed> {
    support::block_on(check::measure())?;
    support::block_on(crowd::measure())
}
