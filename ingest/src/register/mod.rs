//! The adapter `enterprise-register`: lists of enterprises, pairs of name and credit code, status words.

mod normalise;
mod word;

use entity::enterprise::EnterpriseFlag;
use entity::value::{CreditCodeFlag, SocialCreditCode};

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
    let recognised = form::recognise(object, forms("mappings/register/")?, workbooks)?;
    Ok(FormRows::open(object, recognised, day, normalise::row))
}

/// Reads a credit code. The number of a citizen's identity card fits its alphabet, too, and is personal: it is none.
pub(crate) fn credit_code(text: &str) -> Option<SocialCreditCode> {
    SocialCreditCode::parse(text).filter(|code| !code.flags().contains(&CreditCodeFlag::IdentityNumber))
}

/// What is odd about a credit code.
pub(crate) fn code_flags(code: &SocialCreditCode) -> Vec<EnterpriseFlag> {
    let mut flags = EnterpriseFlag::of_code(code);
    if !code.is_fictitious() && !crate::reference::was_ever_a_division(code.region_digits()) {
        flags.push(EnterpriseFlag::RegionUnknown);
    }
    flags
}
