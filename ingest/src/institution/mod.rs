//! The adapter `institution-list`: lists of testing institutions with their qualification (CMA), and what bureaus found out about them.

mod normalise;
mod word;

use crate::IngestError;
use crate::file::StoredObject;
use crate::file::spreadsheet::Program;
use crate::form::{self, forms};
use crate::form_rows::FormRows;
use crate::pipeline::{Day, Opened};

/// Grows whenever the same file would give other claims.
pub const VERSION: &str = "1";

/// Recognises the form of a file and opens its rows.
pub(crate) fn open(object: &StoredObject, day: Day, workbooks: &Program) -> Result<Opened, IngestError> {
    let recognised = form::recognise(object, forms("mappings/institution/")?, workbooks)?;
    Ok(FormRows::open(object, recognised, day, normalise::row))
}
