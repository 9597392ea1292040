//! Declarations.

mod finding;
mod input;
mod mutation;
mod query;
mod refusal;
mod submission;
mod types;
mod version;
mod vocabulary;

pub(crate) use finding::{Finding, FindingValue, of_declaration};
pub(crate) use input::FindingFilter;
pub(crate) use mutation::DeclarationMutation;
pub(crate) use query::{DeclarationConnection, DeclarationQuery};
pub(crate) use types::{Declaration, declarations_of};
pub(crate) use vocabulary::{FindingRule, Severity};
