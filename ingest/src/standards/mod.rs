//! The adapter `standards-catalogue`: lists of standards in every form that a mapping file describes.

mod normalise;
pub mod text;

use std::path::PathBuf;

use chrono::NaiveDate;
use entity::ingestion::{Row, RowContent};

use crate::IngestError;
use crate::file::{RecordReader, StoredObject};
use crate::form::{self, Form};
use crate::pipeline::{Opened, RowSource};

/// Grows whenever the same file would give other claims.
pub const VERSION: &str = "1";

/// Recognises the form of a file and opens its rows.
pub(crate) fn open(object: &StoredObject, as_of: Option<NaiveDate>) -> Result<Opened, IngestError> {
    let recognised = form::recognise(object, form::catalogue_forms()?)?;
    let as_of = as_of.unwrap_or(recognised.form.as_of);
    Ok(Opened {
        form: recognised.form.form.clone(),
        source: recognised.form.source.clone(),
        as_of,
        hold_above_percent: recognised.form.hold_above_percent,
        notes: recognised.notes,
        rows: Box::new(CatalogueRows {
            form: recognised.form,
            records: recognised.records,
            as_of,
            cut: None,
            name: object.name.clone().into(),
            read: 0,
        }),
    })
}

struct CatalogueRows {
    form: Form,
    records: Box<dyn RecordReader>,
    as_of: NaiveDate,
    cut: Option<String>,
    name: PathBuf,
    read: u64,
}

impl RowSource for CatalogueRows {
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
        let row = normalise::row(&self.form, self.as_of, record);
        debug_assert!(!matches!(&row.content, RowContent::Taken(claims) if claims.is_empty()));
        Ok(Some(row))
    }

    fn offset(&self) -> u64 {
        self.records.offset()
    }

    fn cut(&self) -> Option<String> {
        self.cut.clone()
    }
}
