//! The change feed (变更日志): what changed, in one order, without gaps.

mod append;
mod crossing;
pub mod feed;
mod read;

pub use append::Operation;
pub(crate) use append::{Change, append, stamp};
pub use crossing::{Crossed, Crossings, Place, crossings};
pub use read::{Head, events_after, head, tip};
