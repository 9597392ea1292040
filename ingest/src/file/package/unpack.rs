//! A package that came compressed: a ZIP archive with one XML file and nothing else.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use zip::ZipArchive;

use crate::file::encoding::{Detector, Encoding};

/// Bytes of a package, inflated.
const INFLATED_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// How many times its compressed size a package may have; real ones have 10 to 40.
const RATIO: u64 = 200;
/// Packages below this size, in bytes, may have any ratio.
const SMALL: u64 = 1024 * 1024;
/// Bytes of the end of an archive: a head of 22 bytes and a comment.
const END: u64 = 22 + 65_535;
/// The most bytes of the list of its files, where there is one file.
const LIST: u32 = 1024;
const BUFFER: usize = 64 * 1024;

/// Whether a file is an archive with one file, an XML. Its list is looked at without taking memory for what it says.
pub(crate) fn is_packed(archive: &mut File) -> io::Result<bool> {
    let mut head = Vec::new();
    archive.rewind()?;
    Read::by_ref(archive).take(512).read_to_end(&mut head)?;
    let length = archive.seek(SeekFrom::End(0))?;
    archive.seek(SeekFrom::Start(length.saturating_sub(END)))?;
    let mut end = Vec::new();
    Read::by_ref(archive).take(END).read_to_end(&mut end)?;
    archive.rewind()?;
    Ok(named_xml(&head) && has_one_file(&end))
}

/// Whether the first file of an archive is an XML, and not a part of a workbook.
fn named_xml(head: &[u8]) -> bool {
    let length = match head.get(26..28) {
        Some([low, high]) => usize::from(u16::from_le_bytes([*low, *high])),
        _ => return false,
    };
    let name = head.get(30..30 + length).unwrap_or_default();
    head.starts_with(b"PK\x03\x04")
        && name.to_ascii_lowercase().ends_with(b".xml")
        && !name.starts_with(b"[")
        && !name.contains(&b'/')
}

fn has_one_file(end: &[u8]) -> bool {
    let Some(at) = end.windows(4).rposition(|mark| mark == b"PK\x05\x06") else {
        return false;
    };
    let last = end.get(at..).unwrap_or_default();
    let list = match last.get(12..16) {
        Some([a, b, c, d]) => u32::from_le_bytes([*a, *b, *c, *d]),
        _ => return false,
    };
    last.get(10..12) == Some(&[1, 0]) && list <= LIST
}

/// Inflates the package into a file without a name, which is gone with its handle; gives its encoding, too.
pub(crate) fn unpack(archive: File, room: &mut File) -> io::Result<Encoding> {
    let refused = |problem: &str| io::Error::new(io::ErrorKind::InvalidData, problem.to_owned());
    let mut archive = ZipArchive::new(archive).map_err(|_| refused("the archive is damaged or was cut"))?;
    let mut file = archive
        .by_index(0)
        .map_err(|_| refused("the archive is damaged, or it is locked with a password"))?;
    let allowed = file.compressed_size().saturating_mul(RATIO).max(SMALL);
    let most = allowed.min(INFLATED_BYTES);
    let mut detector = Detector::default();
    let mut buffer = vec![0; BUFFER];
    let mut bytes: u64 = 0;
    loop {
        let read = file
            .read(&mut buffer)
            .map_err(|_| refused("the archive is damaged or was cut"))?;
        let chunk = buffer.get(..read).unwrap_or_default();
        if read == 0 {
            break;
        }
        bytes += read as u64;
        if bytes > most {
            return Err(refused(
                "the archive grows beyond what a package may have (2 GiB, and 200 times its packed size)",
            ));
        }
        detector.feed(chunk);
        room.write_all(chunk)?;
    }
    room.rewind()?;
    Ok(detector.encoding())
}
