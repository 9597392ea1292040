//! The change feed.

mod detail;
mod export;
mod feed_race;
mod filtered;
mod office;
mod reconciliation;
mod retention;
mod scoped;
mod snapshot;
