//! Products (产品) as enterprises declare them.

mod barcode;
mod check_item;
mod claim;
mod edges;
mod filter;
mod finding;
mod licence;
mod model;
mod query;
mod term;

pub use barcode::BarcodeGroup;
pub use check_item::{CheckItem, check_items};
pub use claim::{ProductClaim, identity};
pub use edges::{Parent, counts_of, first_of};
pub use filter::{ProductFilter, ProductList};
pub use finding::{ProductFinding, ProductRule, findings, findings_on};
pub use model::Model as Product;
pub(crate) use model::Products;
pub use query::by_keys;
pub use term::ProductFlag;
