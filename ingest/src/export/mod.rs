//! Files of what a reader may see: lines of JSON, CSV, workbooks or packages, for each kind its own, and a manifest that proves them.
//!
//! Records are read in steps and written as they come, so memory does not grow with their number. All files tell how records stood at
//! one place of the feed, and the manifest names its cursor: whoever has the files goes on from there. An export that was killed goes
//! on where it stopped, at the same place of the feed, if that is on the same day in China; records that left the view of the reader since
//! then are left out of what it still has to write.

mod cell;
mod file;
mod lines;
mod package;
mod package_row;
mod plan;
mod progress;
mod source;
mod table;
mod workbook;

use std::io;
use std::path::PathBuf;

use entity::change;
use entity::record::RecordKind;
use entity::{Clock, Database, Scope};
use serde::Serialize;

pub use file::Written;
pub use package::{Packing, SENDER};
pub use plan::{Form, Plan};
use progress::Progress;
use source::Source;

const MANIFEST: &str = "manifest.json";

/// Why nothing, or not everything, was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Files of somebody else are there.
    #[error("{0} is not empty: choose an empty or missing directory")]
    NotEmpty(PathBuf),
    /// An export of something else was begun there.
    #[error(
        "{0} holds an export that was begun with other words and is not finished: repeat those, or choose an empty directory"
    )]
    OtherExport(PathBuf),
    /// What was public when it began may not be public today.
    #[error(
        "the export in {0} was begun on another day (China time), and what was public then may not be public now: delete what it wrote \
         and begin anew in an empty directory"
    )]
    OtherDay(PathBuf),
    /// The place of the feed at which the export began means nothing any more.
    #[error(
        "the export in {0} cannot be finished, since the change feed does not know its beginning any more: choose an empty directory"
    )]
    Overtaken(PathBuf),
    /// There is no package for such records.
    #[error(
        "a package holds licences or penalties, and nothing of the kind {0}: leave it out, or take another form"
    )]
    NotPacked(&'static str),
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
    /// When it was begun (RFC 3339).
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

/// Writes the files and the manifest, or what is missing of them. `cursor` names a place of the feed for the reader; `told` hears of
/// every step.
pub async fn export(
    db: &Database,
    clock: &Clock,
    plan: &Plan,
    cursor: impl AsyncFnOnce(&Scope, &change::Head) -> Result<Option<String>, entity::Error>,
    told: impl Fn(RecordKind, u64),
) -> Result<Manifest, ExportError> {
    let kinds = plan.kinds_written()?;
    let asked = plan.scope.narrowed(plan.kinds.clone(), plan.regions.clone());
    let head = change::head(db, &asked).await?;
    let mut progress = Progress::open(plan, &head, clock.now())?;
    let head = change::Head {
        position: progress.position,
        ..head
    };
    for kind in kinds {
        if progress.is_done(kind) {
            continue;
        }
        let source = Source {
            db,
            scope: plan.scope.narrowed(vec![kind], plan.regions.clone()),
            position: head.position,
            kind,
            goes_on: progress.goes_on,
            told: &told,
        };
        let name = format!("{}.{}", kind.as_str(), plan.form.extension());
        let path = plan.out.join(name);
        progress.begin(kind)?;
        match plan.form {
            Form::Ndjson => lines::write(&source, &path, &mut progress).await?,
            Form::Csv => table::write(&source, &path, &mut progress).await?,
            Form::Xlsx => workbook::write(&source, &path, &mut progress).await?,
            Form::Package => package::write(&source, plan, &mut progress).await?,
        }
        progress.finish(kind)?;
    }
    let manifest = Manifest {
        written_at: progress.written_at.clone(),
        cursor: cursor(&asked, &head).await?,
        epoch: head.epoch,
        kinds: plan.kinds.iter().map(|kind| kind.as_str()).collect(),
        regions: plan
            .regions
            .iter()
            .map(|region| region.as_str().to_owned())
            .collect(),
        files: progress.files.clone(),
    };
    let path = plan.out.join(MANIFEST);
    let text = serde_json::to_string_pretty(&manifest).map_err(io::Error::other);
    text.and_then(|text| file::replace(&path, &(text + "\n")))
        .map_err(|cause| file::unwritable(&path, cause))?;
    progress.remove()?;
    Ok(manifest)
}
