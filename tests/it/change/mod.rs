//! The change feed.

mod feed_race;
mod scoped;
