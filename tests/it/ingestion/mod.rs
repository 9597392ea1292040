//! Ingestion.

mod bad_file;
mod bad_row;
mod catalogue;
mod list;
mod tables;
