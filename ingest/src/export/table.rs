//! Records as CSV.

use std::io::Write;
use std::path::Path;

use entity::change::feed;

use super::ExportError;
use super::cell::{self, HEAD};
use super::file::{Growing, unwritable};
use super::progress::Progress;
use super::source::{Sink, Source};
use crate::cell::harmless;

/// Tells spreadsheets that the text is UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Writes a header and a line for each record.
pub(super) async fn write(
    source: &Source<'_>,
    path: &Path,
    progress: &mut Progress,
) -> Result<(), ExportError> {
    let mut table = match Growing::resume(path, progress.current.bytes)? {
        Some(file) => Table::over(file, path, progress),
        None => {
            progress.begin_anew(source.kind)?;
            progress.current.columns = source.members().await?;
            let mut file = Growing::create(path)?;
            file.write_all(MARK).map_err(|cause| unwritable(path, cause))?;
            let mut table = Table::over(file, path, progress);
            table.header()?;
            table
        }
    };
    let (behind, rows) = (table.progress.current.key.clone(), table.rows);
    source.each(behind.as_deref(), rows, &mut table).await?;
    let Table { writer, rows, .. } = table;
    let file = writer.into_inner();
    let file = file.map_err(|error| unwritable(path, std::io::Error::other(error.to_string())))?;
    progress.wrote(file.close(rows)?);
    Ok(())
}

struct Table<'a> {
    writer: csv::Writer<Growing>,
    path: &'a Path,
    rows: u64,
    progress: &'a mut Progress,
}

impl<'a> Table<'a> {
    fn over(file: Growing, path: &'a Path, progress: &'a mut Progress) -> Self {
        Self {
            writer: csv::WriterBuilder::new()
                .terminator(csv::Terminator::CRLF)
                .from_writer(file),
            path,
            rows: progress.current.rows,
            progress,
        }
    }

    fn header(&mut self) -> Result<(), ExportError> {
        let columns = &self.progress.current.columns;
        let header = HEAD.into_iter().chain(columns.iter().map(String::as_str));
        let written = self.writer.write_record(header);
        written.map_err(|cause| unwritable(self.path, std::io::Error::other(cause)))
    }
}

impl Sink for Table<'_> {
    fn take(&mut self, event: &feed::Model) -> Result<(), ExportError> {
        self.rows += 1;
        let cells = cell::of(event, &self.progress.current.columns);
        let written = self.writer.write_record(cells.iter().map(|cell| harmless(cell)));
        written.map_err(|cause| unwritable(self.path, std::io::Error::other(cause)))
    }

    fn reached(&mut self, key: &str) -> Result<(), ExportError> {
        if !self.progress.is_due() {
            return Ok(());
        }
        self.writer
            .flush()
            .map_err(|cause| unwritable(self.path, cause))?;
        let bytes = self.writer.get_ref().sync()?;
        self.progress.reached(key, self.rows, bytes)
    }
}
