//! Value types.

mod codes;
mod document_number;
mod quantity;
mod standard_number;
