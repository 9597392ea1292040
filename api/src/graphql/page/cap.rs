//! The cap of lists that are no connections; their descriptions name it.

/// The most rows of such a list. No record of a real register comes near it; it bounds what a broken one can do.
const MOST: usize = 500;

/// The first rows of a list, as many as its description promises.
pub(crate) fn capped<T>(rows: impl IntoIterator<Item = T>) -> Vec<T> {
    rows.into_iter().take(MOST).collect()
}
