//! Runs and quarantine.

mod input;
mod query;
mod types;

pub(crate) use query::IngestionQuery;
