//! Products.

mod finding;
mod in_force;
mod input;
mod query;
mod types;
mod vocabulary;

pub(crate) use query::{ProductConnection, ProductQuery};
pub(crate) use types::{Product, products_of};
