//! Records written as blocks of `key ：value` lines with a blank line between them.

use super::lines::{Line, Lines};
use super::object::PlainBytes;
use super::record::{RawRecord, RecordReader, Unreadable, Withheld, decode, shown};
use super::{Encoding, StoredObject};
use crate::IngestError;

/// The most lines of a block.
const MOST_LINES: usize = 100;

/// Reads blocks.
pub struct Blocks {
    lines: Lines<PlainBytes>,
    encoding: Encoding,
    columns: Vec<String>,
    row_no: u64,
    name: String,
    /// The first block, which was read for its keys.
    first: Option<Block>,
}

/// The lines of a block.
struct Block {
    lines: Vec<Line>,
    /// Whether the file ended behind it, rather than a blank line.
    last: bool,
}

impl Blocks {
    /// Looks at the first block for its keys.
    pub fn open(object: &StoredObject) -> Result<Self, IngestError> {
        let failed = |cause| IngestError::Io {
            place: format!("reading {}", object.name),
            cause,
        };
        let lines = Lines::new(object.open().map_err(failed)?).map_err(failed)?;
        let mut blocks = Self {
            lines,
            encoding: object.encoding,
            columns: Vec::new(),
            row_no: 0,
            name: object.name.clone(),
            first: None,
        };
        let first = blocks.block().map_err(failed)?;
        if first.lines.is_empty() {
            return Err(IngestError::Empty {
                path: object.name.clone().into(),
            });
        }
        let cells = read(object.encoding, &first.lines).map_err(|unreadable| IngestError::Header {
            path: object.name.clone().into(),
            line: 1,
            problem: format!("{}; {}", unreadable.message, unreadable.remedy),
        })?;
        blocks.columns = cells.into_iter().map(|(key, _)| key).collect();
        blocks.first = Some(first);
        Ok(blocks)
    }

    fn block(&mut self) -> std::io::Result<Block> {
        let mut lines = Vec::new();
        while let Some(line) = self.lines.next_line()? {
            let blank = line.bytes.trim_ascii().is_empty() && line.too_long.is_none();
            if blank && !lines.is_empty() {
                return Ok(Block { lines, last: false });
            }
            if !blank {
                lines.push(line);
            }
            if lines.len() >= MOST_LINES {
                return Ok(Block { lines, last: false });
            }
        }
        Ok(Block { lines, last: true })
    }
}

impl RecordReader for Blocks {
    fn columns(&self) -> (&[String], u64) {
        (&self.columns, 1)
    }

    fn next_record(&mut self) -> Result<Option<RawRecord>, IngestError> {
        let block = match self.first.take() {
            Some(block) => block,
            None => self.block().map_err(|cause| IngestError::Io {
                place: format!("reading {}", self.name),
                cause,
            })?,
        };
        let Some(first) = block.lines.first() else {
            return Ok(None);
        };
        self.row_no += 1;
        let line_no = first.number;
        let raw = block
            .lines
            .iter()
            .map(|line| shown(self.encoding, &line.bytes))
            .collect::<Vec<_>>()
            .join("\n");
        let cells = read(self.encoding, &block.lines).and_then(|cells| self.complete(&block, cells));
        Ok(Some(RawRecord {
            row_no: self.row_no,
            line_no,
            raw,
            cells,
            withheld: Withheld::default(),
        }))
    }

    fn offset(&self) -> u64 {
        self.lines.offset()
    }
}

impl Blocks {
    /// A last block without the keys of the first was cut.
    fn complete(
        &self,
        block: &Block,
        cells: Vec<(String, String)>,
    ) -> Result<Vec<(String, String)>, Unreadable> {
        let missing = self
            .columns
            .iter()
            .find(|column| !cells.iter().any(|(key, _)| key == *column));
        match missing {
            Some(column) if block.last => Err(Unreadable {
                code: "CUT_BLOCK",
                message: format!("the block ends before {column}"),
                remedy: "the file was cut: ask the source to send it again".to_owned(),
                cut: true,
            }),
            _ => Ok(cells),
        }
    }
}

fn read(encoding: Encoding, block: &[Line]) -> Result<Vec<(String, String)>, Unreadable> {
    let mut cells: Vec<(String, String)> = Vec::new();
    for line in block {
        if let Some(length) = line.too_long {
            return Err(Unreadable::too_long(length));
        }
        let text = decode(encoding, &line.bytes).map_err(|unreadable| Unreadable {
            cut: !line.ended,
            ..unreadable
        })?;
        match text.split_once(['：', ':']) {
            Some((key, _)) if is_key(key) && cells.iter().any(|(known, _)| known == key.trim()) => {
                return Err(Unreadable {
                    code: "REPEATED_KEY",
                    message: format!("{} stands again on line {}", key.trim(), line.number),
                    remedy: "put a blank line between two records".to_owned(),
                    cut: false,
                });
            }
            Some((key, value)) if is_key(key) => cells.push((key.trim().to_owned(), value.trim().to_owned())),
            _ => match cells.last_mut() {
                // A value that goes on in the next line.
                Some((_, value)) => {
                    value.push(' ');
                    value.push_str(text.trim());
                }
                None => {
                    return Err(Unreadable {
                        code: "MALFORMED_BLOCK",
                        message: format!("line {} is no \"key ：value\"", line.number),
                        remedy: "begin each block with its first key".to_owned(),
                        cut: false,
                    });
                }
            },
        }
    }
    Ok(cells)
}

/// A key is a short word; a colon further on belongs to a value.
fn is_key(text: &str) -> bool {
    let key = text.trim();
    !key.is_empty() && key.chars().count() <= 12 && !key.contains(char::is_whitespace)
}
