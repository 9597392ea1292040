//! A record of a package while its elements are read.

use super::pieces::{Fault, Piece, Pieces};
use super::text::NO_CHARACTER;
use crate::file::lines::LONGEST_LINE;
use crate::file::{Encoding, RawRecord, Unreadable, Withheld};

/// Elements of one record.
const MOST_COLUMNS: usize = 500;
/// How deep a record lies: in the package and in its body.
const RECORD: usize = 3;
/// How deep its columns lie.
const COLUMN: usize = 4;

/// A record as far as it was read.
#[derive(Default)]
pub(super) struct Growing {
    cells: Vec<(String, String)>,
    bytes: usize,
    fault: Option<Unreadable>,
}

/// How the reading of a record ended.
pub(super) enum Grown {
    /// With its end.
    Whole,
    /// With the end of the file.
    Cut,
    /// With something that keeps the rest of the package from being read.
    Stuck(String),
}

impl Growing {
    /// Reads the elements of a record whose begin was read.
    pub(super) fn read(&mut self, pieces: &mut Pieces, encoding: Encoding) -> Result<Grown, std::io::Error> {
        let mut cell: Option<(String, String)> = None;
        loop {
            match pieces.next() {
                Ok(Piece::Open(name)) if pieces.depth() == COLUMN => cell = Some((name, String::new())),
                Ok(Piece::Open(_)) => {
                    let outer = cell.as_ref().map_or("", |(name, _)| name.as_str());
                    self.refuse("NESTED_ELEMENT", format!("the element {outer} holds other elements"));
                }
                Ok(Piece::Close) if pieces.depth() < RECORD => return Ok(Grown::Whole),
                Ok(Piece::Close) if pieces.depth() == RECORD => {
                    if let Some((name, value)) = cell.take() {
                        self.add(name, &value, encoding);
                    }
                }
                Ok(Piece::Close) => {}
                Ok(Piece::Text(text)) => self.add_text(&text, cell.as_mut()),
                Ok(Piece::Entity) => self.refuse(
                    "UNKNOWN_ENTITY",
                    "it holds an entity that XML does not know; only &amp; &lt; &gt; &quot; &apos; and numbers are read".to_owned(),
                ),
                Ok(Piece::End) => {
                    self.fault = Some(Unreadable {
                        code: "CUT_RECORD",
                        message: "the package ends in the middle of the record".to_owned(),
                        remedy: "the file was cut: ask the source to send it again".to_owned(),
                        cut: true,
                    });
                    return Ok(Grown::Cut);
                }
                Err(Fault::Malformed(problem)) => {
                    self.refuse("MALFORMED_XML", problem.clone());
                    return Ok(Grown::Stuck(problem));
                }
                Err(Fault::Io(cause)) => return Err(cause),
            }
        }
    }

    fn add_text(&mut self, text: &str, cell: Option<&mut (String, String)>) {
        self.bytes += text.len();
        match cell {
            Some((_, value)) if self.bytes <= LONGEST_LINE => value.push_str(text),
            Some(_) => self.fault = Some(Unreadable::too_long(self.bytes as u64)),
            None if text.trim().is_empty() => {}
            None => self.refuse(
                "MALFORMED_RECORD",
                "text stands outside of its columns".to_owned(),
            ),
        }
    }

    fn add(&mut self, name: String, value: &str, encoding: Encoding) {
        let encoding = encoding.as_str();
        if value.contains(NO_CHARACTER) {
            let problem = format!("the element {name} holds bytes that are no character of {encoding}");
            self.refuse("BAD_ENCODING", problem);
        } else if value.contains('\0') {
            let problem = format!("the element {name} holds NUL, which no text contains");
            self.refuse("NUL_BYTE", problem);
        } else if self.cells.iter().any(|(known, _)| *known == name) {
            let problem = format!("the element {name} stands twice in the record");
            self.refuse("REPEATED_KEY", problem);
        } else if self.cells.len() >= MOST_COLUMNS {
            let problem = format!("the record has more than {MOST_COLUMNS} elements");
            self.refuse("MALFORMED_RECORD", problem);
        } else {
            self.cells.push((name, value.trim().to_owned()));
        }
    }

    /// Refuses the record; its first fault is the one to tell.
    pub(super) fn refuse(&mut self, code: &'static str, message: String) {
        if self.fault.is_none() {
            self.fault = Some(Unreadable {
                code,
                message,
                remedy: "repair the record, and send the package again under a new number".to_owned(),
                cut: false,
            });
        }
    }

    /// The record as any other file would give it.
    pub(super) fn record(self, row_no: u64, line_no: u64) -> RawRecord {
        let filled = self.cells.iter().filter(|(_, cell)| !cell.is_empty());
        let raw: Vec<String> = filled.map(|(column, cell)| format!("{column}={cell}")).collect();
        RawRecord {
            row_no,
            line_no,
            raw: raw.join(", "),
            cells: self.fault.map_or(Ok(self.cells), Err),
            withheld: Withheld::default(),
        }
    }
}
