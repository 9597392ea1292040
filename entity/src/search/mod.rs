//! Chinese search by own terms, the same on both engines.
//!
//! Neither SQLite's nor PostgreSQL's own tokenizers find a two-character word such as 电缆 in a title. So the hub cuts
//! text itself: single characters and pairs of neighbours of every Chinese run, and whole runs of letters and digits.
//! SQLite keeps the terms in an FTS5 table, PostgreSQL in a `text[]` column under a GIN index.

mod fold;
mod query;
mod write;

pub use fold::{fold, number_key};
pub use query::{Hit, SearchQuery, explain};
pub(crate) use write::{SearchText, write};
