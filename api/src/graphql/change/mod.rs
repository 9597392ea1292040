//! Reading the change feed.

mod cursor;
mod query;
mod types;

pub(crate) use cursor::FeedKey;
pub(crate) use query::ChangeQuery;
