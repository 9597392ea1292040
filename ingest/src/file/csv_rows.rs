//! Rows of a CSV file.
//!
//! Physical lines are joined while a quote is open, within bounds, and each row is then cut into cells by the crate
//! `csv`. As in RFC 4180 only a quote at the begin of a cell opens one: an inch mark does not. A quote that never
//! closes spoils its own line and no other.

use super::lines::{LONGEST_LINE, Line, Lines};
use super::object::PlainBytes;
use super::record::{RawRecord, RecordReader, Unreadable, Withheld, decode, shown};
use super::{Encoding, StoredObject};
use crate::IngestError;

/// The most lines of one row.
const MOST_LINES: usize = 50;

/// Reads the rows of a CSV file.
pub struct CsvRows {
    lines: Lines<PlainBytes>,
    encoding: Encoding,
    header: Vec<String>,
    header_line: u64,
    row_no: u64,
    name: String,
}

impl CsvRows {
    /// Reads the header.
    pub fn open(object: &StoredObject) -> Result<Self, IngestError> {
        let failed = |cause| IngestError::Io {
            place: format!("reading {}", object.name),
            cause,
        };
        let file = object.open().map_err(failed)?;
        let mut lines = Lines::new(file).map_err(failed)?;
        let bad = |line: u64, problem: String| IngestError::Header {
            path: object.name.clone().into(),
            line,
            problem,
        };
        let line = loop {
            match lines.next_line().map_err(failed)? {
                None => {
                    return Err(IngestError::Empty {
                        path: object.name.clone().into(),
                    });
                }
                Some(line) if line.bytes.trim_ascii().is_empty() => {}
                Some(line) => break line,
            }
        };
        if let Some(length) = line.too_long {
            let unreadable = Unreadable::too_long(length);
            return Err(bad(
                line.number,
                format!("{}; {}", unreadable.message, unreadable.remedy),
            ));
        }
        let text = decode(object.encoding, &line.bytes).map_err(|unreadable| {
            bad(
                line.number,
                format!("{}; {}", unreadable.message, unreadable.remedy),
            )
        })?;
        let header = cells(&text).map_err(|problem| bad(line.number, problem))?;
        let header = header
            .iter()
            .map(|name| name.trim().trim_start_matches('\u{FEFF}').to_owned())
            .collect();
        Ok(Self {
            lines,
            encoding: object.encoding,
            header,
            header_line: line.number,
            row_no: 0,
            name: object.name.clone(),
        })
    }

    /// The lines of the next row, and whether its quote is left open.
    fn row_lines(&mut self) -> std::io::Result<Option<(Vec<Line>, bool)>> {
        let Some(first) = self.lines.next_line()? else {
            return Ok(None);
        };
        let mut row = vec![first];
        let mut bytes = 0;
        loop {
            let quotes = quotes(&row);
            bytes += row.last().map_or(0, |line| line.bytes.len());
            let torn = quotes.torn && row.len() > 1;
            if torn || !quotes.open || row.len() >= MOST_LINES || bytes > LONGEST_LINE {
                return Ok(Some((row, torn || quotes.open)));
            }
            match self.lines.next_line()? {
                Some(line) => row.push(line),
                None => return Ok(Some((row, true))),
            }
        }
    }

    fn read(&self, row: &[Line], open: bool) -> Result<Vec<(String, String)>, Unreadable> {
        let last_of_file = row.last().is_some_and(|line| !line.ended);
        if let Some(length) = row.iter().find_map(|line| line.too_long) {
            return Err(Unreadable::too_long(length));
        }
        let text = decode(self.encoding, &joined(row)).map_err(|unreadable| Unreadable {
            cut: last_of_file,
            ..unreadable
        })?;
        if open {
            return Err(Unreadable {
                code: "OPEN_QUOTE",
                message: "a quotation mark is opened and never closed".to_owned(),
                remedy: "close or double the quotation mark; if this is the last line, the file was cut"
                    .to_owned(),
                cut: last_of_file,
            });
        }
        let cells = cells(&text).map_err(|problem| Unreadable {
            code: "MALFORMED_ROW",
            message: problem,
            remedy: "repair the row".to_owned(),
            cut: last_of_file,
        })?;
        if cells.len() != self.header.len() {
            return Err(Unreadable {
                code: "CELL_COUNT",
                message: format!(
                    "the row has {} cells, the header {}",
                    cells.len(),
                    self.header.len()
                ),
                remedy: "look for a comma without quotation marks, or for a row that was cut".to_owned(),
                cut: last_of_file && cells.len() < self.header.len(),
            });
        }
        Ok(self.header.iter().cloned().zip(cells).collect())
    }
}

impl RecordReader for CsvRows {
    fn columns(&self) -> (&[String], u64) {
        (&self.header, self.header_line)
    }

    fn next_record(&mut self) -> Result<Option<RawRecord>, IngestError> {
        loop {
            let row = self.row_lines().map_err(|cause| IngestError::Io {
                place: format!("reading {}", self.name),
                cause,
            })?;
            let Some((mut row, open)) = row else {
                return Ok(None);
            };
            if row.len() == 1
                && row
                    .iter()
                    .all(|line| line.bytes.trim_ascii().is_empty() && line.too_long.is_none())
            {
                continue;
            }
            let mut cells = self.read(&row, open);
            if row.len() > 1 && cells.is_err() {
                // Only the line with the quote is spoiled; the others may be sound rows.
                let rest = row.split_off(1);
                cells = self.read(&row, true);
                self.lines.put_back(rest.into_iter());
            }
            self.row_no += 1;
            let line_no = row.first().map_or(0, |line| line.number);
            let raw = shown(self.encoding, &joined(&row));
            return Ok(Some(RawRecord {
                row_no: self.row_no,
                line_no,
                raw,
                cells,
                withheld: Withheld::default(),
            }));
        }
    }

    fn offset(&self) -> u64 {
        self.lines.offset()
    }
}

/// How the quotes of a row stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Quotes {
    /// A cell is opened and not closed.
    open: bool,
    /// Text follows a closing quote: in a row of several lines, the sign that its quote was never meant to go so far.
    torn: bool,
}

fn quotes(row: &[Line]) -> Quotes {
    let mut quotes = Quotes {
        open: false,
        torn: false,
    };
    for line in row {
        // What stands before the next byte: nothing of the cell yet, or a quote that closed it or will be doubled.
        let (mut begins, mut closed) = (!quotes.open, false);
        for byte in &line.bytes {
            match byte {
                b'"' if quotes.open => (quotes.open, closed) = (false, true),
                b'"' if begins || closed => (quotes.open, closed) = (true, false),
                b',' => (begins, closed) = (!quotes.open, false),
                _ => {
                    quotes.torn |= closed;
                    closed = false;
                }
            }
            begins &= *byte == b',';
        }
    }
    quotes
}

fn joined(row: &[Line]) -> Vec<u8> {
    row.iter()
        .map(|line| line.bytes.as_slice())
        .collect::<Vec<_>>()
        .join(&b'\n')
}

/// Cuts one row into cells.
fn cells(text: &str) -> Result<Vec<String>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(text.len().max(1))
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let cells = match records.next() {
        Some(Ok(record)) => record.iter().map(str::to_owned).collect(),
        Some(Err(error)) => return Err(error.to_string()),
        None => Vec::new(),
    };
    match records.next() {
        None => Ok(cells),
        Some(_) => Err("the quotation marks of the row do not pair".to_owned()),
    }
}
