//! Value types.

mod document_number;
mod standard_number;
