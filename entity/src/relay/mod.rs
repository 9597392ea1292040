//! A hub above and the hubs below it (下级枢纽, R68): what sources said to one of them, taken over by another.
//!
//! A hub hands over claims and not what it made of them, so the hub above computes the same records by the same rules, names the same
//! files and rows, and tells where its own sources know better. What a hub below says of a record is one word, which replaces its
//! last: the claims behind the record at a version, or that the record is gone or out of view.

mod claims;
mod peer;
mod readable;
mod said;
mod sums;
mod told;
mod word;
mod write;

pub use peer::{Compared, Known, Peer, PeerState, begin, caught_up, compared, states};
pub use said::{unsaid, version};
pub use sums::sums;
pub use told::{RelayedClaim, claims_of};
pub use word::{Word, WordContent};
pub use write::{Batch, write};
