//! Copies: what every one of them can do, where it stands, and which kinds there are.

mod folder;
mod lock;
mod segment;
mod sqlite;
mod state;

use std::path::{Path, PathBuf};

use async_trait::async_trait;

pub use folder::Folder;
pub use sqlite::Sqlite;
pub use state::{Begun, State};

use crate::record::Record;
use crate::{Error, Result};

/// A copy that somebody writes to. All that is written between two commits is of one generation. What is written counts from the next [`commit`](Store::commit) on, all of it or nothing, whatever
/// kills the process.
#[async_trait]
pub trait Store: Send {
    /// Where the copy stands, as of the last commit.
    fn state(&self) -> &State;

    /// The version of a record or of its tombstone.
    async fn version(&mut self, kind: &str, key: &str) -> Result<Option<i64>>;

    /// Writes a record, whatever is there.
    async fn put(&mut self, record: &Record, generation: i64) -> Result<()>;

    /// Puts a tombstone into the place of a record.
    async fn bury(&mut self, tombstone: &Tombstone, generation: i64) -> Result<()>;

    /// Drops a record or tombstone with its version.
    async fn forget(&mut self, kind: &str, key: &str, generation: i64) -> Result<()>;

    /// Drops what was last written in an older generation; tells how much.
    async fn sweep(&mut self, generation: i64) -> Result<u64>;

    /// Makes all that was written since the last commit count, together with the place where the copy stands now.
    async fn commit(&mut self, state: State) -> Result<()>;

    /// Undoes all that was written since the last commit.
    async fn roll_back(&mut self) -> Result<()>;
}

/// What stays of a record that is gone at the hub, so that an older word about it does not bring it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    /// The kind of the record.
    pub kind: String,
    /// Its key.
    pub key: String,
    /// The version with which it went.
    pub version: i64,
    /// The day on which it went, in China.
    pub day: String,
}

/// The forms of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Sqlite,
    Folder,
}

/// A file is SQLite and a folder is NDJSON; where there is nothing yet, the ending decides.
fn form(path: &Path) -> Form {
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    let is_file_name = ["sqlite", "sqlite3", "db"].contains(&ending.to_ascii_lowercase().as_str());
    if path.is_file() || (is_file_name && !path.is_dir()) {
        Form::Sqlite
    } else {
        Form::Folder
    }
}

/// Opens a copy for writing, or begins one: an SQLite file, where the path is one or ends in `.sqlite`, `.sqlite3` or `.db`, else a
/// folder of NDJSON. Nobody else writes to it until it is dropped.
pub async fn open(path: &Path) -> Result<Box<dyn Store>> {
    Ok(match form(path) {
        Form::Sqlite => Box::new(Sqlite::open(path).await?),
        Form::Folder => Box::new(Folder::open(path)?),
    })
}

/// Reads a copy as of its last commit, without changing anything: every record is given to `take`, in no certain order. Somebody
/// else may write to it meanwhile.
pub async fn read(path: &Path, take: &mut (dyn FnMut(Record) + Send)) -> Result<State> {
    if !path.exists() {
        return Err(Error::copy(path.display(), "there is no copy"));
    }
    match form(path) {
        Form::Sqlite => sqlite::read(path, take).await,
        Form::Folder => folder::read(path, take),
    }
}

/// The path of a file beside or in a copy.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
