//! The limits of the child.

use std::io;

/// Address space of the process, in bytes.
pub(in crate::file::spreadsheet) const MEMORY_BYTES: u64 = 512 * 1024 * 1024;
/// Computing time of the process, in seconds.
pub(in crate::file::spreadsheet) const CPU_SECONDS: u64 = 30;
/// Parts (files) in the archive of a workbook.
pub(super) const PARTS: usize = 200;
/// Bytes of all parts of a workbook, inflated.
pub(super) const INFLATED_BYTES: u64 = 200 * 1024 * 1024;
/// How many times its compressed size a part may have when inflated; deflate reaches 1,032 with nothing but zeros, a
/// sheet 5 to 30.
pub(super) const RATIO: u64 = 100;
/// Parts below this size, in bytes, may have any ratio: all of them together cannot pass [`INFLATED_BYTES`].
pub(super) const SMALL_PART_BYTES: u64 = 1024 * 1024;
/// Cells with text, of all sheets that are read.
pub(super) const CELLS: u64 = 5_000_000;
/// Cells with text and the empty ones to the left of them, of all sheets that are read.
pub(super) const PLACES: u64 = 50_000_000;
/// Rows with text, of all sheets that are read.
pub(super) const ROWS: u64 = 1_000_000;
/// Columns of a sheet (XFD), as in Excel.
pub(super) const COLUMNS: u32 = 16_384;
/// Number of the last row of a sheet, as in Excel.
pub(super) const LAST_ROW: u32 = 1_048_576;
/// Columns of one sheet that hold any text.
pub(super) const USED_COLUMNS: usize = 500;
/// Characters of a cell, as in Excel.
pub(super) const CELL_CHARACTERS: usize = 32_767;
/// Bytes that the child writes: shared strings let a small workbook tell a very long story.
pub(super) const OUTPUT_BYTES: u64 = 512 * 1024 * 1024;

/// Limits this process for the rest of its life: address space, computing time, no core file, no writing of files.
#[cfg(unix)]
pub(super) fn impose() -> io::Result<()> {
    use rlimit::Resource;

    // The first CPU limit sends a signal that the parent recognises, the second one kills.
    let limits = [
        (Resource::CORE, 0, 0),
        (Resource::FSIZE, 0, 0),
        (Resource::CPU, CPU_SECONDS, CPU_SECONDS + 1),
        (Resource::AS, MEMORY_BYTES, MEMORY_BYTES),
    ];
    for (resource, soft, hard) in limits {
        // A tighter limit that is already there stays.
        let (_, hardest) = resource.get()?;
        resource.set(soft.min(hardest), hard.min(hardest))?;
    }
    Ok(())
}

/// There are no limits of the operating system to rely on.
#[cfg(not(unix))]
pub(super) fn impose() -> io::Result<()> {
    Err(io::Error::new(
        io::ErrorKind::Unsupported,
        "this operating system has no limits for a process",
    ))
}
