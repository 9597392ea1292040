//! Tables, value types, who may see a row, and every query of the hub: the only crate with SQL in it.
//!
//! A record enters as a *claim* of a source (`ingestion`), the *golden record* of its domain is computed from all
//! claims (`standard`, `region`, …), the change is appended to the feed in the same transaction (`change`), and
//! readers get it through a [`Scope`] (`scope`). Value types with a law-given form live in [`value`].

pub mod access;
pub mod annotation;
pub mod audit;
pub mod calendar;
pub mod change;
pub mod classification;
pub mod clock;
pub mod credit;
pub mod db;
pub mod declaration;
pub mod embargo;
pub mod enterprise;
pub mod error;
pub mod ingestion;
pub mod institution;
pub mod limit;
pub mod metrology;
pub mod page;
pub mod product;
pub mod record;
pub mod region;
pub mod relay;
pub mod search;
pub mod standard;
pub mod value;
mod vocabulary;
pub mod webhook;

pub use access::Scope;
pub use clock::Clock;
pub use db::Database;
pub use error::{Error, Result};
