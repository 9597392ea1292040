//! What can go wrong, and what helps: asking again, a new snapshot, or a person.

use std::time::Duration;

/// Why a copy could not be brought further. Nothing of what failed is in it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// No connection, no answer, or silence in the middle of one.
    #[error("{what}: {why}")]
    Unreachable {
        /// What was asked for.
        what: String,
        /// What happened.
        why: String,
    },
    /// An answer that ended early, or whose manifest does not fit its lines.
    #[error("{what}: the answer is not whole: {why}")]
    Cut {
        /// What was asked for.
        what: String,
        /// What is missing.
        why: String,
    },
    /// The hub said no.
    #[error("{what}: {code}: {message}")]
    Refused {
        /// What was asked for.
        what: String,
        /// `extensions.code` of the first error, or the status of an answer without one.
        code: String,
        /// The words of the hub.
        message: String,
        /// Whether the same request may succeed later.
        passes: bool,
        /// How long the hub wants to be left alone (`Retry-After`).
        wait: Option<Duration>,
    },
    /// A body that is not the one that the hub hashed.
    #[error(
        "{kind} {key}, version {version}: the body hashes to {found} and should to {expected}; nothing of its page was taken. \
         Something on the way changes answers: look for it, then go on with the same command"
    )]
    WrongHash {
        /// The kind of the record.
        kind: String,
        /// Its key.
        key: String,
        /// Its version.
        version: i64,
        /// What the hub said.
        expected: String,
        /// What came.
        found: String,
    },
    /// An answer that this client does not understand.
    #[error("{what}: {why}")]
    Unreadable {
        /// What was asked for.
        what: String,
        /// What is wrong with it.
        why: String,
    },
    /// The copy cannot be read or written.
    #[error("{place}: {why}")]
    Copy {
        /// The file or folder.
        place: String,
        /// What is wrong with it.
        why: String,
    },
    /// Somebody asked to stop. What was committed stays.
    #[error("stopped")]
    Stopped,
}

/// Codes after which only a new snapshot helps.
const LOST: &[&str] = &["CURSOR_INVALID", "CURSOR_EPOCH_CHANGED", "CURSOR_EXPIRED"];

impl Error {
    /// Whether asking again may help.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Cut { .. } => true,
            Self::Refused { passes, .. } => *passes,
            _ => false,
        }
    }

    /// Whether the hub does not know the place any more that it was asked to go on from.
    pub fn wants_snapshot(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if LOST.contains(&code.as_str()))
    }

    /// How long the hub wants to be left alone.
    pub(crate) fn wait(&self) -> Option<Duration> {
        match self {
            Self::Refused { wait, .. } => *wait,
            _ => None,
        }
    }

    /// An error about a place of the copy.
    pub(crate) fn copy(place: impl std::fmt::Display, why: impl std::fmt::Display) -> Self {
        Self::Copy {
            place: place.to_string(),
            why: why.to_string(),
        }
    }
}
