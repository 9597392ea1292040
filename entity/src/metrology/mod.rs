//! Metrology (计量): measuring instruments under mandatory verification (强制检定), and when they are due.

mod approval;
mod claim;
mod due;
mod edges;
mod filter;
mod finding;
mod golden;
mod history;
mod join;
mod model;
mod query;
mod term;
mod units;

pub(crate) use approval::TypeApprovals;
pub use approval::{
    ApprovalFlag, ApprovalOrigin, ApprovalStatus, TypeApproval, TypeApprovalClaim, TypeApprovalFilter,
    TypeApprovalList, TypeApprovalOrderField, approvals_by_keys,
};
pub use claim::{Identities, InstrumentClaim, VerificationClaim, identities};
pub use due::{Standing, Terms, Verified, WARNING_DAYS, duty, last_day, standing};
pub use edges::{Parent, counts_of, first_of};
pub use filter::{InstrumentFilter, InstrumentList, InstrumentOrderField};
pub use finding::{InstrumentFinding, InstrumentRule, findings, findings_on};
pub(crate) use golden::Instruments;
pub(crate) use join::{join, refresh_instruments};
pub use model::{Model as Instrument, Verification};
pub use query::{by_keys, verifications};
pub use term::{
    CertificateKind, Conclusion, ControlMode, Duty, InstrumentFlag, InstrumentStatus, Period, PeriodUnit,
    Purpose, StandingReason, VerificationMode,
};
pub(crate) use units::not_legal_content;
