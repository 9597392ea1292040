//! What a file is, by its first bytes; its name says nothing.

use std::io::{self, Read, Seek, SeekFrom};

/// The kind of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A ZIP archive: XLSX, XLSM and much else.
    Zip,
    /// A compound file (OLE): XLS, or any encrypted workbook.
    Ole,
    /// Something else, in words.
    Other(String),
}

/// Looks at the first bytes and goes back to the start.
pub(super) fn of<R: Read + Seek>(file: &mut R) -> io::Result<Kind> {
    let mut begin = Vec::new();
    file.by_ref().take(512).read_to_end(&mut begin)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(of_bytes(&begin))
}

fn of_bytes(begin: &[u8]) -> Kind {
    let other = |found: &str| Kind::Other(found.to_owned());
    let mark = begin.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(begin);
    let text = mark.trim_ascii_start();
    if begin.starts_with(b"PK\x03\x04") {
        Kind::Zip
    } else if begin.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        Kind::Ole
    } else if begin.is_empty() {
        other("it is empty")
    } else if begin.starts_with(b"PK") {
        other("it is an empty or split ZIP archive")
    } else if begin.starts_with(b"%PDF") {
        other("it is a PDF")
    } else if begin.starts_with(b"\x1F\x8B") || begin.starts_with(b"Rar!") || begin.starts_with(b"7z\xBC\xAF")
    {
        other("it is an archive")
    } else if text.starts_with(b"<") {
        other("it is a web page or XML, as some systems export it under the ending .xls")
    } else if !begin.contains(&0) {
        other("it looks like text, perhaps CSV")
    } else {
        other("its first bytes are those of no workbook")
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, of_bytes};

    #[test]
    fn kinds_are_told_by_their_first_bytes() {
        assert_eq!(of_bytes(b"PK\x03\x04rest"), Kind::Zip);
        assert_eq!(of_bytes(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest"), Kind::Ole);
        let others: [(&[u8], &str); 8] = [
            (b"", "empty"),
            (b"PK\x05\x06", "ZIP"),
            (b"%PDF-1.7", "PDF"),
            (b"\x1F\x8B\x08", "archive"),
            (b"\xEF\xBB\xBF <html>", "web page"),
            ("企业名称,标准编号\n".as_bytes(), "CSV"),
            (b"\xC6\xF3\xD2\xB5,1\n", "CSV"),
            (b"\x7FELF\x02\x00", "no workbook"),
        ];
        for (begin, expected) in others {
            match of_bytes(begin) {
                Kind::Other(found) => assert!(found.contains(expected), "{found}"),
                kind => panic!("{begin:?} is {kind:?}"),
            }
        }
    }
}
