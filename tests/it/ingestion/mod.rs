//! Ingestion.

mod catalogue;
mod list;
mod tables;
