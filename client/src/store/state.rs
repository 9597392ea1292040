//! Where a copy stands.

use serde::{Deserialize, Serialize};

use crate::record::Filter;

/// Where a copy stands. It is written in the transaction of what it tells about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The address of the hub; empty before the first snapshot began.
    pub hub: String,
    /// What was asked for.
    pub filter: Filter,
    /// The epoch of the hub when the newest snapshot began.
    pub epoch: String,
    /// The number of the newest snapshot. What an older one wrote and this one did not is dropped at its end.
    pub generation: i64,
    /// Where the feed goes on; none before the first snapshot ended.
    pub cursor: Option<String>,
    /// The snapshot that is being taken.
    pub begun: Option<Begun>,
}

/// A snapshot that is being taken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// Where the feed goes on behind it; none before its first part came.
    pub cursor: Option<String>,
    /// What the next part is asked for with; none for the first.
    pub after: Option<String>,
}
