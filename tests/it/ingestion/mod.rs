//! Ingestion.

mod bad_file;
mod bad_row;
mod blocks;
mod catalogue;
mod cut_file;
mod drift;
mod encoding;
mod form_order;
mod full_disk;
mod held;
mod lease;
mod list;
mod long_line;
pub(crate) mod order;
pub(crate) mod process;
mod quarantine;
mod redrive;
mod resume;
pub(crate) mod tables;
