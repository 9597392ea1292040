//! What is read from workbooks as Excel and WPS write them.

use super::book::{Book, save};
use ingest::file::RawRecord;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

#[cfg(test)]
fn read(path: &std::path::Path) -> Vec<RawRecord> {
    let mut records = Vec::new();
    super::book::read(path, |record| records.push(record)).unwrap();
    records
}

#[cfg(test)]
fn cells(record: &RawRecord) -> Vec<&str> {
    record
        .cells
        .as_ref()
        .unwrap()
        .iter()
        .map(|(_, cell)| cell.as_str())
        .collect()
}

#[test]
fn a_declaration_with_continuation_rows() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = Workbook::new();
    book.add_worksheet()
        .set_name("填表说明")
        .unwrap()
        .write(0, 0, "请逐行填写")
        .unwrap();
    let sheet = book.add_worksheet();
    let day = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let wrapped = Format::new().set_text_wrap();
    sheet
        .merge_range(0, 0, 0, 4, "企业标准自我声明公开信息", &Format::new())
        .unwrap();
    for (column, name) in ["企业\n名称", " 标准编号", "公开时间", "条　码", "产品名称.1"]
        .into_iter()
        .enumerate()
    {
        sheet.write_with_format(2, column as u16, name, &wrapped).unwrap();
    }
    sheet.merge_range(3, 0, 4, 0, "甲公司", &Format::new()).unwrap();
    sheet.write(3, 1, "Q/320582ABC 001-2023").unwrap();
    let declared = ExcelDateTime::from_ymd(2023, 5, 12)
        .unwrap()
        .and_hms(10, 31, 0)
        .unwrap();
    sheet.write_with_format(3, 2, &declared, &day).unwrap();
    sheet.write(3, 3, 6_901_234_567_892_f64).unwrap();
    sheet
        .write_rich_string(
            3,
            4,
            &[
                (&Format::new().set_bold(), "加厚"),
                (&Format::new(), "垫片 & <A>"),
            ],
        )
        .unwrap();
    sheet.write(4, 4, "薄垫片").unwrap();
    sheet.write(7, 0, "乙公司").unwrap();
    let path = folder.path().join("book.xlsx");
    book.save(&path).unwrap();

    let records = read(&path);
    let rows: Vec<(u64, u64, Vec<&str>)> = records
        .iter()
        .map(|record| (record.row_no, record.line_no, cells(record)))
        .collect();
    assert_eq!(
        rows,
        [
            (
                1,
                4,
                vec![
                    "甲公司",
                    "Q/320582ABC 001-2023",
                    "2023-05-12 10:31:00",
                    "6901234567892",
                    "加厚垫片 & <A>"
                ]
            ),
            (2, 5, vec!["", "", "", "", "薄垫片"]),
            (3, 8, vec!["乙公司", "", "", "", ""]),
        ]
    );
    let names: Vec<&str> = records[0]
        .cells
        .as_ref()
        .unwrap()
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(names, ["企业名称", "标准编号", "公开时间", "条码", "产品名称"]);
}

/// One cell of every kind: the XML of the cell in row 2, and its text in the 1900 system.
const KINDS: [(&str, &str); 26] = [
    (r#"<c r="A2" s="1"><v>45058</v></c>"#, "2023-05-12"),
    (r#"<c r="A2" s="2"><v>45058</v></c>"#, "2023-05-12"),
    (
        r#"<c r="A2" s="1"><v>45058.43819444444</v></c>"#,
        "2023-05-12 10:31:00",
    ),
    (r#"<c r="A2" s="1"><v>59</v></c>"#, "1900-02-28"),
    (r#"<c r="A2" s="1"><v>61</v></c>"#, "1900-03-01"),
    (r#"<c r="A2" s="1"><v>-3</v></c>"#, "-3"),
    (r#"<c r="A2" s="1"><v>20230512</v></c>"#, "20230512"),
    (r#"<c r="A2" s="5"><v>1.5</v></c>"#, "36:00:00"),
    (r#"<c r="A2" s="3"><v>3205</v></c>"#, "003205"),
    (r#"<c r="A2" s="4"><v>0.05</v></c>"#, "5%"),
    (r#"<c r="A2"><v>6.901234567892E12</v></c>"#, "6901234567892"),
    (r#"<c r="A2"><v>0.30000000000000004</v></c>"#, "0.3"),
    (
        r#"<c r="A2"><v>913205001234567890</v></c>"#,
        "9.13205001234568E+17",
    ),
    (r#"<c r="A2" t="n"><v>100</v></c>"#, "100"),
    (r#"<c r="A2" t="b"><v>1</v></c>"#, "TRUE"),
    (r#"<c r="A2" t="b"><v>0</v></c>"#, "FALSE"),
    (
        r#"<c r="A2" t="d"><v>2023-05-12T10:31:00Z</v></c>"#,
        "2023-05-12 10:31:00",
    ),
    (
        r#"<c r="A2" t="str"><f>B2&amp;"x"</f><v>a &lt; b</v></c>"#,
        "a < b",
    ),
    (r#"<c r="A2" t="inlineStr"><is><t>行内</t></is></c>"#, "行内"),
    (
        r#"<c r="A2" t="inlineStr"><is><r><t xml:space="preserve">a </t></r><r><t>b</t></r></is></c>"#,
        "a b",
    ),
    (r#"<c r="A2" t="s"><v>0</v></c>"#, "共享"),
    (r#"<c r="A2" t="s"><v>1</v></c>"#, "多段文字"),
    (r#"<c r="A2" t="e"><v>#N/A</v></c>"#, ""),
    (r#"<c r="A2" t="e"><v>#SPILL!</v></c>"#, ""),
    (r#"<c r="A2" s="1"/>"#, ""),
    (
        r#"<c t="inlineStr"><is><t>no position</t></is></c>"#,
        "no position",
    ),
];

const STRINGS: &str = r#"<sst><si><t>共享</t></si><si><r><t>多段</t></r><r><rPr><b/></rPr><t>文字</t></r><rPh sb="0" eb="1"><t>拼音</t></rPh></si></sst>"#;

#[cfg(test)]
fn one_cell(folder: &tempfile::TempDir, properties: &str, cell: &str) -> String {
    let data = format!(
        r#"<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row><row r="2">{cell}<c r="B2"><v>1</v></c></row>"#
    );
    let book = Book {
        properties,
        data: &data,
        strings: STRINGS,
        ..Book::default()
    };
    let records = read(&save(folder, "book.xlsx", &book.bytes()));
    assert_eq!(records.len(), 1, "{cell}");
    assert_eq!(cells(&records[0])[1], "1", "{cell}");
    cells(&records[0])[0].to_owned()
}

#[test]
fn every_kind_of_cell() {
    let folder = tempfile::tempdir().unwrap();
    for (cell, expected) in KINDS {
        assert_eq!(one_cell(&folder, "", cell), expected, "{cell}");
    }
}

#[test]
fn dates_of_the_1904_system() {
    let folder = tempfile::tempdir().unwrap();
    for properties in [r#"date1904="1""#, r#"date1904="true""#] {
        let cell = |value: &str| format!(r#"<c r="A2" s="1"><v>{value}</v></c>"#);
        assert_eq!(one_cell(&folder, properties, &cell("43596")), "2023-05-12");
        assert_eq!(one_cell(&folder, properties, &cell("0")), "1904-01-01");
    }
    assert_eq!(
        one_cell(&folder, r#"date1904="0""#, r#"<c r="A2" s="1"><v>45058</v></c>"#),
        "2023-05-12"
    );
}

#[test]
fn a_hundred_thousand_rows_come_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for column in 0..30 {
        sheet
            .write(
                0,
                column,
                if column == 0 {
                    "企业名称".to_owned()
                } else {
                    format!("列{column}")
                },
            )
            .unwrap();
        for row in 1..=100_000 {
            sheet
                .write(row, column, f64::from(row) * 30.0 + f64::from(column))
                .unwrap();
        }
    }
    let path = folder.path().join("book.xlsx");
    book.save(&path).unwrap();
    let since = std::time::Instant::now();
    let records = read(&path);
    println!("100,000 rows of 30 cells in {:?}", since.elapsed());
    assert_eq!(records.len(), 100_000);
    let last = records.last().unwrap();
    assert_eq!((last.line_no, cells(last)[29]), (100_001, "3000029"));
}
