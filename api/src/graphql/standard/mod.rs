//! Standards.

mod citation;
mod input;
mod number;
mod project;
mod query;
mod reason;
mod reference;
mod types;
mod vocabulary;

pub(crate) use citation::CitationQuery;
pub(crate) use input::{DateRange, OrderDirection};
pub(crate) use project::StandardProject;
pub(crate) use query::StandardQuery;
pub(crate) use types::Standard;
pub(crate) use vocabulary::{Lang, StandardKind};
