//! The rows of a file whose form is known.

use std::path::PathBuf;

use chrono::NaiveDate;
use entity::ingestion::{Row, RowContent};

use crate::IngestError;
use crate::file::{RawRecord, RecordReader, StoredObject};
use crate::form::{Form, Recognised};
use crate::pipeline::{Day, Opened, RowSource};

/// From a raw record to claims, or to the reason why there are none; pure.
type Normalise = fn(&Form, NaiveDate, RawRecord) -> Row;

/// Reads the records of a file and normalises them.
pub(crate) struct FormRows {
    form: Form,
    records: Box<dyn RecordReader>,
    as_of: NaiveDate,
    cut: Option<String>,
    name: PathBuf,
    read: u64,
    normalise: Normalise,
}

impl FormRows {
    /// The rows of a recognised file. The day that it describes is the one told, else that of the form, else that of its
    /// delivery.
    pub(crate) fn open(
        object: &StoredObject,
        recognised: Recognised,
        day: Day,
        normalise: Normalise,
    ) -> Opened {
        let as_of = day.told.or(recognised.form.as_of).unwrap_or(day.delivered);
        Opened {
            form: recognised.form.form.clone(),
            source: recognised.form.source.clone(),
            as_of,
            hold_above_percent: recognised.form.hold_above_percent,
            notes: recognised.notes,
            rows: Box::new(Self {
                form: recognised.form,
                records: recognised.records,
                as_of,
                cut: None,
                name: object.name.clone().into(),
                read: 0,
                normalise,
            }),
        }
    }
}

impl RowSource for FormRows {
    fn next_row(&mut self) -> Result<Option<Row>, IngestError> {
        let Some(record) = self.records.next_record()? else {
            return if self.read == 0 {
                Err(IngestError::Empty {
                    path: self.name.clone(),
                })
            } else {
                Ok(None)
            };
        };
        self.read += 1;
        if let Err(unreadable) = &record.cells
            && unreadable.cut
        {
            self.cut = Some(format!(
                "the file ends in the middle of row {} (line {})",
                record.row_no, record.line_no
            ));
        }
        let row = (self.normalise)(&self.form, self.as_of, record);
        debug_assert!(!matches!(&row.content, RowContent::Taken(claims) if claims.is_empty()));
        Ok(Some(row))
    }

    fn offset(&self) -> u64 {
        self.records.offset()
    }

    fn cut(&self) -> Option<String> {
        self.cut.clone().or_else(|| self.records.closing().trouble)
    }

    fn notes(&self) -> Vec<String> {
        self.records.closing().notes
    }

    fn batch(&self) -> Option<&str> {
        self.records.batch()
    }
}
