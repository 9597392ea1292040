//! Cells as text.

use std::borrow::Cow;

use calamine::{Data, DataRef};

use super::number::{self, Shown};
use super::serial;

/// A cell of an XLSX sheet. Errors of formulas (`#N/A`) are no text; yes and no are `TRUE` and `FALSE`, as Excel shows
/// them in Chinese too.
pub(super) fn text<'a>(value: &'a DataRef<'a>, shown: Shown) -> Cow<'a, str> {
    match value {
        DataRef::String(text) => Cow::Borrowed(text),
        DataRef::SharedString(text) => Cow::Borrowed(text),
        DataRef::Int(whole) => Cow::Owned(whole.to_string()),
        DataRef::Float(float) => Cow::Owned(number::text(*float, shown)),
        DataRef::Bool(yes) => Cow::Borrowed(if *yes { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(date) => {
            Cow::Owned(serial::text(date).unwrap_or_else(|| number::text(date.as_f64(), Shown::Plain)))
        }
        DataRef::DateTimeIso(iso) => Cow::Owned(serial::iso_text(iso)),
        DataRef::DurationIso(iso) => Cow::Borrowed(iso),
        DataRef::Error(_) | DataRef::Empty => Cow::Borrowed(""),
    }
}

/// A cell of an XLS sheet, in the same form.
pub(super) fn owned_text(value: &Data) -> Cow<'_, str> {
    match value {
        Data::String(text) | Data::DurationIso(text) => Cow::Borrowed(text),
        Data::Int(whole) => Cow::Owned(whole.to_string()),
        Data::Float(float) => Cow::Owned(number::text(*float, Shown::Plain)),
        Data::Bool(yes) => Cow::Borrowed(if *yes { "TRUE" } else { "FALSE" }),
        Data::DateTime(date) => {
            Cow::Owned(serial::text(date).unwrap_or_else(|| number::text(date.as_f64(), Shown::Plain)))
        }
        Data::DateTimeIso(iso) => Cow::Owned(serial::iso_text(iso)),
        Data::Error(_) | Data::Empty => Cow::Borrowed(""),
    }
}
