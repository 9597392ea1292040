//! What the child tells the parent: one JSON object a line.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A line of the child. A sheet is followed by its rows; the last line is `End` or `Failed`, so that output that was
/// cut off is never taken for a whole one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, try_from = "Fields")]
pub(super) enum Answer {
    /// A sheet begins.
    Sheet {
        /// Its name.
        sheet: String,
    },
    /// A row that has at least one cell with text.
    Row {
        /// Its number in the sheet, from 1.
        row: u64,
        /// Its cells from column A to the last one with text.
        cells: Vec<String>,
    },
    /// A row that cannot be passed on.
    Fault {
        /// Its number in the sheet, from 1.
        row: u64,
        /// What kind of fault.
        fault: RowFault,
        /// The fault in words.
        detail: String,
    },
    /// The whole workbook was read.
    End {
        /// How many rows of all sheets were told, those with a fault among them.
        end: u64,
    },
    /// The workbook cannot be read, or not to its end.
    Failed {
        /// Why.
        error: Trouble,
    },
}

/// Why a single row cannot be passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum RowFault {
    /// A cell has more characters than a cell of Excel can have.
    CellTooLong,
    /// The row has more bytes than a record may have.
    LineTooLong,
    /// A cell has a NUL character.
    NulByte,
}

impl RowFault {
    /// The stable code of [`crate::file::Unreadable`].
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::CellTooLong => "CELL_TOO_LONG",
            Self::LineTooLong => "LINE_TOO_LONG",
            Self::NulByte => "NUL_BYTE",
        }
    }
}

/// Why the child gave a workbook up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// What kind of trouble.
    pub code: TroubleCode,
    /// Particulars, such as the part of the file or the limit.
    pub detail: String,
}

/// The kinds of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TroubleCode {
    /// The process could not limit itself.
    NoLimits,
    /// The file cannot be opened or read.
    Unreadable,
    /// The workbook is protected by a password.
    Encrypted,
    /// The file is something else.
    NotAWorkbook,
    /// There is no sheet, or none of the wanted name.
    NoSheet,
    /// The end of the file is missing.
    Cut,
    /// The archive is made in a way that no office program makes it.
    Suspicious,
    /// A limit on rows, cells or columns is passed.
    TooLarge,
    /// A part of the workbook is broken.
    Damaged,
    /// Memory ran out.
    Memory,
    /// Nobody takes the rows.
    Output,
}

impl Trouble {
    pub(super) fn new(code: TroubleCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}: {}", self.code, self.detail)
    }
}

/// The fields of all lines: trying the variants one after the other would keep a copy of each line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    sheet: Option<String>,
    row: Option<u64>,
    cells: Option<Vec<String>>,
    fault: Option<RowFault>,
    detail: Option<String>,
    end: Option<u64>,
    error: Option<Trouble>,
}

impl TryFrom<Fields> for Answer {
    type Error = &'static str;

    fn try_from(fields: Fields) -> Result<Self, Self::Error> {
        match fields {
            Fields {
                row: Some(row),
                cells: Some(cells),
                ..
            } => Ok(Self::Row { row, cells }),
            Fields {
                row: Some(row),
                fault: Some(fault),
                detail: Some(detail),
                ..
            } => Ok(Self::Fault { row, fault, detail }),
            Fields {
                sheet: Some(sheet), ..
            } => Ok(Self::Sheet { sheet }),
            Fields { end: Some(end), .. } => Ok(Self::End { end }),
            Fields {
                error: Some(error), ..
            } => Ok(Self::Failed { error }),
            _ => Err("a line of an unknown kind"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, RowFault, Trouble, TroubleCode};

    #[test]
    fn lines_have_one_form() {
        let table = [
            (
                Answer::Sheet {
                    sheet: "表1".to_owned(),
                },
                r#"{"sheet":"表1"}"#,
            ),
            (
                Answer::Row {
                    row: 12,
                    cells: vec!["a".to_owned(), String::new()],
                },
                r#"{"row":12,"cells":["a",""]}"#,
            ),
            (
                Answer::Fault {
                    row: 3,
                    fault: RowFault::NulByte,
                    detail: "C3".to_owned(),
                },
                r#"{"row":3,"fault":"NUL_BYTE","detail":"C3"}"#,
            ),
            (Answer::End { end: 7 }, r#"{"end":7}"#),
            (
                Answer::Failed {
                    error: Trouble::new(TroubleCode::TooLarge, "cells"),
                },
                r#"{"error":{"code":"TOO_LARGE","detail":"cells"}}"#,
            ),
        ];
        for (answer, line) in table {
            assert_eq!(serde_json::to_string(&answer).unwrap(), line);
            assert_eq!(serde_json::from_str::<Answer>(line).unwrap(), answer);
        }
    }

    #[test]
    fn other_lines_are_refused() {
        for line in [
            "{}",
            "[]",
            r#"{"row":1}"#,
            r#"{"cells":[]}"#,
            r#"{"end":-1}"#,
            r#"{"rows":1}"#,
            "text",
        ] {
            assert!(serde_json::from_str::<Answer>(line).is_err(), "{line}");
        }
    }
}
