//! Standards.

mod citation;
mod input;
mod number;
mod project;
mod provenance;
mod query;
mod reason;
mod reference;
mod types;
mod vocabulary;

pub(crate) use citation::CitationQuery;
pub(crate) use project::StandardProject;
pub(crate) use query::StandardQuery;
pub(crate) use types::Standard;
