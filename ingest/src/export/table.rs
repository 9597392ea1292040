//! Records as CSV.

use std::io::Write;
use std::path::Path;

use super::cell::{self, HEAD};
use super::file::{Growing, Written, unwritable};
use super::{ExportError, Source};
use crate::cell::harmless;

/// Tells spreadsheets that the text is UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Writes a header and a line for each record.
pub(super) async fn write(source: &Source<'_>, path: &Path) -> Result<Vec<Written>, ExportError> {
    let columns = source.members().await?;
    let mut file = Growing::create(path)?;
    file.write_all(MARK).map_err(|cause| unwritable(path, cause))?;
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(file);
    let failed = |cause: csv::Error| unwritable(path, std::io::Error::other(cause));
    let header = HEAD.into_iter().chain(columns.iter().map(String::as_str));
    table.write_record(header).map_err(failed)?;
    let mut rows = 0;
    source
        .each(|event| {
            rows += 1;
            let cells = cell::of(event, &columns);
            table
                .write_record(cells.iter().map(|cell| harmless(cell)))
                .map_err(failed)
        })
        .await?;
    let file = table.into_inner();
    let file = file.map_err(|error| unwritable(path, std::io::Error::other(error.to_string())))?;
    Ok(vec![file.close(rows)?])
}
