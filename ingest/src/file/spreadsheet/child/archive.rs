//! The archive around a workbook, checked before any part of it is understood.
//!
//! The directory is checked first, because it costs nothing. But a directory can lie, so every part is then inflated
//! once into nowhere and counted; this also finds parts that are cut or do not match their checksum.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::result::ZipError;

use super::limits;
use crate::file::spreadsheet::answer::{Trouble, TroubleCode};

/// Checks names, number, sizes and contents of the parts, and goes back to the start of the file.
pub(super) fn check(file: &mut File) -> Result<(), Trouble> {
    let mut archive = ZipArchive::new(BufReader::new(&mut *file)).map_err(no_directory)?;
    if archive.len() > limits::PARTS {
        return Err(suspicious(format!(
            "it has {} parts, at most {} are read",
            archive.len(),
            limits::PARTS
        )));
    }
    check_directory(&mut archive)?;
    check_contents(&mut archive)?;
    check_kind(&archive)?;
    drop(archive);
    file.seek(SeekFrom::Start(0))
        .map_err(|cause| unreadable(&cause))?;
    Ok(())
}

fn check_directory<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<(), Trouble> {
    let mut inflated: u64 = 0;
    for index in 0..archive.len() {
        let part = archive
            .by_index_raw(index)
            .map_err(|error| broken("its directory", error))?;
        let name = part.name().map_err(|error| broken("the name of a part", error))?;
        if !is_plain(&name) {
            return Err(suspicious(format!(
                "a part has the name {name:?}, which leads out of the archive"
            )));
        }
        if part.is_symlink() {
            return Err(suspicious(format!("the part {name:?} is a symbolic link")));
        }
        if part.encrypted() {
            return Err(Trouble::new(TroubleCode::Encrypted, format!("part {name:?}")));
        }
        inflated = inflated.saturating_add(part.size());
        check_sizes(&name, part.size(), part.compressed_size(), inflated)?;
    }
    Ok(())
}

fn check_contents<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<(), Trouble> {
    let mut inflated: u64 = 0;
    let mut buffer = vec![0; 64 * 1024];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| broken("a part", error))?;
        let compressed = part.compressed_size();
        let name = part
            .name()
            .map(Cow::into_owned)
            .map_err(|error| broken("the name of a part", error))?;
        let mut size: u64 = 0;
        loop {
            let read = part
                .read(&mut buffer)
                .map_err(|cause| broken(&format!("the part {name:?}"), ZipError::Io(cause)))?;
            if read == 0 {
                break;
            }
            size += read as u64;
            inflated += read as u64;
            check_sizes(&name, size, compressed, inflated)?;
        }
    }
    Ok(())
}

fn check_sizes(name: &str, size: u64, compressed: u64, inflated: u64) -> Result<(), Trouble> {
    if inflated > limits::INFLATED_BYTES {
        return Err(Trouble::new(
            TroubleCode::TooLarge,
            format!(
                "unpacked it has more than {} MiB",
                limits::INFLATED_BYTES / (1024 * 1024)
            ),
        ));
    }
    if size > limits::SMALL_PART_BYTES && size > compressed.saturating_mul(limits::RATIO) {
        return Err(suspicious(format!(
            "the part {name:?} unpacks to more than {} times its size",
            limits::RATIO
        )));
    }
    Ok(())
}

/// Whether a name stays inside the archive. Some programs write backslashes.
fn is_plain(name: &str) -> bool {
    let name = name.replace('\\', "/");
    let drive = name.split('/').next().is_some_and(|first| first.contains(':'));
    !name.starts_with('/') && !drive && !name.contains('\0') && name.split('/').all(|step| step != "..")
}

fn check_kind<R: Read + Seek>(archive: &ZipArchive<R>) -> Result<(), Trouble> {
    let has = |wanted: &str| {
        archive
            .file_names()
            .any(|name| name.is_ok_and(|name| name.replace('\\', "/").eq_ignore_ascii_case(wanted)))
    };
    let found = if has("xl/workbook.bin") {
        "it is a binary workbook (.xlsb)"
    } else if has("content.xml") && has("mimetype") {
        "it is an OpenDocument file (.ods)"
    } else if has("_rels/.rels") {
        return Ok(());
    } else {
        "it is an archive (ZIP) without the parts of a workbook"
    };
    Err(Trouble::new(TroubleCode::NotAWorkbook, found))
}

fn suspicious(detail: String) -> Trouble {
    Trouble::new(TroubleCode::Suspicious, detail)
}

fn unreadable(cause: &io::Error) -> Trouble {
    Trouble::new(TroubleCode::Unreadable, cause.to_string())
}

fn no_directory(error: ZipError) -> Trouble {
    match error {
        // The end of the directory lies at the end of the file, so it is the first thing that a cut takes away.
        ZipError::InvalidArchive(_) | ZipError::FileNotFound => Trouble::new(
            TroubleCode::Cut,
            format!("the directory at its end is missing or broken ({error})"),
        ),
        other => broken("its directory", other),
    }
}

fn broken(place: &str, error: ZipError) -> Trouble {
    match error {
        ZipError::Io(cause) if cause.kind() == io::ErrorKind::OutOfMemory => {
            Trouble::new(TroubleCode::Memory, cause.to_string())
        }
        ZipError::Io(cause) if cause.kind() == io::ErrorKind::UnexpectedEof => {
            Trouble::new(TroubleCode::Cut, format!("{place} ends too early"))
        }
        other => Trouble::new(TroubleCode::Damaged, format!("{place}: {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    type Part<'a> = (&'a str, &'a [u8]);

    fn check_parts(parts: &[Part<'_>]) -> Result<(), Trouble> {
        let mut writer = zip::ZipWriter::new(tempfile::tempfile().unwrap());
        for (name, bytes) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        check(&mut writer.finish().unwrap())
    }

    #[test]
    fn names_stay_inside() {
        for name in [
            "xl/workbook.xml",
            "xl\\workbook.xml",
            "_rels/.rels",
            "a..b/c",
            "[Content_Types].xml",
        ] {
            assert!(is_plain(name), "{name}");
        }
        for name in [
            "../a",
            "xl/../../a",
            "xl\\..\\a",
            "/etc/passwd",
            "\\a",
            "C:\\a",
            "c:/a",
            "a\0b",
            "..",
        ] {
            assert!(!is_plain(name), "{name}");
        }
    }

    #[test]
    fn parts_are_counted_and_measured() {
        let zeros = vec![0; 8 * 1024 * 1024];
        let many: Vec<String> = (0..=limits::PARTS)
            .map(|number| format!("part{number}"))
            .collect();
        let many: Vec<Part<'_>> = many.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
        let table: [(&[Part<'_>], Result<(), TroubleCode>); 6] = [
            (&[("_rels/.rels", b"x")], Ok(())),
            (&[("xl/other.xml", b"x")], Err(TroubleCode::NotAWorkbook)),
            (
                &[("xl/workbook.bin", b"x"), ("_rels/.rels", b"x")],
                Err(TroubleCode::NotAWorkbook),
            ),
            (
                &[("_rels/.rels", b"x"), ("zeros", &zeros)],
                Err(TroubleCode::Suspicious),
            ),
            (
                &[("_rels/.rels", b"x"), ("../../etc/passwd", b"x")],
                Err(TroubleCode::Suspicious),
            ),
            (&many, Err(TroubleCode::Suspicious)),
        ];
        for (parts, expected) in table {
            assert_eq!(check_parts(parts).map_err(|trouble| trouble.code), expected);
        }
    }

    #[test]
    fn a_link_is_refused() {
        let mut writer = zip::ZipWriter::new(tempfile::tempfile().unwrap());
        writer
            .start_file("_rels/.rels", SimpleFileOptions::default())
            .unwrap();
        writer
            .add_symlink("xl/workbook.xml", "/etc/passwd", SimpleFileOptions::default())
            .unwrap();
        let trouble = check(&mut writer.finish().unwrap()).unwrap_err();
        assert!(trouble.detail.contains("symbolic link"), "{trouble}");
    }

    /// A directory that says ten bytes does not get eight megabytes past.
    #[test]
    fn a_lying_directory_is_found_out() {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let zeros = vec![0_u8; 8 * 1024 * 1024];
        writer
            .start_file("_rels/.rels", SimpleFileOptions::default())
            .unwrap();
        writer.write_all(&zeros).unwrap();
        let mut bytes = writer.finish().unwrap().into_inner();
        let size = u32::try_from(zeros.len()).unwrap().to_le_bytes();
        let places: Vec<usize> = (0..bytes.len() - 4)
            .filter(|place| bytes[*place..*place + 4] == size)
            .collect();
        assert!(!places.is_empty());
        for place in places {
            bytes[place..place + 4].copy_from_slice(&10_u32.to_le_bytes());
        }
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        let trouble = check(&mut file).unwrap_err();
        assert!(trouble.detail.contains("larger than its declared"), "{trouble}");
    }
}
