//! Type approvals of measuring instruments.

mod input;
mod query;
mod types;
mod vocabulary;

pub(crate) use query::TypeApprovalQuery;
pub(crate) use types::TypeApproval;
