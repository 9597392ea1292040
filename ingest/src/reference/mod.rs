//! The adapter `reference`: tables that everything else leans on: divisions with their changes, classifications,
//! holidays. A set of files that belong together is taken in as one object, because no single one of them tells the
//! whole story: a region's history needs the current list, the yearly changes and the lists in which a code was seen.

mod claims;
pub mod classification;
mod divisions;
pub mod holidays;
pub mod region_history;
mod set;

use std::io::Read;
use std::path::Path;

use chrono::NaiveDate;
use entity::ingestion::Row;

use crate::file::StoredObject;
use crate::file::object::{Incoming, receive_bytes};
use crate::pipeline::{Opened, RowSource};
use crate::{IngestError, bundle};

pub(crate) use divisions::{province_of_name, was_ever_a_division};

/// Grows whenever the same files would give other claims.
pub const VERSION: &str = "1";

/// The sets inside the binary.
pub const BUNDLED: [&str; 3] = ["divisions", "classification", "holidays"];

/// Stores the CSV files of a folder as one object.
pub(crate) fn store_folder(data_dir: &Path, folder: &Path) -> Result<Incoming, IngestError> {
    let unreadable = |cause| IngestError::Unreadable {
        path: folder.to_owned(),
        cause,
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|ending| ending == "csv") {
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            let bytes = std::fs::read(&path).map_err(|cause| IngestError::Unreadable {
                path: path.clone(),
                cause,
            })?;
            files.push((name, bytes));
        }
    }
    if files.is_empty() {
        return Err(IngestError::Empty {
            path: folder.to_owned(),
        });
    }
    files.sort();
    let name = folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    receive_bytes(data_dir, &name, &set::packed(&files), false)
}

/// Stores a set of the bundle as one object.
pub(crate) fn store_bundled(data_dir: &Path, name: &str) -> Result<Incoming, IngestError> {
    let mut files = Vec::new();
    for (path, bytes) in bundle::files(&format!("{name}/")) {
        if path.ends_with(".csv") {
            files.push((path.rsplit('/').next().unwrap_or(path).to_owned(), bytes?));
        }
    }
    receive_bytes(data_dir, name, &set::packed(&files), false)
}

/// Reads a stored set, or a file that stands alone.
pub(crate) fn open(object: &StoredObject, as_of: Option<NaiveDate>) -> Result<Opened, IngestError> {
    let mut bytes = Vec::new();
    let read = object.open().and_then(|mut plain| plain.read_to_end(&mut bytes));
    read.map_err(|cause| IngestError::Io {
        place: format!("reading {}", object.name),
        cause,
    })?;
    let read = set::read(object, &bytes)?;
    let as_of = as_of.unwrap_or(read.as_of);
    let rows: Vec<Row> = read
        .contents
        .into_iter()
        .zip(1_i64..)
        .map(|(content, row_no)| Row {
            row_no,
            line_no: row_no,
            source: read.source.to_owned(),
            as_of,
            content,
        })
        .collect();
    Ok(Opened {
        form: read.form.to_owned(),
        source: read.source.to_owned(),
        as_of,
        hold_above_percent: 1.0,
        notes: read.notes,
        rows: Box::new(ReadRows {
            rows: rows.into_iter(),
            bytes: object.bytes,
        }),
    })
}

/// Rows that were all made at once: reference tables are small.
struct ReadRows {
    rows: std::vec::IntoIter<Row>,
    bytes: u64,
}

impl RowSource for ReadRows {
    fn next_row(&mut self) -> Result<Option<Row>, IngestError> {
        Ok(self.rows.next())
    }

    fn offset(&self) -> u64 {
        self.bytes
    }

    fn cut(&self) -> Option<String> {
        None
    }
}
