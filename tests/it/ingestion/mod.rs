//! Ingestion.

mod bad_file;
mod bad_row;
mod catalogue;
mod cut_file;
mod drift;
mod encoding;
mod list;
mod long_line;
mod quarantine;
mod redrive;
mod tables;
