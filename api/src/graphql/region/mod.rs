//! Regions.

mod query;
mod types;
mod vocabulary;

pub(crate) use query::RegionQuery;
pub(crate) use types::Region;
