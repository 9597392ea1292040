//! What GraphQL and the paths of sync clients have in common: where a reader stands in the feed, and what it asks for out of it.

mod asked;
mod cursor;

pub(crate) use asked::narrowed;
pub(crate) use cursor::{Crossing, Cursor, FeedKey, SnapshotPlace};
