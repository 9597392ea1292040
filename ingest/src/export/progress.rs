//! How far an export came: a file beside its files, by which the same command goes on after it was killed.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use entity::change::Head;
use entity::clock::{china_day, instant_text};
use entity::record::RecordKind;
use serde::{Deserialize, Serialize};

use super::file::{self, Written, unwritable};
use super::{ExportError, MANIFEST, Plan};

/// Steps of records between two notes.
const STEPS: u32 = 5;

/// How far it came.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Progress {
    /// The words of the export.
    words: Vec<String>,
    pub(super) written_at: String,
    epoch: String,
    /// The place of the feed that all files tell of.
    pub(super) position: i64,
    /// The kinds that are written.
    done: Vec<String>,
    /// The files that are whole.
    pub(super) files: Vec<Written>,
    /// What is being written.
    pub(super) current: Current,
    #[serde(skip)]
    path: PathBuf,
    /// Whether another process began it.
    #[serde(skip)]
    pub(super) goes_on: bool,
    /// Steps since the last note.
    #[serde(skip)]
    steps: u32,
}

/// What is safe of the kind that is being written.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(super) struct Current {
    kind: String,
    /// The last record of it.
    pub(super) key: Option<String>,
    /// How many there are.
    pub(super) rows: u64,
    /// The bytes of the file that hold them.
    pub(super) bytes: u64,
    /// The columns of the file.
    pub(super) columns: Vec<String>,
    /// The files of the kind.
    pub(super) parts: u32,
}

impl Progress {
    /// Begins an export, or goes on with the one that was begun there on the same day in China. The time for which a record may be
    /// public ends with a day, and a file that is begun at a place of the feed knows nothing of what ended since.
    pub(super) fn open(plan: &Plan, head: &Head, now: DateTime<Utc>) -> Result<Self, ExportError> {
        let folder = &plan.out;
        let failed = |cause| unwritable(folder, cause);
        std::fs::create_dir_all(folder).map_err(failed)?;
        let path = file::part(&folder.join(MANIFEST));
        if let Ok(text) = std::fs::read_to_string(&path) {
            let begun: Option<Self> = serde_json::from_str(&text).ok();
            let begun = begun.filter(|begun| begun.words == plan.words());
            let begun = begun.ok_or_else(|| ExportError::OtherExport(folder.clone()))?;
            if begun.epoch != head.epoch || begun.position < head.pruned {
                return Err(ExportError::Overtaken(folder.clone()));
            }
            if begun.day() != Some(china_day(now)) {
                return Err(ExportError::OtherDay(folder.clone()));
            }
            return Ok(Self {
                path,
                goes_on: true,
                ..begun
            });
        }
        // A kill during the first note leaves nothing but its half, which the next one takes the place of.
        let half = file::coming(&path);
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            if entry.map_err(failed)?.path() != half {
                return Err(ExportError::NotEmpty(folder.clone()));
            }
        }
        let progress = Self {
            words: plan.words(),
            written_at: instant_text(now),
            epoch: head.epoch.clone(),
            position: head.position.max(head.pruned),
            done: Vec::new(),
            files: Vec::new(),
            current: Current::default(),
            path,
            goes_on: false,
            steps: 0,
        };
        progress.note()?;
        Ok(progress)
    }

    /// The day in China on which it was begun.
    fn day(&self) -> Option<NaiveDate> {
        let begun = DateTime::parse_from_rfc3339(&self.written_at).ok()?;
        Some(china_day(begun.to_utc()))
    }

    /// Whether all files of a kind are whole.
    pub(super) fn is_done(&self, kind: RecordKind) -> bool {
        self.done.iter().any(|done| done == kind.as_str())
    }

    /// Begins a kind, or goes on with it.
    pub(super) fn begin(&mut self, kind: RecordKind) -> Result<(), ExportError> {
        if self.current.kind == kind.as_str() {
            return Ok(());
        }
        self.begin_anew(kind)
    }

    /// Begins a kind from its first record.
    pub(super) fn begin_anew(&mut self, kind: RecordKind) -> Result<(), ExportError> {
        self.current = Current {
            kind: kind.as_str().to_owned(),
            ..Current::default()
        };
        self.note()
    }

    /// Whether it is time to make safe what was written.
    pub(super) fn is_due(&mut self) -> bool {
        self.steps += 1;
        self.steps >= STEPS
    }

    /// Notes what is safe.
    pub(super) fn reached(&mut self, key: &str, rows: u64, bytes: u64) -> Result<(), ExportError> {
        self.steps = 0;
        self.current.key = Some(key.to_owned());
        self.current.rows = rows;
        self.current.bytes = bytes;
        self.note()
    }

    /// A file is whole.
    pub(super) fn wrote(&mut self, written: Written) {
        self.files.push(written);
    }

    /// Every file of a kind is whole.
    pub(super) fn finish(&mut self, kind: RecordKind) -> Result<(), ExportError> {
        self.done.push(kind.as_str().to_owned());
        self.current = Current::default();
        self.note()
    }

    /// The manifest stands in its place.
    pub(super) fn remove(self) -> Result<(), ExportError> {
        std::fs::remove_file(&self.path).map_err(|cause| unwritable(&self.path, cause))
    }

    fn note(&self) -> Result<(), ExportError> {
        let text = serde_json::to_string(self).map_err(std::io::Error::other);
        text.and_then(|text| file::replace(&self.path, &text))
            .map_err(|cause| unwritable(&self.path, cause))
    }
}
