//! Declarations (自我声明公开, 标准化法 art 27): which enterprise makes which products to which standard, since when, and what
//! is wrong with that.
//!
//! A declaration is one enterprise and one standard. Declaring anew, renaming and abolishing are its versions; each has
//! a time in which it holds and a time since when the hub knows it.

mod claim;
mod edges;
mod execution;
mod filter;
mod finding;
mod golden;
mod indicator;
mod judge;
mod life;
mod message;
mod model;
mod query;
mod submission;
mod term;
mod write;

pub use claim::{DeclarationClaim, Indicator, identity};
pub use edges::{Parent, counts_of, first_of};
pub use execution::{Execution, Moment, executions_on};
pub use filter::{DeclarationFilter, DeclarationList, DeclarationOrderField, FindingFilter};
pub use finding::{Finding, FindingRule, NamedStandard, Severity, Surroundings, findings};
pub use judge::findings_on;
pub use model::Model as Declaration;
pub use query::{CitedStandard, DeclarationVersion, by_keys, citations, versions};
pub use submission::{
    Declare, DeclaredContent, DeclaredProduct, Refusal, RefusalReason, Revise, Submission, Submitted,
    Withdraw, submit,
};
pub use term::{ChangeKind, DeclarationFlag, DeclarationStatus, IndicatorCategory};
pub(crate) use write::Declarations;
