//! Files of what a reader may see: lines of JSON, CSV or workbooks, a file for each kind, and a manifest that proves them.
//!
//! Records are read in steps and written as they come, so memory does not grow with their number. All files tell how records stood at
//! one place of the feed, and the manifest names its cursor: whoever has the files goes on from there.

mod cell;
mod file;
mod lines;
mod table;
mod workbook;

use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use entity::change::{self, Place};
use entity::record::RecordKind;
use entity::value::RegionCode;
use entity::{Clock, Database, Scope};
use serde::Serialize;

pub use file::Written;

/// Records that one statement reads.
const STEP: u64 = 1_000;
const MANIFEST: &str = "manifest.json";

/// The form of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A record a line, as JSON.
    Ndjson,
    /// RFC 4180 in UTF-8 with a byte order mark, a column for each member of the records; no cell is a formula.
    Csv,
    /// The same as a workbook (OOXML), every cell a text.
    Xlsx,
}

impl Form {
    fn extension(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

impl FromStr for Form {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "ndjson" => Ok(Self::Ndjson),
            "csv" => Ok(Self::Csv),
            "xlsx" => Ok(Self::Xlsx),
            _ => Err("there are ndjson, csv and xlsx".to_owned()),
        }
    }
}

/// What to write.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Whose view.
    pub scope: Scope,
    /// Which kinds; every one where none is named.
    pub kinds: Vec<RecordKind>,
    /// Which regions with what lies in them; all where none is named.
    pub regions: Vec<RegionCode>,
    /// As what.
    pub form: Form,
    /// An empty or missing directory.
    pub out: PathBuf,
}

/// Why nothing, or not everything, was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Files of somebody else are there.
    #[error("{0} is not empty: choose an empty or missing directory")]
    NotEmpty(PathBuf),
    /// The system does not let it be written.
    #[error("{path}: {cause}")]
    Unwritable {
        /// The file or directory.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A workbook cannot be written.
    #[error("{path}: {cause}")]
    Workbook {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: rust_xlsxwriter::XlsxError,
    },
    /// The database.
    #[error(transparent)]
    Database(#[from] entity::Error),
}

/// What was written, and how to go on.
#[derive(Debug, Clone, Serialize)]
pub struct Manifest {
    /// When (RFC 3339).
    pub written_at: String,
    /// The epoch of the feed.
    pub epoch: String,
    /// The cursor for `changes(after:)`, where the reader has one.
    pub cursor: Option<String>,
    /// The kinds.
    pub kinds: Vec<&'static str>,
    /// The regions; all of them where none is named.
    pub regions: Vec<String>,
    /// The files.
    pub files: Vec<Written>,
}

/// Writes the files and the manifest. `cursor` names a place of the feed for the reader; `told` hears of every step.
pub async fn export(
    db: &Database,
    clock: &Clock,
    plan: &Plan,
    cursor: impl AsyncFnOnce(&Scope, &change::Head) -> Result<Option<String>, entity::Error>,
    told: impl Fn(RecordKind, u64),
) -> Result<Manifest, ExportError> {
    make_empty(&plan.out)?;
    let kinds = if plan.kinds.is_empty() {
        RecordKind::ALL.to_vec()
    } else {
        plan.kinds.clone()
    };
    let asked = plan.scope.narrowed(plan.kinds.clone(), plan.regions.clone());
    let head = change::head(db, &asked).await?;
    let head = change::Head {
        position: head.position.max(head.pruned),
        ..head
    };
    let mut files = Vec::new();
    for kind in kinds {
        let path = plan
            .out
            .join(format!("{}.{}", kind.as_str(), plan.form.extension()));
        let source = Source {
            db,
            scope: plan.scope.narrowed(vec![kind], plan.regions.clone()),
            position: head.position,
            kind,
            told: &told,
        };
        let written = match plan.form {
            Form::Ndjson => lines::write(&source, &path).await?,
            Form::Csv => table::write(&source, &path).await?,
            Form::Xlsx => workbook::write(&source, &path).await?,
        };
        files.extend(written);
    }
    let manifest = Manifest {
        written_at: entity::clock::instant_text(clock.now()),
        cursor: cursor(&asked, &head).await?,
        epoch: head.epoch,
        kinds: plan.kinds.iter().map(|kind| kind.as_str()).collect(),
        regions: plan
            .regions
            .iter()
            .map(|region| region.as_str().to_owned())
            .collect(),
        files,
    };
    let path = plan.out.join(MANIFEST);
    let text = serde_json::to_string_pretty(&manifest).map_err(io::Error::other);
    text.and_then(|text| std::fs::write(&path, text + "\n"))
        .map_err(|cause| ExportError::Unwritable { path, cause })?;
    Ok(manifest)
}

fn make_empty(folder: &Path) -> Result<(), ExportError> {
    let unwritable = |cause| ExportError::Unwritable {
        path: folder.to_owned(),
        cause,
    };
    std::fs::create_dir_all(folder).map_err(unwritable)?;
    let is_empty = std::fs::read_dir(folder).map_err(unwritable)?.next().is_none();
    if is_empty {
        Ok(())
    } else {
        Err(ExportError::NotEmpty(folder.to_owned()))
    }
}

/// The records of a kind, step by step.
struct Source<'a> {
    db: &'a Database,
    scope: Scope,
    position: i64,
    kind: RecordKind,
    told: &'a dyn Fn(RecordKind, u64),
}

impl Source<'_> {
    /// Hands every record over, in the order of keys.
    async fn each(
        &self,
        mut take: impl FnMut(&change::feed::Model) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let (mut after, mut count): (Option<Place>, u64) = (None, 0);
        loop {
            let found = change::snapshot(self.db, &self.scope, self.position, after.as_ref(), STEP).await?;
            for event in &found {
                take(event)?;
            }
            count += found.len() as u64;
            (self.told)(self.kind, count);
            match found.last() {
                Some(last) if found.len() as u64 == STEP => {
                    after = Some((last.kind.clone(), last.record_key.clone()));
                }
                _ => return Ok(()),
            }
        }
    }

    /// The names of the members at the top of all records, each where it came first.
    async fn members(&self) -> Result<Vec<String>, ExportError> {
        let mut names: Vec<String> = Vec::new();
        self.each(|event| {
            for name in cell::members(&event.body).keys() {
                if !names.contains(name) {
                    names.push(name.clone());
                }
            }
            Ok(())
        })
        .await?;
        Ok(names)
    }
}
