//! The change feed (变更日志): what changed, in one order, without gaps.

mod append;
mod crossing;
mod detail;
pub mod feed;
mod read;
mod reason;
mod reconcile;
mod retention;
mod snapshot;

pub use append::Operation;
pub(crate) use append::{Change, append, stamp};
pub use crossing::{Crossed, Crossings, Place, crossings};
pub use detail::{previous_bodies, sources};
pub use read::{Head, events_after, head, tip};
pub use reason::ChangeReason;
pub use reconcile::{Bucket, Line, Sum, buckets, checksum, rows_of};
pub use retention::{FeedRetention, prune, renew_epoch};
pub use snapshot::{gone_since, snapshot};
