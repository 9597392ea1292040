//! Keeps a copy of what a hub shows one reader: takes a snapshot, follows the change feed, and proves that both agree.
//!
//! A [`Follower`] takes a whole [snapshot](Hub::snapshot) into a [`Store`] and then page after page of the feed. A page and the cursor
//! behind it are written in one transaction, so a process that is killed at any instant loses nothing and applies nothing twice. When
//! the hub no longer knows the cursor, the follower takes a new snapshot into the same copy and drops what that one does not hold.
//! [`reconcile`] compares a copy with the hub by counts and checksums, and names the records that differ.
//!
//! `docs/sync.md` of the repository tells the same for somebody who writes a client of their own.

mod address;
mod error;
mod follow;
mod hub;
mod lines;
mod listen;
mod reconcile;
mod record;
mod retry;
mod stop;
pub mod store;
mod summary;
mod tls;
mod wire;

pub use address::Address;
pub use error::Error;
pub use follow::{Follower, apply};
pub use hub::{Hub, Info, Page, Part};
pub use reconcile::{Bucket, Differing, Report, Row, Sum, Way, reconcile};
pub use record::{Change, Filter, Operation, Record};
pub use retry::Patience;
pub use stop::Stop;
pub use store::{Store, open};
pub use summary::Summary;
pub use wire::{Settings, Token};

/// What a step of this crate gives.
pub type Result<T> = std::result::Result<T, Error>;
