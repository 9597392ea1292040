//! The one check that every GraphQL document passes before it is executed, whether it came over HTTP, SSE or WebSocket.
//!
//! The text is scanned for its size and nesting, parsed and validated by the specification, and measured; what comes out
//! is a tree that the executor takes as it is, so a text is read once and by one parser. A document that was checked
//! before is answered from a cache. What depends on variables, that is their types and the price, is checked per request.
//!
//! The work grows with the length of the text: recursion is bounded before it begins, and every fragment is measured once,
//! however often it is spread, before anything expands it.

mod cache;
mod checker;
mod document;
mod executable;
mod faithful;
mod limits;
mod merge;
mod place;
mod plan;
mod planning;
mod price;
mod refusal;
mod scan;
mod shape;
mod sums;
mod tally;
mod values;
mod variables;

// The executor's own terms, in which variables are taken and trees are given.
pub use async_graphql::{Variables, parser};
pub use checker::{Checker, SchemaFault};
pub use document::{Document, Operation, OperationKind};
pub use limits::Limits;
pub use price::{Price, PricedPath, Prices, Size, Weight};
pub use refusal::Refusal;
pub use shape::{Member, Shape};
