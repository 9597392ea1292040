//! What can go wrong below the API, by what the caller can do about it.

/// The result of every function of this crate that touches the database.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of the storage layer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused or could not be reached.
    #[error("database: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// A stored value cannot be read back; names the place.
    #[error("inconsistent data: {place}: {problem}")]
    Inconsistent {
        /// Table, column and key.
        place: String,
        /// What is wrong with the value.
        problem: String,
    },
    /// A page was asked for with a cursor or size that cannot be served.
    #[error("{0}")]
    Page(#[from] crate::page::PageError),
    /// Another ingester holds the lease of the source, or took it over in the meantime.
    #[error("source {source_name} is being ingested by {owner}")]
    LeaseHeld {
        /// The source.
        source_name: String,
        /// Who holds the lease.
        owner: String,
    },
    /// The audit trail has gone without a signed head for too long, so nothing is written any more.
    #[error(
        "entries of the audit trail wait for a signed head since {since}: see why `serve` cannot sign, then write again"
    )]
    AuditUnsigned {
        /// The time of the first entry without one.
        since: chrono::DateTime<chrono::Utc>,
    },
    /// So many tokens are revoked at one time as the list holds.
    #[error(
        "{} tokens are revoked at one time: withdraw the key of their issuer instead",
        crate::access::MOST_REVOKED
    )]
    RevokedFull,
    /// A hub below cannot have the name of a source.
    #[error("{0:?} is a source of this hub itself: give the hub below another name")]
    PeerName(String),
    /// A webhook cannot be set up as asked.
    #[error("{0}")]
    Webhook(String),
    /// The run to act on does not exist or is in a state that does not allow the action.
    #[error("run {run}: {problem}")]
    Run {
        /// The run.
        run: String,
        /// Why it cannot be done.
        problem: String,
    },
}

impl Error {
    /// Whether the database has no room left to write, or its disk is broken.
    pub fn is_disk(&self) -> bool {
        let text = self.to_string();
        ["disk is full", "disk I/O", "No space left"]
            .iter()
            .any(|sign| text.contains(sign))
    }

    /// An inconsistency at `place`.
    pub fn inconsistent(place: impl Into<String>, problem: impl ToString) -> Self {
        Self::Inconsistent {
            place: place.into(),
            problem: problem.to_string(),
        }
    }
}
