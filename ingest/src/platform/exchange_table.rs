//! The exchange table as a file: the rows that wait, one JSON object a line, in the order of their numbers.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use entity::Database;
use entity::ingestion::exchange;

use crate::IngestError;

/// Rows that are taken in one run.
const MOST: usize = 50_000;
/// Rows read at once.
const PAGE: u64 = 1_000;

/// Rows written to a file.
pub(crate) struct Drained {
    /// The file.
    pub(crate) path: PathBuf,
    /// The numbers of the rows.
    pub(crate) ids: Vec<i64>,
}

/// Writes the rows that wait to a file below `data_dir`; none when no row waits.
pub(crate) async fn drain(db: &Database, data_dir: &Path) -> Result<Option<Drained>, IngestError> {
    let path = data_dir.join("exchange-table.draining");
    let failed = |cause| IngestError::Io {
        place: format!("writing {}", path.display()),
        cause,
    };
    fs::create_dir_all(data_dir).map_err(failed)?;
    let mut file = BufWriter::new(File::create(&path).map_err(failed)?);
    let mut ids: Vec<i64> = Vec::new();
    while ids.len() < MOST {
        let rows = exchange::waiting(db, ids.last().copied().unwrap_or(0), PAGE).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            // Every row shows the fields by which the form is known, whatever the first neighbour left empty.
            let mut fields = row.fields;
            for field in ["record_id", "standard_number"] {
                fields
                    .entry(field)
                    .or_insert_with(|| serde_json::Value::String(String::new()));
            }
            serde_json::to_writer(&mut file, &fields).map_err(|error| failed(error.into()))?;
            file.write_all(b"\n").map_err(failed)?;
            ids.push(row.id);
        }
    }
    file.flush().map_err(failed)?;
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else {
        fs::remove_file(&path).map_err(failed)?;
        return Ok(None);
    };
    // Named by its rows: how many wait from time to time tells nothing about the source.
    let named = data_dir.join(format!("exchange-table-{first}-{last}.ndjson"));
    fs::rename(&path, &named).map_err(failed)?;
    Ok(Some(Drained { path: named, ids }))
}
