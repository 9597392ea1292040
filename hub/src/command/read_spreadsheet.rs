//! `nqi-hub read-spreadsheet`: the child that reads a workbook under narrow limits.

use std::process::ExitCode;

use ::ingest::file::spreadsheet::child;

use crate::args::Workbook;

pub(crate) fn read_spreadsheet(workbook: &Workbook) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match child::run(&workbook.path, workbook.sheet.as_deref(), &mut out) {
        Ok(_) => ExitCode::SUCCESS,
        // The parent has the trouble as the last line of the output.
        Err(_) => ExitCode::FAILURE,
    }
}
