//! Search: what words find, and how the database looks for them.

mod plan;
mod text;
mod words;
