//! Workbooks (XLSX, XLSM, XLS), read in a child process.
//!
//! A workbook is a compressed archive of XML, and a few kilobytes of it can ask for gigabytes. So the hub never opens
//! one itself: it starts its own program once more as [`child`], which limits its memory and time before it looks at
//! the first byte and writes the rows as lines of JSON (`answer`). [`SpreadsheetRows`] reads those lines, finds the
//! header and gives records like any other file.

/// The command of the binary that is the child.
pub const COMMAND: &str = "read-spreadsheet";

/// What stands for the path where the workbook is the child's standard input.
const STANDARD_INPUT: &str = "-";

mod answer;
pub mod child;
mod error;
mod header;
mod process;
mod rows;

pub use answer::{Trouble, TroubleCode};
pub use error::SheetError;
pub use header::Header;
pub use process::Program;
pub use rows::SpreadsheetRows;
