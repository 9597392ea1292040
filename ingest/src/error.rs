//! Why a file cannot be taken at all, with the place and the remedy.

use std::path::PathBuf;

/// An error that ends a run, or keeps it from starting. Rows that cannot be taken are no error: they go to quarantine.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// No such adapter.
    #[error("there is no adapter {name:?}; known adapters: {known}")]
    UnknownAdapter {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// The path cannot be read.
    #[error("{path}: {cause}; check the path and its rights")]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The path is a directory.
    #[error(
        "{path} is a directory: name one of its files (in a shell: for f in {path}/*; do nqi-hub ingest ADAPTER \"$f\"; done)"
    )]
    Directory {
        /// The path.
        path: PathBuf,
    },
    /// The file has no bytes, or no records.
    #[error("{path} is empty: ask the source to send it again")]
    Empty {
        /// The path.
        path: PathBuf,
    },
    /// The bytes are in an encoding that is not read.
    #[error("{path}: {problem}; save the file as UTF-8 or GB18030")]
    Encoding {
        /// The path.
        path: PathBuf,
        /// What was found.
        problem: String,
    },
    /// No mapping file knows the columns.
    #[error("{path}, line {line}: no known form has these columns: {found}. {nearest}")]
    UnknownForm {
        /// The path.
        path: PathBuf,
        /// The line of the header.
        line: u64,
        /// The columns that were found.
        found: String,
        /// The nearest form and what it misses.
        nearest: String,
    },
    /// A workbook cannot be read.
    #[error("{path}: {cause}")]
    Spreadsheet {
        /// The workbook.
        path: PathBuf,
        /// Why.
        cause: crate::file::spreadsheet::SheetError,
    },
    /// The pages of the platform cannot be read to the end.
    #[error(transparent)]
    Crawl(#[from] crate::platform::crawl::CrawlError),
    /// What was read of the platform is no complete copy of it.
    #[error(
        "{url}: {left_out} records were left out, and these areas still changed: {unsettled}. Run the command without --complete, or again later"
    )]
    NotComplete {
        /// The platform.
        url: String,
        /// Records that the lists name and that cannot be shown.
        left_out: usize,
        /// Areas that changed in the last pass.
        unsettled: String,
    },
    /// The header line cannot be read.
    #[error("{path}, line {line}: {problem}")]
    Header {
        /// The path.
        path: PathBuf,
        /// The line.
        line: u64,
        /// What is wrong.
        problem: String,
    },
    /// The bytes are erased.
    #[error(
        "the raw file {sha256} was erased on {at}, so it is read no more; what was taken from it stays in the hub. If rows of it are \
         still wanted, ask the source for a new file"
    )]
    Erased {
        /// The SHA-256 of its bytes.
        sha256: String,
        /// When its key was erased.
        at: chrono::DateTime<chrono::Utc>,
    },
    /// Another file came under the number of this batch and was accepted.
    #[error(
        "{path}: batch {batch} was accepted before with other content (run {run}): ask the sender for a package with a number of its own"
    )]
    BatchReused {
        /// The file.
        path: PathBuf,
        /// The number of the batch.
        batch: String,
        /// The run that took the first one.
        run: String,
    },
    /// A hub below cannot be reached as it was told.
    #[error("{peer}: {why}")]
    Relay {
        /// The name of the hub.
        peer: String,
        /// What is wrong.
        why: String,
    },
    /// A hub below cannot be followed.
    #[error(transparent)]
    Below(#[from] client::Error),
    /// A file beside the one to ingest says something else about it.
    #[error("{path}: {problem}")]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// Another process writes for this source.
    #[error(
        "source {source_name} is being ingested by {owner}; wait for it to end, or for its lease to run out (60 s)"
    )]
    Busy {
        /// The source.
        source_name: String,
        /// Who holds the lease.
        owner: String,
    },
    /// A mapping file or a table inside the binary is broken.
    #[error("built-in data {name}: {problem}")]
    BuiltIn {
        /// The file.
        name: String,
        /// What is wrong.
        problem: String,
    },
    /// Writing failed.
    #[error("{0}{hint}", hint = hint(.0))]
    Write(entity::Error),
    /// Reading or storing the file failed half-way.
    #[error("{place}: {cause}{hint}", hint = io_hint(.cause))]
    Io {
        /// What was being done.
        place: String,
        /// What the system says.
        cause: std::io::Error,
    },
}

impl From<entity::Error> for IngestError {
    fn from(error: entity::Error) -> Self {
        match error {
            entity::Error::LeaseHeld { source_name, owner } => Self::Busy { source_name, owner },
            other => Self::Write(other),
        }
    }
}

/// What to do about a database that does not take a row.
fn hint(error: &entity::Error) -> &'static str {
    if !matches!(error, entity::Error::Database(_)) {
        return "";
    }
    if error.is_disk() {
        "; the disk is full or broken: free some space and run the same command again, it goes on where it stopped"
    } else {
        "; run the same command again, it goes on where it stopped"
    }
}

fn io_hint(cause: &std::io::Error) -> &'static str {
    match cause.kind() {
        std::io::ErrorKind::StorageFull
        | std::io::ErrorKind::FileTooLarge
        | std::io::ErrorKind::QuotaExceeded => "; free some space and run the same command again",
        _ => "",
    }
}
