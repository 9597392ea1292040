//! Testing institutions.

mod input;
mod query;
mod types;
mod vocabulary;

pub(crate) use query::InstitutionQuery;
pub(crate) use types::{Qualification, TestingInstitution};
