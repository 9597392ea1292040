//! Reading the audit trail.

mod input;
mod query;
mod types;

pub(crate) use query::AuditQuery;
