//! Enterprises.

mod input;
mod query;
mod types;
mod vocabulary;

pub(crate) use query::EnterpriseQuery;
pub(crate) use types::Enterprise;
