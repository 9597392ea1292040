//! Records of a workbook.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use super::SheetError;
use super::answer::{Answer, RowFault};
use super::header::{Header, Nearest, Table};
use super::process::{Process, Program, Workbook};
use crate::IngestError;
use crate::file::{RawRecord, RecordReader, Unreadable, Withheld};

/// How long the parent waits for the child, over the whole workbook.
const PATIENCE: Duration = Duration::from_secs(60);
/// How many rows of a sheet may be the header: what stands above it is a title, not a table.
const HEADER_WITHIN: usize = 100;

/// Reads the rows below the header of one sheet: the first one that has a header and a row below it, or the one that
/// was named. Hidden sheets are read only by name.
///
/// `row_no` of a record counts the records, `line_no` is the number of the row in the sheet, as Excel shows it. Of merged
/// cells only the first one has the text, the others are empty. Columns without a name in the header are left out of
/// the cells; `raw` has them all.
pub struct SpreadsheetRows {
    process: Process,
    name: String,
    file_bytes: u64,
    bytes: u64,
    rows: u64,
    waiting: Option<Told>,
    table: Table,
    row_no: u64,
    done: bool,
}

/// An answer of the child and the line it came in.
struct Told {
    answer: Answer,
    line: String,
}

impl SpreadsheetRows {
    /// Starts the child and looks for the header. `path` is where the bytes lie, `name` the name under which the file
    /// came, for messages.
    pub fn open(
        program: &Program,
        path: &Path,
        name: &str,
        sheet: Option<&str>,
        header: &Header<'_>,
    ) -> Result<Self, SheetError> {
        Self::open_within(PATIENCE, program, Workbook::Path(path), name, sheet, header)
    }

    /// The same for the bytes of a file that is open, and that has no name the child could find it by.
    pub fn open_file(
        program: &Program,
        workbook: File,
        name: &str,
        header: &Header<'_>,
    ) -> Result<Self, SheetError> {
        Self::open_within(PATIENCE, program, Workbook::Open(workbook), name, None, header)
    }

    fn open_within(
        patience: Duration,
        program: &Program,
        workbook: Workbook<'_>,
        name: &str,
        sheet: Option<&str>,
        header: &Header<'_>,
    ) -> Result<Self, SheetError> {
        let mut this = Self {
            file_bytes: workbook.bytes(),
            process: Process::start(program, workbook, sheet, patience)?,
            name: name.to_owned(),
            bytes: 0,
            rows: 0,
            waiting: None,
            table: Table::default(),
            row_no: 0,
            done: false,
        };
        this.find_table(header)?;
        Ok(this)
    }

    /// The name of the sheet that is read.
    pub fn sheet(&self) -> &str {
        &self.table.sheet
    }

    fn find_table(&mut self, header: &Header<'_>) -> Result<(), SheetError> {
        let mut sheet = String::new();
        let mut looked_at = 0;
        let mut found: Option<Table> = None;
        let mut without_data: Option<Table> = None;
        let mut nearest = Nearest::default();
        loop {
            let told = self.next_told()?;
            match &told.answer {
                Answer::Sheet { sheet: name } => {
                    without_data = without_data.or(found.take());
                    (sheet, looked_at) = (name.clone(), 0);
                }
                Answer::Row { .. } | Answer::Fault { .. } if found.is_some() => {
                    self.waiting = Some(told);
                    break;
                }
                Answer::Row { row, cells } if looked_at < HEADER_WITHIN => {
                    looked_at += 1;
                    let table = Table::new(sheet.clone(), *row, cells);
                    let known = table.names.iter().filter(|name| (header.known)(name)).count();
                    if known >= header.at_least.max(1) {
                        found = Some(table);
                    } else {
                        nearest.consider(known, &table);
                    }
                }
                Answer::Row { .. } | Answer::Fault { .. } => {}
                Answer::End { .. } => {
                    self.finish();
                    break;
                }
                Answer::Failed { error } => return Err(error.clone().into()),
            }
        }
        self.table = found.or(without_data).ok_or_else(|| SheetError::NoHeader {
            at_least: header.at_least.max(1),
            nearest: nearest.to_string(),
        })?;
        Ok(())
    }

    fn next_told(&mut self) -> Result<Told, SheetError> {
        if let Some(told) = self.waiting.take() {
            return Ok(told);
        }
        let Some(line) = self.process.next_line()? else {
            return Err(self.process.death());
        };
        let garbled = |detail: String| SheetError::Garbled { detail };
        if let Some(length) = line.too_long {
            return Err(garbled(format!("a line of {length} bytes")));
        }
        if !line.ended {
            return Err(self.process.death());
        }
        self.bytes = self.bytes.saturating_add(line.bytes.len() as u64);
        let line = String::from_utf8(line.bytes).map_err(|_| garbled("bytes that are no text".to_owned()))?;
        let answer = serde_json::from_str(&line).map_err(|error| {
            let begin: String = line.chars().take(60).collect();
            garbled(format!("{begin:?}, which is no answer: {error}"))
        })?;
        match answer {
            Answer::Row { .. } | Answer::Fault { .. } => self.rows += 1,
            Answer::End { end } if end != self.rows => {
                return Err(garbled(format!(
                    "that there are {end} rows, and told {}",
                    self.rows
                )));
            }
            _ => {}
        }
        Ok(Told { answer, line })
    }

    fn finish(&mut self) {
        self.done = true;
        self.process.stop();
    }
}

impl RecordReader for SpreadsheetRows {
    fn columns(&self) -> (&[String], u64) {
        (&self.table.names, self.table.line)
    }

    fn next_record(&mut self) -> Result<Option<RawRecord>, IngestError> {
        if self.done && self.waiting.is_none() {
            return Ok(None);
        }
        let told = self.next_told().and_then(|told| match told.answer {
            Answer::Failed { error } => Err(error.into()),
            _ => Ok(told),
        });
        let told = match told {
            Ok(told) => told,
            Err(cause) => {
                self.finish();
                return Err(IngestError::Spreadsheet {
                    path: self.name.clone().into(),
                    cause,
                });
            }
        };
        let (line_no, cells) = match told.answer {
            Answer::Row { row, cells } => (row, Ok(self.table.cells(cells))),
            Answer::Fault { row, fault, detail } => (row, Err(unreadable(fault, detail))),
            // The next sheet is not asked for.
            Answer::Sheet { .. } | Answer::End { .. } | Answer::Failed { .. } => {
                self.finish();
                return Ok(None);
            }
        };
        self.row_no += 1;
        Ok(Some(RawRecord {
            row_no: self.row_no,
            line_no,
            raw: told.line,
            cells,
            withheld: Withheld::default(),
        }))
    }

    /// How many bytes of rows were taken, at most the size of the file: how far the child is in the file itself it does
    /// not tell.
    fn offset(&self) -> u64 {
        if self.done {
            self.file_bytes
        } else {
            self.bytes.min(self.file_bytes)
        }
    }
}

fn unreadable(fault: RowFault, detail: String) -> Unreadable {
    let remedy = match fault {
        RowFault::CellTooLong | RowFault::LineTooLong => "shorten the text, or spread it over several rows",
        RowFault::NulByte => "type the text of the cell anew; a NUL character tells of a damaged copy",
    };
    Unreadable {
        code: fault.code(),
        message: detail,
        remedy: remedy.to_owned(),
        cut: false,
    }
}

#[cfg(test)]
mod tests;
