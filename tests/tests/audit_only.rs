//! Scratch: the audit tests alone.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may panic, in what it calls, too: that is how it fails"
)]

#[path = "../it/house/mod.rs"]
mod house;
#[path = "../it/migration/mod.rs"]
mod migration_history;
#[path = "../it/schema/mod.rs"]
mod schema;
