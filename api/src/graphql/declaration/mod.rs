//! Declarations.

mod finding;
mod input;
mod query;
mod types;
mod version;
mod vocabulary;

pub(crate) use finding::{Finding, of_declaration};
pub(crate) use input::FindingFilter;
pub(crate) use query::{DeclarationConnection, DeclarationQuery};
pub(crate) use types::{Declaration, declarations_of};
