//! The audit trail: what goes into it of a request, and reading it.

mod asked;
mod input;
mod query;
mod types;

pub(crate) use asked::asked;
pub(crate) use query::AuditQuery;
