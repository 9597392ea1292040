//! The cells of a record by the fields of its form, and the row that they become.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::ingestion::{Reject, Row, RowContent};

use crate::file::{RawRecord, Unreadable};
use crate::form::Form;

/// How much of a refused record is kept beside its place in the file, in characters.
const KEPT_OF_RAW: usize = 4_000;

/// The cells of a record by the fields of its form, and the ones that no form knows.
pub(crate) struct Fields {
    known: BTreeMap<String, String>,
    extra: BTreeMap<String, String>,
    personal_in_text: bool,
}

impl Fields {
    fn new(form: &Form, cells: Vec<(String, String)>, personal_in_text: bool) -> Self {
        let mut fields = Self {
            known: BTreeMap::new(),
            extra: BTreeMap::new(),
            personal_in_text,
        };
        for (header, cell) in cells {
            let cell = cell.trim();
            if cell.is_empty() || form.ignores(&header) {
                continue;
            }
            match form.columns.get(&header) {
                Some(field) => fields.known.insert(field.clone(), cell.to_owned()),
                None => fields.extra.insert(header, cell.to_owned()),
            };
        }
        fields
    }

    /// The cell of a field, or nothing.
    pub(crate) fn get(&self, field: &str) -> &str {
        self.known.get(field).map_or("", String::as_str)
    }

    /// The cell of a field, if it says something.
    pub(crate) fn text(&self, field: &str) -> Option<String> {
        self.known.get(field).cloned()
    }

    /// Whether an identity or mobile number was masked in a cell: the record is flagged PERSONAL_DATA_IN_TEXT.
    pub(crate) fn personal_in_text(&self) -> bool {
        self.personal_in_text
    }

    /// The columns that no mapping knows.
    pub(crate) fn extra(&self) -> BTreeMap<String, String> {
        self.extra.clone()
    }
}

/// Why a row cannot be used: the field at fault, and what to do about it.
pub(crate) struct Fault {
    pub(crate) field: &'static str,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) remedy: &'static str,
}

impl Fault {
    /// The row refused, with the column of the file that the field stands in.
    pub(crate) fn reject(self, form: &Form, raw: String) -> Reject {
        Reject {
            field: form
                .columns
                .iter()
                .find(|(_, field)| *field == self.field)
                .map(|(header, _)| header.clone()),
            code: self.code,
            message: self.message,
            remedy: self.remedy.to_owned(),
            raw,
        }
    }
}

/// The row of a record with its fields and what is kept of it if it is refused; a record that cannot be cut into cells
/// is refused at once.
pub(crate) fn begin(
    form: &Form,
    as_of: NaiveDate,
    record: RawRecord,
) -> Result<(Row, Fields, String), Box<Row>> {
    let mut row = Row {
        row_no: i64::try_from(record.row_no).unwrap_or(i64::MAX),
        line_no: i64::try_from(record.line_no).unwrap_or(i64::MAX),
        source: form.source.clone(),
        as_of,
        content: RowContent::Taken(Vec::new()),
    };
    let raw = record.raw.chars().take(KEPT_OF_RAW).collect();
    match record.cells {
        Ok(cells) => Ok((row, Fields::new(form, cells, record.withheld.in_text), raw)),
        Err(unreadable) => {
            row.content = RowContent::Rejected(refused(unreadable, raw));
            Err(Box::new(row))
        }
    }
}

fn refused(unreadable: Unreadable, raw: String) -> Reject {
    Reject {
        field: None,
        code: unreadable.code,
        message: unreadable.message,
        remedy: unreadable.remedy,
        raw,
    }
}
