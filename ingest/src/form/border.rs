//! The border (个人信息边界): every record passes here before anything else sees it, and personal data stays outside.
//!
//! Columns that the mapping file marks are dropped, hashed or masked. Identity and mobile numbers that stand in other columns of such
//! a file are masked; a file that holds nothing personal, such as a list of standards, stays as it is. What is kept of a record that
//! is refused is made of what is left.

use std::collections::BTreeMap;

use entity::ingestion::PersonalKey;
use entity::value::{Look, mask_in_text, mask_name};
use serde_json::Value;

use super::{Form, Treatment};
use crate::IngestError;
use crate::file::{Closing, RawRecord, RecordReader, Unreadable, Withheld};

/// The word for it in the notes of a run and among the flags of a record.
const PERSONAL_DATA_IN_TEXT: &str = "PERSONAL_DATA_IN_TEXT";
/// Columns that are named in the note of a run.
const NAMED: usize = 20;

/// Records without personal data.
pub(super) struct Border {
    form: Form,
    key: PersonalKey,
    records: Box<dyn RecordReader>,
    /// Cells in which a number was masked, by their column.
    masked: BTreeMap<String, u64>,
}

impl Border {
    pub(super) fn new(form: Form, key: PersonalKey, records: Box<dyn RecordReader>) -> Self {
        Self {
            form,
            key,
            records,
            masked: BTreeMap::new(),
        }
    }

    fn clean(&mut self, record: RawRecord) -> RawRecord {
        match record.cells {
            Ok(_) if self.form.personal.is_empty() => record,
            Ok(cells) => {
                let mut clean = Vec::with_capacity(cells.len());
                let mut withheld = Withheld::default();
                for (column, cell) in cells {
                    let treatment = self.form.personal.treatment(&column);
                    if matches!(treatment, Some(Treatment::Drop | Treatment::Hash)) && !cell.trim().is_empty()
                    {
                        withheld.columns.push(column.clone());
                    }
                    let (cell, masked) = self.treated(&column, cell);
                    if masked {
                        withheld.in_text = true;
                        *self.masked.entry(column.clone()).or_default() += 1;
                    }
                    clean.extend(cell.map(|cell| (column, cell)));
                }
                RawRecord {
                    raw: told(&clean),
                    cells: Ok(clean),
                    withheld,
                    ..record
                }
            }
            Err(unreadable) => {
                // Its columns cannot be told apart.
                let raw = if self.form.personal.is_empty() {
                    masked_text(record.raw)
                } else {
                    format!("row {}, line {} of the raw file", record.row_no, record.line_no)
                };
                RawRecord {
                    raw,
                    cells: Err(Unreadable {
                        message: masked_text(unreadable.message),
                        ..unreadable
                    }),
                    ..record
                }
            }
        }
    }

    /// What is left of a cell, and whether a number was masked in it.
    fn treated(&self, column: &str, cell: String) -> (Option<String>, bool) {
        let text = cell.trim();
        match self.form.personal.treatment(column) {
            Some(Treatment::Drop) => (None, false),
            Some(_) if text.is_empty() => (Some(String::new()), false),
            Some(Treatment::Hash) => (Some(self.key.hash(text)), false),
            Some(Treatment::Mask) => (Some(mask_name(text)), false),
            None => {
                // A code is written in letters and digits; words beside a number make it no code.
                let look = if self.form.holds_codes(column) && cell.is_ascii() {
                    Look::IdentityNumbers
                } else {
                    Look::Everything
                };
                match masked_cell(&cell, look) {
                    Some(masked) => (Some(masked), true),
                    None => (Some(cell), false),
                }
            }
        }
    }
}

impl RecordReader for Border {
    fn columns(&self) -> (&[String], u64) {
        self.records.columns()
    }

    fn next_record(&mut self) -> Result<Option<RawRecord>, IngestError> {
        let record = self.records.next_record()?;
        Ok(record.map(|record| self.clean(record)))
    }

    fn offset(&self) -> u64 {
        self.records.offset()
    }

    fn closing(&self) -> Closing {
        let mut closing = self.records.closing();
        let cells: u64 = self.masked.values().sum();
        if cells > 0 {
            let columns: Vec<&str> = self.masked.keys().take(NAMED).map(String::as_str).collect();
            closing.notes.push(format!(
                "{PERSONAL_DATA_IN_TEXT}: identity or mobile numbers were masked in {cells} cells of the columns {}",
                columns.join(", ")
            ));
        }
        closing
    }

    fn batch(&self) -> Option<&str> {
        self.records.batch()
    }
}

/// The cells of a record as they are kept beside its place in the file.
fn told(cells: &[(String, String)]) -> String {
    let shown = cells.iter().filter(|(_, cell)| !cell.trim().is_empty());
    let shown: Vec<String> = shown.map(|(column, cell)| format!("{column}={cell}")).collect();
    shown.join(", ")
}

fn masked_text(text: String) -> String {
    mask_in_text(&text, Look::Everything).unwrap_or(text)
}

/// The cell with its numbers masked, if it has any. In a cell of JSON a number becomes a text: it would be none any more.
fn masked_cell(cell: &str, look: Look) -> Option<String> {
    let masked = mask_in_text(cell, look)?;
    if cell.trim_start().starts_with(['[', '{'])
        && let Ok(value) = serde_json::from_str(cell)
    {
        return Some(masked_value(value, look).to_string());
    }
    Some(masked)
}

fn masked_value(value: Value, look: Look) -> Value {
    match value {
        Value::String(text) => Value::String(mask_in_text(&text, look).unwrap_or(text)),
        Value::Number(number) => match mask_in_text(&number.to_string(), look) {
            Some(masked) => Value::String(masked),
            None => Value::Number(number),
        },
        Value::Array(values) => values
            .into_iter()
            .map(|value| masked_value(value, look))
            .collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, masked_value(value, look)))
            .collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests;
