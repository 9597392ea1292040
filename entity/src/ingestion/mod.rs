//! Taking records in (采集): sources, raw objects, runs, leases, claims, quarantine, and the commit of a chunk.
//!
//! A chunk of rows is written in one transaction: the claims of the sources, the golden records computed from them,
//! quarantine, the run's checkpoint and counts, and, last, the change feed. A process that dies leaves whole chunks.

pub mod assertion;
mod claim;
mod commit;
mod count;
pub(crate) mod daily;
pub(crate) mod domain;
pub mod exchange;
pub mod exchange_sent;
mod explain;
pub(crate) mod field;
pub mod lease;
pub mod object;
pub mod owner;
pub mod personal;
pub mod quarantine;
mod query;
pub mod raw_key;
mod receipt;
pub mod run;
pub mod source;
mod sweep;

pub use claim::{Claim, Retraction};
pub use commit::{Chunk, Reject, Row, RowContent, commit, redrive};
pub(crate) use commit::{publish, recompute, refresh_all};
pub use count::Counts;
pub(crate) use count::Outcome;
pub(crate) use domain::{Asserted, Domain, Occasion, changes, lock, remember};
pub use explain::{conflicts, contributions};
pub use field::{Conflict, Contribution};
pub use lease::Lease;
pub use personal::PersonalKey;
pub use query::{QuarantineFilter, RunFilter};
pub use receipt::{Receipt, Refusal, refusals_of};
pub use sweep::{Swept, sweep};
