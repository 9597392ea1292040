//! The adapter `enterprise-standard-platform`: declarations as the national platform (企业标准信息公共服务平台) and its
//! neighbours exchange them, in every form that a mapping file describes (docs/exchange-format.md).

pub mod crawl;
mod detail;
mod exchange_row;
pub(crate) mod exchange_table;
mod grouped;
mod normalise;
pub mod table_writer;
mod word;

use crate::IngestError;
use crate::file::StoredObject;
use crate::file::spreadsheet::Program;
use crate::form::{self, forms};
use crate::form_rows::FormRows;
use crate::pipeline::{Day, Opened};

pub(crate) use word::{day, said};

/// Grows whenever the same file would give other claims.
pub const VERSION: &str = "1";

/// Recognises the form of a file and opens its records.
pub(crate) fn open(object: &StoredObject, day: Day, workbooks: &Program) -> Result<Opened, IngestError> {
    let recognised = form::recognise(object, forms("mappings/platform/")?, workbooks)?;
    let recognised = grouped::group(recognised);
    Ok(FormRows::open(object, recognised, day, normalise::row))
}
