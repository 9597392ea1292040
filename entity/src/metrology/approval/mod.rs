//! Type approvals (型式批准, 计量法 art 13): which types of instruments may be made or brought in, whose they are, and since when.

mod claim;
mod filter;
mod golden;
mod query;

pub use claim::{ApprovalFlag, ApprovalOrigin, ApprovalStatus, TypeApprovalClaim};
pub use filter::{TypeApprovalFilter, TypeApprovalList, TypeApprovalOrderField};
pub use golden::Model as TypeApproval;
pub(crate) use golden::TypeApprovals;
pub use query::by_keys as approvals_by_keys;
