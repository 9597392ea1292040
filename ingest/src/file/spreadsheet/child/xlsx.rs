//! XLSX and XLSM workbooks, cell by cell.

use std::io::{ErrorKind, Read, Seek};

use calamine::{Reader, Xlsx, XlsxError};

use super::number::Shown;
use super::output::Output;
use super::{value, wanted};
use crate::file::spreadsheet::answer::{Trouble, TroubleCode};

/// Writes the rows of the wanted sheets. The grid of a sheet is never built: its size is that of the rectangle around
/// all cells, and two cells in opposite corners make it 512 GiB.
pub(super) fn read<R: Read + Seek>(
    file: R,
    sheet: Option<&str>,
    output: &mut Output<'_>,
) -> Result<(), Trouble> {
    let mut workbook = Xlsx::new(file).map_err(|error| trouble("the workbook", error))?;
    for name in wanted(workbook.sheets_metadata(), sheet)? {
        output.sheet(&name)?;
        let place = format!("sheet {name:?}");
        let mut cells = workbook
            .worksheet_cells_reader(&name)
            .map_err(|error| trouble(&place, error))?;
        let shown: Vec<Shown> = cells
            .styles()
            .iter()
            .map(|style| Shown::of(style.number_format.as_ref()))
            .collect();
        loop {
            let (cell, style) = match cells.next_cell_with_style_id() {
                Ok(Some(cell)) => cell,
                Ok(None) => break,
                // An error of a formula that the crate does not know (#SPILL!) is as empty as one that it knows.
                Err(XlsxError::CellError(_)) => continue,
                Err(error) => return Err(trouble(&place, error)),
            };
            let (row, column) = cell.get_position();
            let shown = shown.get(style).copied().unwrap_or_default();
            output.cell(row, column, &value::text(cell.get_value(), shown))?;
        }
    }
    Ok(())
}

fn trouble(place: &str, error: XlsxError) -> Trouble {
    let detail = |text: String| text.chars().take(300).collect::<String>();
    let code = match &error {
        XlsxError::Password => TroubleCode::Encrypted,
        XlsxError::Io(cause) if cause.kind() == ErrorKind::OutOfMemory => TroubleCode::Memory,
        XlsxError::RelationshipNotFound => TroubleCode::NotAWorkbook,
        _ => TroubleCode::Damaged,
    };
    Trouble::new(code, detail(format!("{place}: {error}")))
}
