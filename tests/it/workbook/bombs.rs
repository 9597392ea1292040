//! Small files that ask for much. Each must end soon, with a clear answer, and with the parent's memory flat.

use std::time::{Duration, Instant};

use super::book::{Book, archive, read, save};
use ingest::file::spreadsheet::SheetError;

/// What must come of a bomb.
enum End {
    /// So many records.
    Records(u64),
    /// An error of this kind.
    Error(fn(&SheetError) -> bool),
}

pub(super) struct Bomb {
    pub(super) name: &'static str,
    pub(super) bytes: Vec<u8>,
    end: End,
}

const HEADER: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>"#;

/// Every bomb.
pub(super) const ALL: &[fn() -> Bomb] = &[
    far_corner,
    far_column_in_every_row,
    sparse,
    sparse_in_every_row,
    every_column,
    repeated_strings,
    strings_under_the_ratio,
    strings_promised,
    strings_promised_beyond_counting,
    one_string_for_all_cells,
    many_parts,
    too_many_parts,
    nested,
    nested_in_a_workbook,
];

#[test]
fn bombs_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    for make in ALL {
        let bomb = make();
        let size = bomb.bytes.len();
        let path = save(&folder, "bomb.xlsx", &bomb.bytes);
        drop(bomb.bytes);
        let (since, mut records) = (Instant::now(), 0);
        let outcome = read(&path, |_| records += 1);
        let took = since.elapsed();
        let shown = outcome
            .as_ref()
            .err()
            .map_or_else(|| "whole".to_owned(), ToString::to_string);
        println!(
            "{}: {size} bytes, {took:.2?}, {records} records, {shown}",
            bomb.name
        );
        match (bomb.end, outcome) {
            (End::Records(expected), Ok(())) => assert_eq!(records, expected, "{}", bomb.name),
            (End::Error(check), Err(error)) => assert!(check(&error), "{}: {error}", bomb.name),
            (_, outcome) => panic!("{}: {outcome:?}", bomb.name),
        }
        assert!(took < Duration::from_secs(30), "{} took {took:?}", bomb.name);
    }
}

fn sheet(name: &'static str, data: &str, end: End) -> Bomb {
    let data = format!("{HEADER}{data}");
    let bytes = Book {
        data: &data,
        ..Book::default()
    }
    .bytes();
    Bomb { name, bytes, end }
}

fn far_corner() -> Bomb {
    sheet(
        "far corner",
        r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#,
        End::Records(1),
    )
}

fn far_column_in_every_row() -> Bomb {
    let rows: String = (2..=200_000)
        .map(|row| format!(r#"<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>"#))
        .collect();
    sheet("far column in every row", &rows, End::Error(is_too_large))
}

fn sparse() -> Bomb {
    sheet(
        "sparse",
        r#"<row r="200000"><c r="CV200000"><v>1</v></c></row>"#,
        End::Records(1),
    )
}

fn sparse_in_every_row() -> Bomb {
    let rows: String = (2..=200_000)
        .map(|row| format!(r#"<row r="{row}"><c r="CV{row}"><v>{row}</v></c></row>"#))
        .collect();
    sheet("sparse in every row", &rows, End::Records(199_999))
}

fn every_column() -> Bomb {
    let cells = "<c><v>1</v></c>".repeat(16_384);
    sheet(
        "every column",
        &format!(r#"<row r="2">{cells}</row>"#),
        End::Error(is_too_large),
    )
}

fn strings(name: &'static str, strings: &str, end: End) -> Bomb {
    let bytes = Book {
        data: HEADER,
        strings,
        ..Book::default()
    }
    .bytes();
    Bomb { name, bytes, end }
}

/// 1.4 MB that a reader without limits turns into nearly two gigabytes.
fn repeated_strings() -> Bomb {
    let all = format!(
        "<sst>{}</sst>",
        "<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>".repeat(4_750_000)
    );
    strings(
        "repeated strings",
        &all,
        End::Error(|error| matches!(error, SheetError::TooLarge { .. } | SheetError::Suspicious { .. })),
    )
}

/// Noise in a comment keeps the ratio below the limit, so that only the limit on memory is left.
fn strings_under_the_ratio() -> Bomb {
    let all = format!(
        "<sst><!--{}-->{}</sst>",
        noise(2_500_000),
        "<si><t>a</t></si>".repeat(11_500_000)
    );
    strings("strings under the ratio", &all, End::Error(is_memory))
}

fn strings_promised() -> Bomb {
    strings(
        "strings promised",
        r#"<sst uniqueCount="100000000"><si><t>a</t></si></sst>"#,
        End::Error(is_memory),
    )
}

fn strings_promised_beyond_counting() -> Bomb {
    strings(
        "strings promised beyond counting",
        r#"<sst uniqueCount="18446744073709551615"><si><t>a</t></si></sst>"#,
        End::Error(|error| matches!(error, SheetError::Damaged { .. })),
    )
}

fn one_string_for_all_cells() -> Bomb {
    let cells = r#"<c t="s"><v>0</v></c>"#.repeat(30);
    let rows = format!("<row>{cells}</row>").repeat(100_000);
    let data = format!("{HEADER}<!--{}-->{rows}", noise(800_000));
    let text = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(32_767));
    let bytes = Book {
        data: &data,
        strings: &text,
        ..Book::default()
    }
    .bytes();
    Bomb {
        name: "one string for all cells",
        bytes,
        end: End::Error(is_too_large),
    }
}

fn many_parts() -> Bomb {
    let part = format!("{}{}", noise(60_000), "x".repeat(4_000_000));
    let names: Vec<String> = (0..60)
        .map(|number| format!("xl/media/image{number}.xml"))
        .collect();
    let parts: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), part.as_bytes()))
        .collect();
    let bytes = Book {
        data: HEADER,
        more: &parts,
        ..Book::default()
    }
    .bytes();
    Bomb {
        name: "many parts",
        bytes,
        end: End::Error(is_too_large),
    }
}

fn too_many_parts() -> Bomb {
    let names: Vec<String> = (0..60_000).map(|number| format!("xl/{number}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    Bomb {
        name: "60,000 parts",
        bytes: archive(&parts),
        end: End::Error(|error| matches!(error, SheetError::Suspicious { .. })),
    }
}

/// Archives in archives: 16 in each of five layers, with megabytes of zeros in the innermost ones.
fn layers() -> Vec<u8> {
    let zeros = vec![0; 16 * 1024 * 1024];
    let mut inner = archive(&[("0.dll", &zeros)]);
    for _ in 0..5 {
        let names: Vec<String> = (0..16).map(|number| format!("lib {number}.zip")).collect();
        let parts: Vec<(&str, &[u8])> = names
            .iter()
            .map(|name| (name.as_str(), inner.as_slice()))
            .collect();
        inner = archive(&parts);
    }
    inner
}

fn nested() -> Bomb {
    Bomb {
        name: "nested archives",
        bytes: layers(),
        end: End::Error(|error| matches!(error, SheetError::NotAWorkbook { .. })),
    }
}

fn nested_in_a_workbook() -> Bomb {
    let layers = layers();
    let bytes = Book {
        data: &format!(r#"{HEADER}<row r="2"><c r="A2"><v>1</v></c></row>"#),
        more: &[("xl/embeddings/package.zip", &layers)],
        ..Book::default()
    }
    .bytes();
    Bomb {
        name: "nested archives in a workbook",
        bytes,
        end: End::Records(1),
    }
}

fn is_too_large(error: &SheetError) -> bool {
    matches!(error, SheetError::TooLarge { .. })
}

fn is_memory(error: &SheetError) -> bool {
    matches!(error, SheetError::Memory { .. })
}

/// Characters from `0` to `z` that deflate cannot make much shorter.
fn noise(length: usize) -> String {
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    (0..length)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            char::from(b'0' + u8::try_from((state >> 40) % 75).unwrap_or_default())
        })
        .collect()
}
