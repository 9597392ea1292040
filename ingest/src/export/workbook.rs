//! Records as a workbook. Every cell is a text, so none is a formula.

use std::path::Path;

use entity::change::feed;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::ExportError;
use super::cell::{self, HEAD};
use super::file;
use super::progress::Progress;
use super::source::{Sink, Source};

/// Records of a sheet: one row is the header.
const MOST_ROWS: u32 = 1_048_575;
/// Characters (of UTF-16) of a cell.
const LONGEST: usize = 32_767;

/// Writes a sheet, or as many as the records need. A workbook is begun anew where it was interrupted.
pub(super) async fn write(
    source: &Source<'_>,
    path: &Path,
    progress: &mut Progress,
) -> Result<(), ExportError> {
    let mut sheets = Sheets {
        book: Workbook::new(),
        path,
        columns: source.members().await?,
        rows: 0,
        cut: 0,
        row: MOST_ROWS,
    };
    source.each(None, 0, &mut sheets).await?;
    if sheets.rows == 0 {
        sheets.add()?;
    }
    let saved = sheets.book.save(file::part(path));
    saved.map_err(|cause| sheets.failed(cause))?;
    progress.wrote(file::adopt(path, sheets.rows, sheets.cut)?);
    Ok(())
}

struct Sheets<'a> {
    book: Workbook,
    path: &'a Path,
    columns: Vec<String>,
    /// Records in all sheets.
    rows: u64,
    /// Cells that were cut.
    cut: u64,
    /// Records in the last sheet.
    row: u32,
}

impl Sheets<'_> {
    fn add(&mut self) -> Result<(), ExportError> {
        let columns = self.columns.iter().map(String::as_str);
        let header: Vec<&str> = HEAD.into_iter().chain(columns).collect();
        let added = self.book.add_worksheet_with_constant_memory();
        let written = added.and_then(|sheet| cells(sheet, 0, &header));
        self.row = 0;
        written.map_err(|cause| self.failed(cause))
    }

    fn failed(&self, cause: XlsxError) -> ExportError {
        ExportError::Workbook {
            path: self.path.to_owned(),
            cause,
        }
    }
}

impl Sink for Sheets<'_> {
    fn take(&mut self, event: &feed::Model) -> Result<(), ExportError> {
        if self.row == MOST_ROWS {
            self.add()?;
        }
        self.row += 1;
        self.rows += 1;
        let told = cell::of(event, &self.columns).into_iter();
        let texts: Vec<String> = told.map(|text| fitting(text, &mut self.cut)).collect();
        let last = self.book.worksheets().len().saturating_sub(1);
        let sheet = self.book.worksheet_from_index(last);
        let written = sheet.and_then(|sheet| cells(sheet, self.row, &texts));
        written.map_err(|cause| self.failed(cause))
    }
}

fn cells<T: AsRef<str>>(sheet: &mut Worksheet, row: u32, texts: &[T]) -> Result<(), XlsxError> {
    for (column, text) in (0..).zip(texts) {
        if !text.as_ref().is_empty() {
            sheet.write_string(row, column, text.as_ref())?;
        }
    }
    Ok(())
}

/// The text, cut where it is longer than a cell holds.
fn fitting(text: String, cut: &mut u64) -> String {
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return text;
    }
    *cut += 1;
    let mut left = LONGEST - 1;
    let mut kept: String = text
        .chars()
        .take_while(|sign| {
            let fits = sign.len_utf16() <= left;
            left = left.saturating_sub(sign.len_utf16());
            fits
        })
        .collect();
    kept.push('…');
    kept
}
