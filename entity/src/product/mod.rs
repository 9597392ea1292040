//! Products (产品) as enterprises declare them.

mod claim;
mod edges;
mod filter;
mod model;
mod query;
mod term;

pub use claim::{ProductClaim, identity};
pub use edges::{Parent, counts_of, first_of};
pub use filter::{ProductFilter, ProductList};
pub use model::Model as Product;
pub(crate) use model::Products;
pub use query::by_keys;
pub use term::ProductFlag;
