//! What a follower did.

/// Counts since the follower was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Snapshots that were taken to their end.
    pub snapshots: u64,
    /// Records that snapshots brought.
    pub rows: u64,
    /// Records and tombstones that a later snapshot did not hold.
    pub swept: u64,
    /// Changes that were told.
    pub changes: u64,
    /// Records that changes wrote.
    pub written: u64,
    /// Records that are gone at the hub.
    pub deleted: u64,
    /// Records that left what the reader may see.
    pub left: u64,
    /// Changes that the copy was ahead of already.
    pub skipped: u64,
}
