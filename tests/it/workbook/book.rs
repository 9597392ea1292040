//! Workbooks made by hand, and the reader with the child of this crate.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use ingest::IngestError;
use ingest::file::spreadsheet::{Header, Program, SheetError, SpreadsheetRows};
use ingest::file::{RawRecord, RecordReader};
use zip::write::SimpleFileOptions;

/// The child.
fn program() -> Program {
    Program {
        path: support::hub::binary().to_owned(),
        arguments: vec![ingest::file::spreadsheet::COMMAND.into()],
    }
}

/// Reads a workbook to its end or to its error.
pub fn read(path: &Path, mut take: impl FnMut(RawRecord)) -> Result<(), SheetError> {
    let header = Header {
        known: &|name| ["企业名称", "标准编号", "产品名称", "条码", "公开时间", "a", "b"].contains(&name),
        at_least: 1,
    };
    let mut rows = SpreadsheetRows::open(&program(), path, "book", None, &header)?;
    loop {
        match rows.next_record() {
            Ok(Some(record)) => take(record),
            Ok(None) => return Ok(()),
            Err(IngestError::Spreadsheet { cause, .. }) => return Err(cause),
            Err(other) => panic!("{other}"),
        }
    }
}

/// Writes bytes under a name in a folder.
pub fn save(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// A ZIP archive.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The variable parts of a workbook with one sheet.
#[derive(Default)]
pub struct Book<'a> {
    /// Attributes of `workbookPr`.
    pub properties: &'a str,
    /// What stands before `sheetData`.
    pub before_data: &'a str,
    /// The content of `sheetData`.
    pub data: &'a str,
    /// The whole part of the shared strings.
    pub strings: &'a str,
    /// More parts.
    pub more: &'a [(&'a str, &'a [u8])],
}

impl Book<'_> {
    /// The workbook; its cell style 1 is a date, 2 a Chinese date without a format code, 3 six digits, 4 a share of a
    /// hundred, 5 a duration.
    pub fn bytes(&self) -> Vec<u8> {
        let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let package = "http://schemas.openxmlformats.org/package/2006/relationships";
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let relations = format!(
            r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        );
        let of_workbook = format!(
            r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
        );
        let workbook = format!(
            r#"<workbook xmlns="{main}" xmlns:r="{relation}"><workbookPr {}/><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
            self.properties
        );
        let styles = format!(
            r#"<styleSheet xmlns="{main}"><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="165" formatCode="000000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="31"/><xf numFmtId="165"/><xf numFmtId="10"/><xf numFmtId="46"/></cellXfs></styleSheet>"#
        );
        let sheet = format!(
            r#"<worksheet xmlns="{main}">{}<sheetData>{}</sheetData></worksheet>"#,
            self.before_data, self.data
        );
        let mut parts: Vec<(&str, &[u8])> = vec![
            ("_rels/.rels", relations.as_bytes()),
            ("xl/_rels/workbook.xml.rels", of_workbook.as_bytes()),
            ("xl/workbook.xml", workbook.as_bytes()),
            ("xl/styles.xml", styles.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ];
        if !self.strings.is_empty() {
            parts.push(("xl/sharedStrings.xml", self.strings.as_bytes()));
        }
        parts.extend(self.more);
        archive(&parts)
    }
}
