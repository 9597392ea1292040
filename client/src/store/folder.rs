//! A copy in a folder: segments of NDJSON that only grow, and `state.json`, which says how many of their bytes count.
//!
//! A commit brings the new lines onto the disk and then replaces `state.json` by renaming, so whatever kills the process leaves the
//! state before or the state after. A snapshot begins new segments; at its end the older ones are dropped, and with them all that it
//! did not hold.

use std::collections::HashMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::lock::Lock;
use super::segment::{Line, Place, Segment, Writing};
use super::{State, Store, Tombstone};
use crate::record::Record;
use crate::{Error, Result};

/// A segment is left alone when it has grown to this.
const LARGE: u64 = 64 * 1024 * 1024;
/// The version of the form.
const FORM: u32 = 1;
const STATE: &str = "state.json";
const NEXT_STATE: &str = "state.json.next";
const LOCK: &str = "lock";

/// What `state.json` holds.
#[derive(Debug, Serialize, Deserialize)]
struct Held {
    form: u32,
    state: State,
    segments: Vec<Segment>,
}

/// What is known of a record or of its tombstone without reading it.
#[derive(Debug, Clone, Copy)]
struct Slot {
    version: i64,
    place: Place,
}

type Name = (String, String);

/// A copy in a folder.
pub struct Folder {
    folder: PathBuf,
    state: State,
    segments: Vec<Segment>,
    writing: Option<Writing>,
    /// Whether something was written since the last commit.
    writes: bool,
    index: HashMap<Name, Slot>,
    /// How the index was before the last commit, newest change last.
    undo: Vec<(Name, Option<Slot>)>,
    /// Segments of older generations go with the next commit.
    swept: Option<i64>,
    _lock: Lock,
}

impl Folder {
    /// Opens the folder, or makes it.
    pub fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(|cause| Error::copy(folder.display(), cause))?;
        let lock = Lock::take(&folder.join(LOCK))?;
        let held = held(folder)?;
        clear(folder, &held.segments)?;
        let mut index = HashMap::new();
        for segment in &held.segments {
            segment.cut(folder)?;
            segment.walk(folder, |line, place| {
                let (name, version) = named(line);
                match version {
                    Some(version) => index.insert(name, Slot { version, place }),
                    None => index.remove(&name),
                };
            })?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            state: held.state,
            segments: held.segments,
            writing: None,
            writes: false,
            index,
            undo: Vec::new(),
            swept: None,
            _lock: lock,
        })
    }

    /// The segment for the next line: the last one of the generation, unless it is large.
    fn begin(&mut self, generation: i64) -> Result<()> {
        if self.writes {
            return Ok(());
        }
        let fits = |segment: &Segment| segment.generation == generation && segment.bytes < LARGE;
        let last = self.segments.last().copied().filter(fits);
        if self
            .writing
            .as_ref()
            .is_none_or(|writing| !fits(&writing.segment))
        {
            let number = self
                .segments
                .iter()
                .filter(|segment| segment.generation == generation)
                .count();
            let next = Segment {
                generation,
                number: number as u64 + 1,
                bytes: 0,
            };
            self.writing = Some(Writing::open(&self.folder, last.unwrap_or(next))?);
        }
        self.writes = true;
        Ok(())
    }

    fn write(
        &mut self,
        line: &Line<&Record>,
        name: Name,
        version: Option<i64>,
        generation: i64,
    ) -> Result<()> {
        self.begin(generation)?;
        let Some(writing) = &mut self.writing else {
            return Ok(());
        };
        let place = writing.add(line)?;
        let slot = version.map(|version| Slot { version, place });
        self.keep(name, slot);
        Ok(())
    }

    /// Changes the index so that it can be undone.
    fn keep(&mut self, name: Name, slot: Option<Slot>) {
        let before = match slot {
            Some(slot) => self.index.insert(name.clone(), slot),
            None => self.index.remove(&name),
        };
        self.undo.push((name, before));
    }

    /// The segments as they are after the next commit.
    fn next_segments(&self) -> Vec<Segment> {
        let mut segments = self.segments.clone();
        if let Some(writing) = &self.writing {
            let written = writing.segment;
            segments.retain(|one| (one.generation, one.number) != (written.generation, written.number));
            segments.push(written);
        }
        segments
            .retain(|one| one.bytes > 0 && self.swept.is_none_or(|generation| one.generation == generation));
        segments
    }
}

#[async_trait]
impl Store for Folder {
    fn state(&self) -> &State {
        &self.state
    }

    async fn version(&mut self, kind: &str, key: &str) -> Result<Option<i64>> {
        let name = (kind.to_owned(), key.to_owned());
        Ok(self.index.get(&name).map(|slot| slot.version))
    }

    async fn put(&mut self, record: &Record, generation: i64) -> Result<()> {
        let name = (record.kind.clone(), record.key.clone());
        self.write(&Line::Put(record), name, Some(record.version), generation)
    }

    async fn bury(&mut self, tombstone: &Tombstone, generation: i64) -> Result<()> {
        let Tombstone {
            kind,
            key,
            version,
            day,
        } = tombstone.clone();
        let name = (kind.clone(), key.clone());
        self.write(
            &Line::Delete {
                kind,
                key,
                version,
                day,
            },
            name,
            Some(version),
            generation,
        )
    }

    async fn forget(&mut self, kind: &str, key: &str, generation: i64) -> Result<()> {
        let name = (kind.to_owned(), key.to_owned());
        if !self.index.contains_key(&name) {
            return Ok(());
        }
        let (kind, key) = name.clone();
        self.write(&Line::Leave { kind, key }, name, None, generation)
    }

    async fn sweep(&mut self, generation: i64) -> Result<u64> {
        let stale = self
            .index
            .iter()
            .filter(|(_, slot)| slot.place.generation != generation);
        let stale: Vec<Name> = stale.map(|(name, _)| name.clone()).collect();
        let swept = stale.len() as u64;
        for name in stale {
            self.keep(name, None);
        }
        self.swept = Some(generation);
        Ok(swept)
    }

    async fn commit(&mut self, state: State) -> Result<()> {
        if let Some(writing) = self.writing.as_mut().filter(|_| self.writes) {
            writing.sync()?;
        }
        let held = Held {
            form: FORM,
            state,
            segments: self.next_segments(),
        };
        replace(&self.folder, &held)?;
        (self.state, self.segments) = (held.state, held.segments);
        self.undo.clear();
        self.writes = false;
        if self.swept.take().is_some() {
            self.writing = None;
            clear(&self.folder, &self.segments)?;
        }
        Ok(())
    }

    async fn roll_back(&mut self) -> Result<()> {
        for (name, before) in self.undo.drain(..).rev() {
            match before {
                Some(slot) => self.index.insert(name, slot),
                None => self.index.remove(&name),
            };
        }
        if let Some(writing) = self.writing.as_mut().filter(|_| self.writes) {
            writing.cut()?;
        }
        self.writes = false;
        self.swept = None;
        Ok(())
    }
}

/// Whom a line is about, and the version that stays known.
fn named(line: Line) -> (Name, Option<i64>) {
    match line {
        Line::Put(record) => ((record.kind, record.key), Some(record.version)),
        Line::Delete {
            kind, key, version, ..
        } => ((kind, key), Some(version)),
        Line::Leave { kind, key } => ((kind, key), None),
    }
}

/// What `state.json` says; a folder without it has to be empty.
fn held(folder: &Path) -> Result<Held> {
    let path = folder.join(STATE);
    let failed = |cause: &dyn std::fmt::Display| Error::copy(path.display(), cause);
    if !path.exists() {
        // The name of a file of ours may be there after a kill before the first commit.
        let others = names(folder)?
            .into_iter()
            .find(|name| ![LOCK, NEXT_STATE].contains(&name.as_str()) && !Segment::is_name(name));
        if let Some(other) = others {
            let why =
                format!("it holds {other} and no {STATE}, so it is no copy of a hub; name an empty folder");
            return Err(Error::copy(folder.display(), why));
        }
        return Ok(Held {
            form: FORM,
            state: State::default(),
            segments: Vec::new(),
        });
    }
    let text = std::fs::read(&path).map_err(|cause| failed(&cause))?;
    let held: Held = serde_json::from_slice(&text).map_err(|error| failed(&error))?;
    if held.form != FORM {
        return Err(failed(&format!(
            "its form is {}, and this program knows {FORM}",
            held.form
        )));
    }
    Ok(held)
}

fn names(folder: &Path) -> Result<Vec<String>> {
    let failed = |cause: std::io::Error| Error::copy(folder.display(), cause);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        names.push(entry.map_err(failed)?.file_name().to_string_lossy().into_owned());
    }
    Ok(names)
}

/// Takes segments away that do not belong to the copy.
fn clear(folder: &Path, segments: &[Segment]) -> Result<()> {
    let ours: Vec<PathBuf> = segments.iter().map(|segment| segment.path(folder)).collect();
    for name in names(folder)?.into_iter().filter(|name| Segment::is_name(name)) {
        let path = folder.join(name);
        if !ours.contains(&path) {
            std::fs::remove_file(&path).map_err(|cause| Error::copy(path.display(), cause))?;
        }
    }
    Ok(())
}

/// Replaces `state.json` at one instant, and makes that last.
fn replace(folder: &Path, held: &Held) -> Result<()> {
    let next = folder.join(NEXT_STATE);
    let failed = |cause: std::io::Error| Error::copy(next.display(), cause);
    let text = serde_json::to_vec_pretty(held).map_err(|error| Error::copy(next.display(), error))?;
    let mut file = File::create(&next).map_err(failed)?;
    file.write_all(&text)
        .and_then(|()| file.sync_all())
        .map_err(failed)?;
    std::fs::rename(&next, folder.join(STATE)).map_err(failed)?;
    #[cfg(unix)]
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(failed)?;
    Ok(())
}

/// Reads the folder as its state says; the records in the order in which they were last written.
pub(super) fn read(folder: &Path, take: &mut (dyn FnMut(Record) + Send)) -> Result<State> {
    if !folder.join(STATE).exists() {
        return Err(Error::copy(folder.display(), "this is no copy of a hub"));
    }
    let held = held(folder)?;
    let mut last: HashMap<Name, Place> = HashMap::new();
    for segment in &held.segments {
        segment.walk(folder, |line, place| {
            last.insert(named(line).0, place);
        })?;
    }
    for segment in &held.segments {
        segment.walk(folder, |line, place| {
            if let Line::Put(record) = line {
                let name = (record.kind.clone(), record.key.clone());
                if last.get(&name) == Some(&place) {
                    take(record);
                }
            }
        })?;
    }
    Ok(held.state)
}
