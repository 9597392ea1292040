//! The adapters of credit records: `double-publicity` (licences and penalties, 双公示) and `credit-listings` (经营异常名录, 严重违法失信名单,
//! repairs, risk classes).

mod begin;
mod licence;
mod listing;
mod low_fine;
mod penalty;
mod rating;
mod repair;
mod subject;
mod word;

use crate::IngestError;
use crate::file::StoredObject;
use crate::file::spreadsheet::Program;
use crate::form::{self, forms};
use crate::form_rows::FormRows;
use crate::pipeline::{Day, Opened};

/// Grows whenever the same file would give other claims.
pub const VERSION: &str = "1";

/// Recognises a form of licences or penalties and opens its rows.
pub(crate) fn open_double_publicity(
    object: &StoredObject,
    day: Day,
    workbooks: &Program,
) -> Result<Opened, IngestError> {
    low_fine::check()?;
    let recognised = form::recognise(object, forms("mappings/double-publicity/")?, workbooks)?;
    let normalise = if recognised.form.form.starts_with("licences") {
        licence::row
    } else {
        penalty::row
    };
    Ok(FormRows::open(object, recognised, day, normalise))
}

/// Recognises a form of lists, repairs or risk classes and opens its rows.
pub(crate) fn open_listings(
    object: &StoredObject,
    day: Day,
    workbooks: &Program,
) -> Result<Opened, IngestError> {
    let recognised = form::recognise(object, forms("mappings/credit-listings/")?, workbooks)?;
    let normalise = match recognised.form.form.as_str() {
        "repairs" => repair::row,
        "ratings" => rating::row,
        "serious" => listing::serious_row,
        _ => listing::abnormal_row,
    };
    Ok(FormRows::open(object, recognised, day, normalise))
}
