//! Annotations (监管批注): what a bureau has to say about a declaration of its district. Enterprises enter their information
//! themselves, and a bureau annotates it and does not edit it (R80; 属地管理, R47, R78).
//!
//! An annotation is held back by an [embargo](crate::embargo) until an authorised act publishes it, to the public or to the
//! enterprise alone.

mod content;
mod edges;
mod filter;
mod ledger;
mod model;
mod query;
mod refusal;
mod target;
mod term;
mod write;

pub use content::{Content, Draft, Move, Revise};
pub use edges::{Parent, counts_of, first_of};
pub use filter::{AnnotationFilter, AnnotationList};
pub use model::Model as Annotation;
pub use query::by_keys;
pub use refusal::{Refusal, RefusalReason};
pub use term::AnnotationKind;
pub use write::{Annotated, draft, revise, step};
