//! Files that are no workbooks, or no longer: always a clear error or a whole answer, never a broken reader.

use super::book::{Book, read, save};
use ingest::file::spreadsheet::SheetError;
use rust_xlsxwriter::Workbook;

#[cfg(test)]
fn sound() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["企业名称", "标准编号"]).unwrap();
    for row in 1..=40 {
        sheet
            .write_row(row, 0, [format!("企业{row}"), format!("Q/{row}")])
            .unwrap();
    }
    book.save_to_buffer().unwrap()
}

fn count(folder: &tempfile::TempDir, bytes: &[u8]) -> Result<u64, SheetError> {
    let mut records = 0;
    read(&save(folder, "book.xlsx", bytes), |_| records += 1).map(|()| records)
}

/// Whether an error tells that the reader itself broke, not that the file is bad.
fn is_broken_reader(error: &SheetError) -> bool {
    matches!(
        error,
        SheetError::Died { .. }
            | SheetError::Garbled { .. }
            | SheetError::Stalled { .. }
            | SheetError::Start { .. }
            | SheetError::NoLimits { .. }
    )
}

#[test]
fn a_file_cut_anywhere_is_never_taken_for_whole() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = sound();
    assert_eq!(count(&folder, &bytes).unwrap(), 40);
    for length in (0..bytes.len()).step_by(97) {
        let error = count(&folder, &bytes[..length]).unwrap_err();
        let fits = match length {
            0..4 => matches!(error, SheetError::NotAWorkbook { .. }),
            _ => matches!(error, SheetError::Cut { .. }),
        };
        assert!(fits, "cut at {length}: {error}");
    }
}

#[test]
fn a_changed_byte_is_found_or_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = sound();
    let mut found = 0;
    for place in (0..bytes.len()).step_by(31) {
        let mut changed = bytes.clone();
        changed[place] ^= 0x55;
        match count(&folder, &changed) {
            Ok(records) => assert_eq!(records, 40, "byte {place}"),
            Err(error) => {
                assert!(!is_broken_reader(&error), "byte {place}: {error}");
                found += 1;
            }
        }
    }
    assert!(found > 100, "{found}");
}

/// Sheets with sound checksums and senseless contents.
#[test]
fn malformed_sheets_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let header = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>"#;
    for data in [
        r#"<row r="2"><c r="AAAAAAAAAAAAAAAA2"><v>1</v></c></row>"#,
        r#"<row r="2"><c r="A99999999999999999999"><v>1</v></c></row>"#,
        r#"<row r="2"><c r="XFE2"><v>1</v></c></row>"#,
        r#"<row r="1048577"><c r="A1048577"><v>1</v></c></row>"#,
        r#"<row r="0"><c r="A0"><v>1</v></c></row>"#,
        r#"<row r="x"><c r="A1"><v>1</v></c></row>"#,
        r#"<row r="2"><c r="A2" t="s"><v>99</v></c></row>"#,
        r#"<row r="2"><c r="A2" t="n"><v>many</v></c></row>"#,
        r#"<row r="2"><c r="A2" t="zz"><v>1</v></c></row>"#,
        r#"<row r="2"><c r="A2" t="str"><v>&bomb;</v></c></row>"#,
        r#"<row r="2"><c r="A2"><v>1</v>"#,
        r#"<row r="2"><c r="A2"><z>1</z></c></row>"#,
    ] {
        let data = format!("{header}{data}");
        let book = Book {
            data: &data,
            ..Book::default()
        };
        let outcome = count(&folder, &book.bytes());
        assert!(
            matches!(outcome, Err(SheetError::Damaged { .. })),
            "{data}: {outcome:?}"
        );
    }
    for before_data in [
        r#"<dimension ref="B2:A1"/>"#,
        r#"<dimension ref="A1:ZZZZZZZZZZ9999999999"/>"#,
        "<dimension/>",
    ] {
        let book = Book {
            before_data,
            data: header,
            ..Book::default()
        };
        // Built with checks of arithmetic, the library gives up here; built without, it does not care.
        if let Err(error) = count(&folder, &book.bytes()) {
            assert!(
                matches!(error, SheetError::Damaged { .. }),
                "{before_data}: {error}"
            );
        }
    }
}

#[test]
fn shuffled_markup_never_breaks_the_reader() {
    let folder = tempfile::tempdir().unwrap();
    let sound = r#"<row r="1" spans="1:2"><c r="A1" s="1" t="inlineStr"><is><t>a</t></is></c></row><row r="2"><c r="A2" s="5" t="s"><v>0</v></c><c r="B2"><f>A2</f><v>45058.5</v></c></row>"#;
    let mut state: u64 = 88_172_645_463_325_252;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as usize % below
    };
    let mut errors = 0;
    for _ in 0..300 {
        let mut data: Vec<char> = sound.chars().collect();
        for _ in 0..3 {
            let (from, to) = (next(data.len()), next(data.len()));
            match next(3) {
                0 => data.swap(from, to),
                1 => data[from] = ['9', '<', '"', '&', 'Z', '-'][next(6)],
                _ => data.truncate(from.max(20)),
            }
        }
        let data: String = data.into_iter().collect();
        let book = Book {
            data: &data,
            strings: "<sst><si><t>b</t></si></sst>",
            ..Book::default()
        };
        if let Err(error) = count(&folder, &book.bytes()) {
            assert!(!is_broken_reader(&error), "{data}: {error}");
            errors += 1;
        }
    }
    assert!((50..300).contains(&errors), "{errors}");
}

#[test]
fn other_files_are_called_by_their_kind() {
    let folder = tempfile::tempdir().unwrap();
    type Check = fn(&SheetError) -> bool;
    let other: Check = |error| matches!(error, SheetError::NotAWorkbook { .. });
    let table: [(Vec<u8>, Check, &str); 6] = [
        ("企业名称,标准编号\n甲,Q/1\n".as_bytes().to_vec(), other, "CSV"),
        (b"<html><table></table></html>".to_vec(), other, "web page"),
        (Vec::new(), other, "empty"),
        (
            super::book::archive(&[("content.xml", b"x"), ("mimetype", b"x")]),
            other,
            ".ods",
        ),
        (
            compound_file("EncryptedPackage", &[]),
            |error| matches!(error, SheetError::Encrypted { .. }),
            "password",
        ),
        (
            compound_file("", &[])[..512].to_vec(),
            |error| matches!(error, SheetError::Damaged { .. }),
            "damaged",
        ),
    ];
    for (bytes, check, word) in table {
        let error = count(&folder, &bytes).unwrap_err();
        assert!(check(&error) && error.to_string().contains(word), "{error}");
    }
}

#[test]
fn an_old_workbook_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = save(
        &folder,
        "book.xls",
        &compound_file("Workbook", &old_workbook(false)),
    );
    let mut rows = Vec::new();
    read(&path, |record| rows.push((record.line_no, record.cells.unwrap()))).unwrap();
    let cell = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    assert_eq!(rows, [(4, vec![cell("a", "6901234567892"), cell("b", "x")])]);
    let error = count(&folder, &compound_file("Workbook", &old_workbook(true))).unwrap_err();
    assert!(matches!(error, SheetError::Encrypted { .. }), "{error}");
    let bytes = compound_file("Workbook", &old_workbook(false));
    for length in (8..bytes.len()).step_by(97) {
        if let Err(error) = count(&folder, &bytes[..length]) {
            assert!(!is_broken_reader(&error), "cut at {length}: {error}");
        }
    }
}

/// A workbook of Excel 97 (BIFF8): a header `a`, `b` in row 2, and a row 4 below it.
#[cfg(test)]
fn old_workbook(encrypted: bool) -> Vec<u8> {
    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), body].concat()
    }
    fn place(row: u16, column: u16) -> Vec<u8> {
        [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat()
    }
    fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
        let length = u16::try_from(text.len()).unwrap();
        record(
            0x0204,
            &[
                &place(row, column)[..],
                &length.to_le_bytes(),
                &[0],
                text.as_bytes(),
            ]
            .concat(),
        )
    }
    let begin = |kind: u16| {
        record(
            0x0809,
            &[&0x0600_u16.to_le_bytes()[..], &kind.to_le_bytes(), &[0; 12]].concat(),
        )
    };
    let end = record(0x000A, &[]);
    let lock = if encrypted {
        record(0x002F, &[1, 0, 1, 0])
    } else {
        Vec::new()
    };
    let globals = [begin(0x0005), lock].concat();
    let entry = 4 + 8 + 1;
    let start = u32::try_from(globals.len() + entry + end.len()).unwrap();
    let sheet = record(0x0085, &[&start.to_le_bytes()[..], &[0, 0, 1, 0], b"s"].concat());
    let number = record(
        0x0203,
        &[&place(3, 0)[..], &6_901_234_567_892_f64.to_le_bytes()].concat(),
    );
    [
        globals,
        sheet,
        end.clone(),
        begin(0x0010),
        label(1, 0, "a"),
        label(1, 1, "b"),
        number,
        label(3, 1, "x"),
        end,
    ]
    .concat()
}

/// A compound file (OLE) with one stream: a header, a sector of the allocation table, one of the directory, and the
/// stream, which is padded to the size from which streams have sectors of their own.
#[cfg(test)]
fn compound_file(name: &str, stream: &[u8]) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;
    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(4096).next_multiple_of(512), 0);
    let sectors = u32::try_from(stream.len() / 512).unwrap();

    let mut header = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    header.resize(24, 0);
    for half in [0x3E_u16, 3, 0xFFFE, 9, 6] {
        header.extend(half.to_le_bytes());
    }
    header.resize(44, 0);
    for word in [1, 1, 0, 4096, END, 0, END, 0, 0] {
        header.extend(u32::to_le_bytes(word));
    }
    header.resize(512, 0xFF);

    let mut table = vec![0xFFFF_FFFD, END];
    table.extend((3..2 + sectors).chain([END]));
    table.resize(128, FREE);
    let table: Vec<u8> = table.into_iter().flat_map(u32::to_le_bytes).collect();

    let entry = |name: &str, kind: u8, child: u32, start: u32, size: u32| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(entry.len() + 2).unwrap();
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        for word in [FREE, FREE, child] {
            entry.extend(word.to_le_bytes());
        }
        entry.resize(116, 0);
        for word in [start, size, 0] {
            entry.extend(word.to_le_bytes());
        }
        entry
    };
    let mut directory = entry("Root Entry", 5, 1, END, 0);
    directory.extend(entry(name, 2, FREE, 2, sectors * 512));
    directory.resize(512, 0);
    [header, table, directory, stream].concat()
}
