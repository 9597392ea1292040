//! Tables of numbers as they are printed, and what they are.

mod citations;
mod grammar;
mod lists;
mod registers;

use super::{NumberFlag, StandardKind, StandardNumber};

/// Canonical form of a raw text, for tables.
fn canonical(raw: &str) -> Option<String> {
    StandardNumber::parse(raw).canonical().map(str::to_owned)
}
