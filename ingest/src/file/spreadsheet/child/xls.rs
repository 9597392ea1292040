//! XLS workbooks (Excel 97 to 2003), and what an encrypted workbook looks like.

use std::io::{ErrorKind, Read, Seek};

use calamine::{Reader, Xls, XlsError};

use super::output::Output;
use super::{value, wanted};
use crate::file::spreadsheet::answer::{Trouble, TroubleCode};

/// Writes the rows of the wanted sheets. The crate builds the grids of all sheets on opening; a grid of XLS has at most
/// 65,536 rows and 256 columns, and the limit on memory holds for the few files that fill it.
pub(super) fn read<R: Read + Seek>(
    mut file: R,
    sheet: Option<&str>,
    output: &mut Output<'_>,
) -> Result<(), Trouble> {
    if is_encrypted_package(&mut file)? {
        return Err(Trouble::new(TroubleCode::Encrypted, "an encrypted package"));
    }
    let mut workbook = Xls::new(file).map_err(|error| trouble(&error))?;
    for name in wanted(workbook.sheets_metadata(), sheet)? {
        output.sheet(&name)?;
        let cells = workbook.worksheet_range(&name).map_err(|error| trouble(&error))?;
        let (first_row, first_column) = cells.start().unwrap_or_default();
        for (row, column, cell) in cells.used_cells() {
            let place = |first: u32, index: usize| u32::try_from(index).ok()?.checked_add(first);
            let row = place(first_row, row).unwrap_or(u32::MAX);
            let column = place(first_column, column).unwrap_or(u32::MAX);
            output.cell(row, column, &value::owned_text(cell))?;
        }
    }
    Ok(())
}

/// The name of the stream in which an encrypted XLSX lies, as the directory of a compound file writes it (UTF-16).
const ENCRYPTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// Whether the directory names an encrypted package. The directory may stand anywhere in the file, and its entries
/// begin at multiples of 128 bytes, so the whole file is looked through.
fn is_encrypted_package<R: Read + Seek>(file: &mut R) -> Result<bool, Trouble> {
    let unreadable = |cause: std::io::Error| Trouble::new(TroubleCode::Unreadable, cause.to_string());
    let mut entry = Vec::with_capacity(128);
    let mut found = false;
    while !found {
        entry.clear();
        let read = file
            .by_ref()
            .take(128)
            .read_to_end(&mut entry)
            .map_err(unreadable)?;
        found = entry.starts_with(ENCRYPTED);
        if read == 0 {
            break;
        }
    }
    file.rewind().map_err(unreadable)?;
    Ok(found)
}

fn trouble(error: &XlsError) -> Trouble {
    let code = match error {
        XlsError::Password => TroubleCode::Encrypted,
        XlsError::Io(cause) if cause.kind() == ErrorKind::OutOfMemory => TroubleCode::Memory,
        _ => TroubleCode::Damaged,
    };
    Trouble::new(code, error.to_string().chars().take(300).collect::<String>())
}
