//! Paging through lists.

mod arguments;
mod cursors;
mod list;
mod walk;
