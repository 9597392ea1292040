//! Packages that are whole, cut, broken and hostile.

use std::io::Cursor;

use super::*;
use crate::file::encoding::Detector;
use crate::file::lines::LONGEST_LINE;

/// A package of two records, the second without an element of the first.
const PACKAGE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<PACKAGE>
  <HEAD><BATCH_ID>B-1</BATCH_ID><SENDER>某县</SENDER><SEND_TIME>2026-11-20 08:00</SEND_TIME><RECORD_COUNT>2</RECORD_COUNT></HEAD>
  <BODY>
    <RECORD><CF_WSH>某市监罚〔2026〕1号</CF_WSH><CF_SY>甲 &amp; 乙 &#x4E09; <![CDATA[<丙>]]></CF_SY><BZ/></RECORD>
    <RECORD><CF_WSH>某市监罚〔2026〕2号</CF_WSH></RECORD>
  </BODY>
</PACKAGE>
";

fn open(bytes: &[u8]) -> Result<PackageRows, IngestError> {
    let mut detector = Detector::default();
    detector.feed(bytes);
    let source = Box::new(Cursor::new(bytes.to_vec()));
    PackageRows::open("package.xml", source, detector.encoding(), &[Layout::default()])
}

fn all(rows: &mut PackageRows) -> Vec<RawRecord> {
    let mut records = Vec::new();
    while let Some(record) = rows.next_record().unwrap() {
        records.push(record);
    }
    records
}

/// The records of a package with such a body, by their codes or their cells, and the trouble.
fn body(body: &str) -> (Vec<String>, Option<String>) {
    let head = "<PACKAGE><HEAD><BATCH_ID>B</BATCH_ID></HEAD><BODY>";
    let first = "<RECORD><A>1</A></RECORD>";
    let mut rows = open(format!("{head}{first}{body}</BODY></PACKAGE>").as_bytes()).unwrap();
    let told = all(&mut rows)
        .into_iter()
        .skip(1)
        .map(|record| match record.cells {
            Ok(cells) => {
                let cells: Vec<String> = cells
                    .iter()
                    .map(|(name, cell)| format!("{name}={cell}"))
                    .collect();
                cells.join(",")
            }
            Err(unreadable) => unreadable.code.to_owned(),
        });
    (told.collect(), rows.closing().trouble)
}

#[test]
fn records_come_with_their_columns_and_the_head() {
    let (gbk, _, _) = encoding_rs::GBK.encode(PACKAGE);
    let declared = PACKAGE.replace("UTF-8", "GBK");
    let (declared_gbk, _, _) = encoding_rs::GBK.encode(&declared);
    for bytes in [PACKAGE.as_bytes(), &gbk, &declared_gbk, declared.as_bytes()] {
        let mut rows = open(bytes).unwrap();
        assert_eq!(rows.columns().0, ["CF_WSH", "CF_SY", "BZ"]);
        assert_eq!(rows.batch(), Some("B-1"));
        let records = all(&mut rows);
        let cells = records.first().unwrap().cells.as_ref().unwrap();
        let shown: Vec<&str> = cells.iter().map(|(_, cell)| cell.as_str()).collect();
        assert_eq!(shown, ["某市监罚〔2026〕1号", "甲 & 乙 三 <丙>", ""]);
        let places: Vec<(u64, u64)> = records
            .iter()
            .map(|record| (record.row_no, record.line_no))
            .collect();
        assert_eq!(places, [(1, 5), (2, 6)]);
        let closing = rows.closing();
        assert_eq!(closing.trouble, None);
        let note = closing.notes.first().unwrap();
        assert!(
            note.contains("batch B-1, sender 某县, sent at 2026-11-20 08:00, count 2"),
            "{note}"
        );
    }
}

#[test]
fn a_package_cut_at_any_byte_is_found_out() {
    let (gbk, _, _) = encoding_rs::GBK.encode(PACKAGE);
    for bytes in [PACKAGE.as_bytes(), &gbk] {
        let whole = bytes.trim_ascii_end().len();
        for length in 0..whole {
            let Ok(mut rows) = open(bytes.get(..length).unwrap()) else {
                continue;
            };
            let records = all(&mut rows);
            let cut = records.iter().any(|record| match &record.cells {
                Ok(_) => false,
                Err(unreadable) => unreadable.cut,
            });
            let told = cut || rows.closing().trouble.is_some();
            assert!(told, "cut at {length} of {whole}");
            // What is whole of it is given as it is in the whole package.
            let sound = records.iter().filter(|record| record.cells.is_ok()).count();
            assert!(sound <= 2);
        }
        assert!(open(bytes.get(..whole).unwrap()).is_ok());
    }
}

#[test]
fn the_head_has_to_count_the_records() {
    for (count, told) in [
        ("3", "counts 3 records, the body has 2"),
        ("两", "something else than a number"),
    ] {
        let text = PACKAGE.replace("<RECORD_COUNT>2", &format!("<RECORD_COUNT>{count}"));
        let mut rows = open(text.as_bytes()).unwrap();
        assert_eq!(all(&mut rows).len(), 2);
        let trouble = rows.closing().trouble.unwrap();
        assert!(trouble.contains(told), "{trouble}");
    }
    let uncounted = PACKAGE.replace("<RECORD_COUNT>2</RECORD_COUNT>", "");
    let mut rows = open(uncounted.as_bytes()).unwrap();
    assert_eq!((all(&mut rows).len(), rows.closing().trouble), (2, None));
}

#[test]
fn a_broken_record_is_refused_and_the_next_is_read() {
    let sound = "<RECORD><A>2</A></RECORD>";
    for (broken, code) in [
        ("<RECORD><A><B>x</B></A></RECORD>", "NESTED_ELEMENT"),
        ("<RECORD><A>1</A><A>2</A></RECORD>", "REPEATED_KEY"),
        ("<RECORD>x<A>1</A></RECORD>", "MALFORMED_RECORD"),
        ("<OTHER><A>1</A></OTHER>", "MALFORMED_RECORD"),
        ("<RECORD><A>&file;</A></RECORD>", "UNKNOWN_ENTITY"),
        ("<RECORD><A>\u{FFFF}</A></RECORD>", "BAD_ENCODING"),
    ] {
        let (told, trouble) = body(&format!("{broken}{sound}"));
        assert_eq!(
            (told, trouble),
            (vec![code.to_owned(), "A=2".to_owned()], None),
            "{broken}"
        );
    }
    let long = format!(
        "<RECORD><A>{}</A></RECORD>{sound}",
        "xxxxxxx&amp;".repeat(LONGEST_LINE / 4)
    );
    assert_eq!(body(&long).0, ["LINE_TOO_LONG", "A=2"]);
    let wide: String = (0..600).map(|at| format!("<C{at}/>")).collect();
    assert_eq!(
        body(&format!("<RECORD>{wide}</RECORD>{sound}")).0,
        ["MALFORMED_RECORD", "A=2"]
    );
}

#[test]
fn what_cannot_be_read_on_holds_the_run() {
    for (text, codes) in [
        ("<RECORD><A>1</B></RECORD>", vec!["MALFORMED_XML"]),
        ("<RECORD><A>a & b</A></RECORD>", vec!["MALFORMED_XML"]),
        ("text<RECORD><A>2</A></RECORD>", vec![]),
    ] {
        let (told, trouble) = body(text);
        assert_eq!(told, codes, "{text}");
        assert!(trouble.is_some(), "{text}");
    }
    let deep = "<X>".repeat(100_000);
    let (told, trouble) = body(&format!("<RECORD>{deep}"));
    assert_eq!(told, ["NESTED_ELEMENT"]);
    assert!(trouble.unwrap().contains("deep"));
    let behind = format!("{PACKAGE}<PACKAGE/>");
    let mut rows = open(behind.as_bytes()).unwrap();
    all(&mut rows);
    assert!(rows.closing().trouble.unwrap().contains("follows behind"));
}

#[test]
fn what_is_no_package_is_refused_with_the_place_and_the_remedy() {
    let doctype = "<!DOCTYPE PACKAGE [<!ENTITY file SYSTEM \"file:///etc/passwd\">]><PACKAGE>";
    let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><PACKAGE>";
    let long = format!("<PACKAGE><HEAD><BATCH_ID>{}", "x".repeat(3 * LONGEST_LINE));
    let attributes = format!("<PACKAGE {}>", "a='b' ".repeat(LONGEST_LINE / 2));
    for (text, told) in [
        (
            "<html><body>",
            "begins with another element than a package: PACKAGE",
        ),
        (PACKAGE.replace("<PACKAGE>", doctype).as_str(), "DOCTYPE"),
        (PACKAGE.replace("<PACKAGE>", bomb).as_str(), "DOCTYPE"),
        (
            PACKAGE.replace("BATCH_ID", "NUMBER").as_str(),
            "does not name its batch",
        ),
        (
            PACKAGE.replace("UTF-8", "BIG5").as_str(),
            "declares the encoding BIG5",
        ),
        (long.as_str(), "more than"),
        (attributes.as_str(), "more than"),
        (
            "<PACKAGE><HEAD><BATCH_ID>1</BATCH_ID></HEAD></PACKAGE>",
            "has no <BODY>",
        ),
        (
            "<PACKAGE><HEAD><BATCH_ID>1</BATCH_ID></HEAD><BODY></BODY></PACKAGE>",
            "empty",
        ),
        (
            "<PACKAGE><HEAD><BATCH_ID>1</BATCH_ID></HEAD><BODY>",
            "ends before </BODY>",
        ),
        ("<PACKAGE><HEAD><BATCH", "was cut"),
    ] {
        let error = open(text.as_bytes())
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert!(error.contains(told), "{told}: {error}");
    }
}

#[test]
fn elements_may_have_other_names_and_a_prefix() {
    let text = PACKAGE
        .replace("PACKAGE", "n:数据包")
        .replace("HEAD>", "包头>")
        .replace("BODY>", "n:包体>")
        .replace("RECORD>", "记录>")
        .replace("BATCH_ID", "批次号");
    let layout = Layout {
        root: "数据包".to_owned(),
        head: "包头".to_owned(),
        body: "包体".to_owned(),
        record: "记录".to_owned(),
        batch: "批次号".to_owned(),
        ..Layout::default()
    };
    let source = Box::new(Cursor::new(text.into_bytes()));
    let layouts = [Layout::default(), layout];
    let mut rows = PackageRows::open("package.xml", source, Encoding::Utf8, &layouts).unwrap();
    assert_eq!(
        (rows.batch().map(str::to_owned), all(&mut rows).len()),
        (Some("B-1".to_owned()), 2)
    );
    assert_eq!(rows.closing().trouble, None);
}
