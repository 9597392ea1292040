//! One loader per edge, one set per request: however many parents a page has, an edge costs one statement.

mod batch;
mod credit;
mod set;

pub(crate) use batch::load;
pub(crate) use set::Loaders;
