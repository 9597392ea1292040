//! Taking records in: adapters read a source's files, normalise them purely, and hand them to `entity` to be written.
//!
//! `file` stores and reads raw files (bounded memory whatever their size), `form` recognises their columns by mapping
//! files, `standards` and `reference` are the adapters, `pipeline` drives a run from the first byte to its closing
//! state, `bundle` holds the data that ships inside the binary.

pub mod bundle;
mod cell;
pub mod credit;
mod error;
pub mod export;
mod fields;
pub mod file;
pub mod form;
mod form_rows;
pub mod generate;
mod header;
pub mod institution;
pub mod limits;
pub mod metrology;
pub mod pipeline;
pub mod platform;
pub mod receipt;
pub mod reference;
pub mod register;
pub mod relay;
pub mod standards;
mod xml;

pub use error::IngestError;
pub use pipeline::{Adapter, Ingester, Observer, Report, Request, Silent};
