//! The adapter `metrology-ledger`: ledgers of measuring instruments under mandatory verification, lists of verifications, and tables of
//! type approvals.

mod approval;
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
    let recognised = form::recognise(object, forms("mappings/metrology/")?, workbooks)?;
    Ok(FormRows::open(object, recognised, day, normalise::row))
}
