//! Records as a workbook. Every cell is a text, so none is a formula.

use std::path::Path;

use rust_xlsxwriter::{Workbook, Worksheet};

use super::cell::{self, HEAD};
use super::file::{self, Written};
use super::{ExportError, Source};

/// Records of a sheet: one row is the header.
const MOST_ROWS: u32 = 1_048_575;
/// Characters (of UTF-16) of a cell.
const LONGEST: usize = 32_767;

/// Writes a sheet, or as many as the records need.
pub(super) async fn write(source: &Source<'_>, path: &Path) -> Result<Vec<Written>, ExportError> {
    let failed = |cause| ExportError::Workbook {
        path: path.to_owned(),
        cause,
    };
    let columns = source.members().await?;
    let header: Vec<&str> = HEAD
        .into_iter()
        .chain(columns.iter().map(String::as_str))
        .collect();
    let mut book = Workbook::new();
    let (mut rows, mut cut, mut row) = (0, 0, MOST_ROWS);
    let mut sheet = None;
    source
        .each(|event| {
            if row == MOST_ROWS {
                let next = book.add_worksheet_with_constant_memory().map_err(failed)?;
                cells(next, 0, &header).map_err(failed)?;
                sheet = Some(book.worksheets().len() - 1);
                row = 0;
            }
            row += 1;
            rows += 1;
            let texts: Vec<String> = cell::of(event, &columns)
                .into_iter()
                .map(|text| fitting(text, &mut cut))
                .collect();
            let index = sheet.unwrap_or_default();
            let here = book.worksheet_from_index(index).map_err(failed)?;
            cells(here, row, &texts).map_err(failed)
        })
        .await?;
    if sheet.is_none() {
        cells(book.add_worksheet(), 0, &header).map_err(failed)?;
    }
    book.save(file::part(path)).map_err(failed)?;
    Ok(vec![file::adopt(path, rows, cut)?])
}

fn cells<T: AsRef<str>>(
    sheet: &mut Worksheet,
    row: u32,
    texts: &[T],
) -> Result<(), rust_xlsxwriter::XlsxError> {
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
