//! The audit trail (审计日志, 等保 GB/T 22239): who asked for what, from where, and what was decided.
//!
//! Every entry holds the hash of the one before it, and the newest hash is signed every minute. So an entry that is changed,
//! taken out or moved is found by [`verify`], and so is a tail that was cut off. A change is written together with its
//! entry or not at all ([`append`]).

mod algorithm;
mod append;
mod asked;
mod entry;
mod escape;
mod fault;
mod head;
mod heads;
mod key;
mod model;
mod query;
mod retention;
mod verify;
mod walk;

pub use algorithm::Algorithm;
pub(crate) use algorithm::unhex;
pub(crate) use append::append;
pub use append::{LONGEST_UNSIGNED, append_alone, by_command, use_algorithm};
pub use asked::Asked;
pub use entry::{Decision, Entry};
pub use escape::printable;
pub use fault::{Fault, Trouble};
pub use head::{Head, Mark, newest_head, sign_head};
pub use key::{AuditKey, PublicKey};
pub use model::Model;
pub use query::AuditFilter;
pub use retention::{Retention, prune};
pub use verify::{Report, Wanted, verify};
