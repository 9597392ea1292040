//! Cells become rows, rows become lines; the caps on rows, cells, columns and bytes are kept here.

use std::io::Write;

use super::limits;
use crate::file::lines::LONGEST_LINE;
use crate::file::spreadsheet::answer::{Answer, RowFault, Trouble, TroubleCode};

/// Collects the cells of one row at a time.
pub(super) struct Output<'a> {
    out: &'a mut dyn Write,
    line: Vec<u8>,
    row: Row,
    used: Vec<bool>,
    used_columns: usize,
    cells: u64,
    places: u64,
    rows: u64,
    bytes: u64,
}

/// The row that is being collected.
#[derive(Default)]
struct Row {
    /// Its number from 0; none before the first cell with text.
    index: Option<u32>,
    cells: Vec<String>,
    fault: Option<(RowFault, String)>,
}

impl<'a> Output<'a> {
    /// Writes to `out`.
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self {
            out,
            line: Vec::new(),
            row: Row::default(),
            used: Vec::new(),
            used_columns: 0,
            cells: 0,
            places: 0,
            rows: 0,
            bytes: 0,
        }
    }

    /// Begins a sheet.
    pub(super) fn sheet(&mut self, name: &str) -> Result<(), Trouble> {
        self.finish_row()?;
        self.used = vec![false; limits::COLUMNS as usize];
        self.used_columns = 0;
        self.write(&Answer::Sheet {
            sheet: name.to_owned(),
        })
    }

    /// Takes a cell; row and column are counted from 0. Cells come in the order of their rows. One without text changes
    /// nothing.
    pub(super) fn cell(&mut self, row: u32, column: u32, text: &str) -> Result<(), Trouble> {
        if text.trim().is_empty() {
            return Ok(());
        }
        if row >= limits::LAST_ROW || column >= limits::COLUMNS {
            let detail = format!(
                "a cell stands in row {} and column {}",
                u64::from(row) + 1,
                u64::from(column) + 1
            );
            return Err(Trouble::new(TroubleCode::Damaged, detail));
        }
        if self.row.index != Some(row) {
            self.finish_row()?;
            self.row.index = Some(row);
        }
        self.count(column)?;
        if let Some(fault) = fault_of(text, row, column) {
            self.row.fault.get_or_insert(fault);
            return Ok(());
        }
        let place = column as usize;
        if self.row.cells.len() <= place {
            self.row.cells.resize(place + 1, String::new());
        }
        if let Some(cell) = self.row.cells.get_mut(place) {
            text.clone_into(cell);
        }
        Ok(())
    }

    /// Ends the workbook; gives the number of rows.
    pub(super) fn end(&mut self) -> Result<u64, Trouble> {
        self.finish_row()?;
        self.write(&Answer::End { end: self.rows })?;
        Ok(self.rows)
    }

    /// Ends the workbook early. The row that was being collected is lost.
    pub(super) fn error(&mut self, trouble: &Trouble) -> Result<(), Trouble> {
        self.bytes = 0;
        self.write(&Answer::Failed {
            error: trouble.clone(),
        })
    }

    fn count(&mut self, column: u32) -> Result<(), Trouble> {
        self.cells += 1;
        if self.cells > limits::CELLS {
            return Err(too_large(format!(
                "it has more than {} cells with text",
                limits::CELLS
            )));
        }
        if let Some(used) = self.used.get_mut(column as usize)
            && !std::mem::replace(used, true)
        {
            self.used_columns += 1;
        }
        if self.used_columns > limits::USED_COLUMNS {
            return Err(too_large(format!(
                "a sheet has text in more than {} columns",
                limits::USED_COLUMNS
            )));
        }
        Ok(())
    }

    fn finish_row(&mut self) -> Result<(), Trouble> {
        let Row { index, cells, fault } = std::mem::take(&mut self.row);
        let Some(index) = index else { return Ok(()) };
        self.rows += 1;
        if self.rows > limits::ROWS {
            return Err(too_large(format!(
                "it has more than {} rows with text",
                limits::ROWS
            )));
        }
        self.places += cells.len() as u64;
        if self.places > limits::PLACES {
            return Err(too_large(format!(
                "its rows have more than {} cells, most of them empty",
                limits::PLACES
            )));
        }
        let row = u64::from(index) + 1;
        match fault {
            Some((fault, detail)) => self.write(&Answer::Fault { row, fault, detail }),
            None => self.write(&Answer::Row { row, cells }),
        }
    }

    fn write(&mut self, answer: &Answer) -> Result<(), Trouble> {
        let failed = |cause: std::io::Error| Trouble::new(TroubleCode::Output, cause.to_string());
        self.line.clear();
        serde_json::to_writer(&mut self.line, answer).map_err(|error| failed(error.into()))?;
        if self.line.len() >= LONGEST_LINE {
            return self.write(&shortened(answer, self.line.len()));
        }
        self.line.push(b'\n');
        self.bytes = self.bytes.saturating_add(self.line.len() as u64);
        if self.bytes > limits::OUTPUT_BYTES {
            return Err(too_large(format!(
                "its rows have more than {} MiB of text",
                limits::OUTPUT_BYTES / (1024 * 1024)
            )));
        }
        self.out.write_all(&self.line).map_err(failed)
    }
}

/// What is told instead of a line that the parent would not take.
fn shortened(answer: &Answer, length: usize) -> Answer {
    match answer {
        Answer::Row { row, .. } | Answer::Fault { row, .. } => Answer::Fault {
            row: *row,
            fault: RowFault::LineTooLong,
            detail: format!("row {row} has {length} bytes; a record has at most {LONGEST_LINE}"),
        },
        Answer::Sheet { .. } | Answer::End { .. } | Answer::Failed { .. } => Answer::Failed {
            error: Trouble::new(
                TroubleCode::Damaged,
                "a name in it is longer than a whole sheet may be",
            ),
        },
    }
}

fn fault_of(text: &str, row: u32, column: u32) -> Option<(RowFault, String)> {
    let place = || format!("{}{}", letters(column), u64::from(row) + 1);
    if text.len() > limits::CELL_CHARACTERS {
        let characters = text.chars().count();
        if characters > limits::CELL_CHARACTERS {
            let detail = format!(
                "cell {} has {characters} characters; a cell has at most {}",
                place(),
                limits::CELL_CHARACTERS
            );
            return Some((RowFault::CellTooLong, detail));
        }
    }
    text.contains('\0').then(|| {
        (
            RowFault::NulByte,
            format!("cell {} has a NUL character, which no text contains", place()),
        )
    })
}

fn too_large(detail: String) -> Trouble {
    Trouble::new(TroubleCode::TooLarge, detail)
}

/// The letters of a column, counted from 0: A, Z, AA, XFD.
fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes cells of one sheet and gives the lines after the name of the sheet, and the trouble.
    fn told(
        write: impl FnOnce(&mut Output<'_>) -> Result<(), Trouble>,
    ) -> (Vec<String>, Result<u64, TroubleCode>) {
        let mut out = Vec::new();
        let mut output = Output::new(&mut out);
        let outcome = output
            .sheet("s")
            .and_then(|()| write(&mut output))
            .and_then(|()| output.end())
            .map_err(|trouble| trouble.code);
        let lines = String::from_utf8(out).unwrap();
        (lines.lines().skip(1).map(str::to_owned).collect(), outcome)
    }

    #[test]
    fn columns_have_letters() {
        for (column, expected) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (701, "ZZ"),
            (702, "AAA"),
            (16_383, "XFD"),
        ] {
            assert_eq!(letters(column), expected);
        }
    }

    #[test]
    fn a_later_value_of_a_cell_wins_and_order_in_a_row_is_free() {
        let (lines, outcome) = told(|output| {
            output.cell(1, 2, "c")?;
            output.cell(1, 0, "a")?;
            output.cell(1, 2, "d")
        });
        assert_eq!(lines, [r#"{"row":2,"cells":["a","","d"]}"#, r#"{"end":1}"#]);
        assert_eq!(outcome, Ok(1));
    }

    #[test]
    fn faults_spoil_their_row_only() {
        let (lines, outcome) = told(|output| {
            output.cell(0, 0, &"字".repeat(limits::CELL_CHARACTERS))?;
            output.cell(1, 27, &"x".repeat(limits::CELL_CHARACTERS + 1))?;
            output.cell(2, 0, "a\0b")?;
            for column in 0..40 {
                output.cell(3, column, &"x".repeat(limits::CELL_CHARACTERS))?;
            }
            output.cell(4, 0, "sound")
        });
        assert!(lines[0].starts_with(r#"{"row":1,"cells":["字"#));
        assert!(
            lines[1].contains("CELL_TOO_LONG") && lines[1].contains("AB2"),
            "{}",
            lines[1]
        );
        assert!(
            lines[2].contains("NUL_BYTE") && lines[2].contains("A3"),
            "{}",
            lines[2]
        );
        assert!(
            lines[3].contains("LINE_TOO_LONG") && lines[3].contains(r#""row":4"#),
            "{}",
            lines[3]
        );
        assert_eq!(lines[4..], [r#"{"row":5,"cells":["sound"]}"#, r#"{"end":5}"#]);
        assert_eq!(outcome, Ok(5));
    }

    #[test]
    fn caps_are_kept() {
        let (_, columns) = told(|output| (0..501).try_for_each(|column| output.cell(0, column * 2, "x")));
        assert_eq!(columns, Err(TroubleCode::TooLarge));
        let (lines, columns) =
            told(|output| (0..500).try_for_each(|column| output.cell(0, column * 32, "x")));
        assert_eq!((lines.len(), columns), (2, Ok(1)));
        let (_, rows) = told(|output| (0..=1_000_000).try_for_each(|row| output.cell(row, 0, "x")));
        assert_eq!(rows, Err(TroubleCode::TooLarge));
        let (_, cells) =
            told(|output| (0..=5_000_000).try_for_each(|cell| output.cell(cell / 6, cell % 6, "x")));
        assert_eq!(cells, Err(TroubleCode::TooLarge));
        let (lines, places) = told(|output| (0..4000).try_for_each(|row| output.cell(row, 16_383, "x")));
        assert_eq!((lines.len(), places), (3051, Err(TroubleCode::TooLarge)));
        for (row, column) in [
            (limits::LAST_ROW, 0),
            (u32::MAX, 0),
            (0, limits::COLUMNS),
            (0, u32::MAX),
        ] {
            let (_, place) = told(|output| output.cell(row, column, "x"));
            assert_eq!(place, Err(TroubleCode::Damaged), "{row} {column}");
        }
    }
}
