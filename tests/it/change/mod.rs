//! The change feed.

mod detail;
mod export;
mod export_resumed;
mod feed_race;
mod filtered;
mod office;
mod reconciliation;
mod retention;
mod scoped;
mod snapshot;
mod snapshot_parts;
