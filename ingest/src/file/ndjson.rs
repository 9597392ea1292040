//! Records of an NDJSON file: one JSON object a line.

use serde_json::Value;

use super::lines::{Line, Lines};
use super::object::PlainBytes;
use super::record::{RawRecord, RecordReader, Unreadable, Withheld, decode, shown};
use super::{Encoding, StoredObject};
use crate::IngestError;

/// Reads the objects of an NDJSON file.
pub struct NdjsonRows {
    lines: Lines<PlainBytes>,
    encoding: Encoding,
    columns: Vec<String>,
    row_no: u64,
    name: String,
}

impl NdjsonRows {
    /// Looks at the first object for its fields.
    pub fn open(object: &StoredObject) -> Result<Self, IngestError> {
        let failed = |cause| IngestError::Io {
            place: format!("reading {}", object.name),
            cause,
        };
        let mut lines = Lines::new(object.open().map_err(failed)?).map_err(failed)?;
        let first = loop {
            match lines.next_line().map_err(failed)? {
                None => {
                    return Err(IngestError::Empty {
                        path: object.name.clone().into(),
                    });
                }
                Some(line) if line.bytes.trim_ascii().is_empty() && line.too_long.is_none() => {}
                Some(line) => break line,
            }
        };
        let columns = match read(object.encoding, &first) {
            Ok(cells) => cells.into_iter().map(|(name, _)| name).collect(),
            Err(unreadable) => {
                let problem = format!("{}; {}", unreadable.message, unreadable.remedy);
                return Err(IngestError::Header {
                    path: object.name.clone().into(),
                    line: first.number,
                    problem,
                });
            }
        };
        lines.put_back(std::iter::once(first));
        Ok(Self {
            lines,
            encoding: object.encoding,
            columns,
            row_no: 0,
            name: object.name.clone(),
        })
    }
}

impl RecordReader for NdjsonRows {
    fn columns(&self) -> (&[String], u64) {
        (&self.columns, 1)
    }

    fn next_record(&mut self) -> Result<Option<RawRecord>, IngestError> {
        loop {
            let line = self.lines.next_line().map_err(|cause| IngestError::Io {
                place: format!("reading {}", self.name),
                cause,
            })?;
            let Some(line) = line else { return Ok(None) };
            if line.bytes.trim_ascii().is_empty() && line.too_long.is_none() {
                continue;
            }
            self.row_no += 1;
            let raw = shown(self.encoding, &line.bytes);
            let cells = read(self.encoding, &line);
            return Ok(Some(RawRecord {
                row_no: self.row_no,
                line_no: line.number,
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

fn read(encoding: Encoding, line: &Line) -> Result<Vec<(String, String)>, Unreadable> {
    if let Some(length) = line.too_long {
        return Err(Unreadable::too_long(length));
    }
    let text = decode(encoding, &line.bytes).map_err(|unreadable| Unreadable {
        cut: !line.ended,
        ..unreadable
    })?;
    let object = match serde_json::from_str(&text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("the line is JSON but no object".to_owned()),
        Err(error) => Err(format!("the line is no JSON: {error}")),
    };
    let object = object.map_err(|message| Unreadable {
        code: "MALFORMED_JSON",
        message,
        remedy: "each line must hold one whole JSON object; if this is the last line, the file was cut"
            .to_owned(),
        cut: !line.ended,
    })?;
    Ok(object
        .into_iter()
        .map(|(name, value)| (name, cell(value)))
        .collect())
}

fn cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}
