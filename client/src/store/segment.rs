//! A piece of a copy in a folder: lines of JSON that are only ever added to.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::record::Record;
use crate::{Error, Result};

/// What a line says. The last line about a record counts.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "operation", rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Line<R = Record> {
    /// The record is so.
    Put(R),
    /// It is gone at the hub.
    Delete {
        /// The kind of the record.
        kind: String,
        /// Its key.
        key: String,
        /// The version with which it went.
        version: i64,
        /// The day on which it went, in China.
        day: String,
    },
    /// The reader sees it no more.
    Leave {
        /// The kind of the record.
        kind: String,
        /// Its key.
        key: String,
    },
}

/// A file of a folder, and how many of its bytes count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Segment {
    /// The snapshot with or after which it was written.
    pub(super) generation: i64,
    /// Its number within the generation.
    pub(super) number: u64,
    /// What lies behind so many bytes was never committed.
    pub(super) bytes: u64,
}

/// Where a line stands: its segment and its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) generation: i64,
    pub(super) number: u64,
    pub(super) offset: u64,
}

impl Segment {
    pub(super) fn path(&self, folder: &Path) -> PathBuf {
        folder.join(format!(
            "records-{:06}-{:06}.ndjson",
            self.generation, self.number
        ))
    }

    /// Whether a file of a folder is a segment of some copy.
    pub(super) fn is_name(name: &str) -> bool {
        name.starts_with("records-") && name.ends_with(".ndjson")
    }

    /// Cuts off what was never committed; fails when committed bytes are missing.
    pub(super) fn cut(&self, folder: &Path) -> Result<()> {
        let path = self.path(folder);
        let failed = |cause: std::io::Error| Error::copy(path.display(), cause);
        let file = File::options().write(true).open(&path).map_err(failed)?;
        let found = file.metadata().map_err(failed)?.len();
        if found < self.bytes {
            let why = format!(
                "it has {found} bytes and should have {}: somebody cut it; take a new copy (--anew)",
                self.bytes
            );
            return Err(Error::copy(path.display(), why));
        }
        if found > self.bytes {
            file.set_len(self.bytes).map_err(failed)?;
        }
        Ok(())
    }

    /// Gives every line that counts to `take`, with its place.
    pub(super) fn walk(&self, folder: &Path, mut take: impl FnMut(Line, Place)) -> Result<()> {
        let path = self.path(folder);
        let failed = |cause: &dyn std::fmt::Display| Error::copy(path.display(), cause);
        let file = File::open(&path).map_err(|cause| failed(&cause))?;
        let mut lines = BufReader::with_capacity(1 << 20, file).take(self.bytes);
        let (mut text, mut offset) = (Vec::new(), 0);
        loop {
            text.clear();
            let length = lines
                .read_until(b'\n', &mut text)
                .map_err(|cause| failed(&cause))?;
            if length == 0 {
                break;
            }
            let line = serde_json::from_slice(&text);
            let line =
                line.map_err(|error| failed(&format!("byte {offset}: {error}; take a new copy (--anew)")))?;
            take(
                line,
                Place {
                    generation: self.generation,
                    number: self.number,
                    offset,
                },
            );
            offset += length as u64;
        }
        if offset != self.bytes {
            return Err(failed(&format!(
                "it has {offset} bytes and should have {}",
                self.bytes
            )));
        }
        Ok(())
    }
}

/// A segment that is being written.
pub(super) struct Writing {
    pub(super) segment: Segment,
    file: BufWriter<File>,
    path: PathBuf,
    /// Its length with what is not committed yet.
    written: u64,
}

impl Writing {
    /// Goes on behind what counts of a segment.
    pub(super) fn open(folder: &Path, segment: Segment) -> Result<Self> {
        let path = segment.path(folder);
        let opened = File::options().create(true).append(true).open(&path);
        let file = opened.map_err(|cause| Error::copy(path.display(), cause))?;
        Ok(Self {
            segment,
            file: BufWriter::with_capacity(1 << 18, file),
            path,
            written: segment.bytes,
        })
    }

    fn failed(&self, cause: impl std::fmt::Display) -> Error {
        Error::copy(self.path.display(), cause)
    }

    /// Adds a line and tells where it stands.
    pub(super) fn add(&mut self, line: &Line<&Record>) -> Result<Place> {
        let mut text = serde_json::to_vec(line).map_err(|error| self.failed(error))?;
        text.push(b'\n');
        self.file.write_all(&text).map_err(|cause| self.failed(cause))?;
        let place = Place {
            generation: self.segment.generation,
            number: self.segment.number,
            offset: self.written,
        };
        self.written += text.len() as u64;
        Ok(place)
    }

    /// Brings everything onto the disk; it counts when the state of the copy says so.
    pub(super) fn sync(&mut self) -> Result<()> {
        let synced = self.file.flush().and_then(|()| self.file.get_ref().sync_data());
        synced.map_err(|cause| self.failed(cause))?;
        self.segment.bytes = self.written;
        Ok(())
    }

    /// Cuts off what is not committed.
    pub(super) fn cut(&mut self) -> Result<()> {
        let cut = self
            .file
            .flush()
            .and_then(|()| self.file.get_ref().set_len(self.segment.bytes));
        cut.map_err(|cause| self.failed(cause))?;
        self.written = self.segment.bytes;
        Ok(())
    }
}
