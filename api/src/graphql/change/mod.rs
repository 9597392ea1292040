//! Reading the change feed.

mod query;
mod stretch;
mod sync_info;
mod types;

pub(crate) use query::ChangeQuery;
