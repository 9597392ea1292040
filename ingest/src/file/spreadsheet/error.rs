//! Why a workbook cannot be taken, with the remedy.

use std::path::PathBuf;

use super::answer::{Trouble, TroubleCode};
use super::child::limits;

/// An error that ends the reading of a workbook.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The child does not start.
    #[error(
        "the reader of workbooks {program} cannot be started: {cause}; check that the file is there and may be run"
    )]
    Start {
        /// The program.
        program: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The child cannot limit itself and so reads nothing.
    #[error(
        "the reader of workbooks cannot limit its memory and time: {detail}; export the sheet as CSV (UTF-8) and send that"
    )]
    NoLimits {
        /// What the system says.
        detail: String,
    },
    /// The file cannot be opened.
    #[error("the workbook cannot be read: {detail}; check the path and its rights")]
    Unreadable {
        /// What the system says.
        detail: String,
    },
    /// The workbook is encrypted.
    #[error(
        "the workbook is encrypted ({detail}); open it with its password, remove the password (文件 → 信息 → 保护工作簿 → 用密码进行加密) and save it again"
    )]
    Encrypted {
        /// How it is encrypted.
        detail: String,
    },
    /// The file is no workbook.
    #[error(
        "the file is no workbook: {found}; save it as .xlsx with Excel or WPS, or send it under its true ending"
    )]
    NotAWorkbook {
        /// What it seems to be.
        found: String,
    },
    /// There is no such sheet.
    #[error(
        "the workbook has no sheet to read: {detail}; name a sheet that is there, or unhide the one with the data"
    )]
    NoSheet {
        /// What there is.
        detail: String,
    },
    /// No row looks like a header.
    #[error(
        "no sheet has a header: a row with at least {at_least} known column names is needed, {nearest}; take the column names from the template"
    )]
    NoHeader {
        /// How many names are needed.
        at_least: usize,
        /// The row that came nearest.
        nearest: String,
    },
    /// The file ends too early.
    #[error("the workbook is cut off: {detail}; fetch it again, or have the source send it again")]
    Cut {
        /// What is missing.
        detail: String,
    },
    /// The archive looks like an attack.
    #[error(
        "the workbook is refused: {detail}; open it with Excel or WPS, copy the cells into a new workbook and send that"
    )]
    Suspicious {
        /// What is unusual.
        detail: String,
    },
    /// A limit is passed.
    #[error(
        "the workbook is too large: {detail}; split it into several workbooks, or export the sheet as CSV (UTF-8)"
    )]
    TooLarge {
        /// Which limit.
        detail: String,
    },
    /// A part is broken.
    #[error(
        "the workbook is damaged: {detail}; open it with Excel or WPS, which may repair it, and save it again"
    )]
    Damaged {
        /// Which part.
        detail: String,
    },
    /// The memory limit was hit.
    #[error(
        "the workbook needs more than {} MiB of memory to be read; split it into several workbooks, or export the sheet as CSV (UTF-8){said}",
        limits::MEMORY_BYTES / (1024 * 1024)
    )]
    Memory {
        /// What the child wrote to standard error.
        said: String,
    },
    /// The limit on computing time was hit.
    #[error(
        "the workbook takes more than {} s of computing time to be read; split it into several workbooks, or export the sheet as CSV (UTF-8){said}",
        limits::CPU_SECONDS
    )]
    Time {
        /// What the child wrote to standard error.
        said: String,
    },
    /// The child told nothing for too long and was killed.
    #[error(
        "the reader of the workbook made no progress for {seconds} s in all and was stopped; run the same command again when the machine is less busy{said}"
    )]
    Stalled {
        /// How long the parent waited, in seconds.
        seconds: u64,
        /// What the child wrote to standard error.
        said: String,
    },
    /// The child ended without saying why.
    #[error(
        "the reader of the workbook ended early ({status}); run the same command again, and if it ends the same way, export the sheet as CSV (UTF-8){said}"
    )]
    Died {
        /// Its exit code or signal.
        status: String,
        /// What the child wrote to standard error.
        said: String,
    },
    /// The child wrote something that is no answer.
    #[error(
        "the reader of the workbook answered {detail}; check that it is a program of the same version as the hub"
    )]
    Garbled {
        /// What it wrote.
        detail: String,
    },
}

impl From<Trouble> for SheetError {
    fn from(trouble: Trouble) -> Self {
        let Trouble { code, detail } = trouble;
        match code {
            TroubleCode::NoLimits => Self::NoLimits { detail },
            TroubleCode::Unreadable => Self::Unreadable { detail },
            TroubleCode::Encrypted => Self::Encrypted { detail },
            TroubleCode::NotAWorkbook => Self::NotAWorkbook { found: detail },
            TroubleCode::NoSheet => Self::NoSheet { detail },
            TroubleCode::Cut => Self::Cut { detail },
            TroubleCode::Suspicious => Self::Suspicious { detail },
            TroubleCode::TooLarge => Self::TooLarge { detail },
            TroubleCode::Damaged => Self::Damaged { detail },
            TroubleCode::Memory => Self::Memory {
                said: format!(" ({detail})"),
            },
            TroubleCode::Output => Self::Garbled {
                detail: format!("that it cannot write: {detail}"),
            },
        }
    }
}
