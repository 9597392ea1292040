//! The parent against children that are shell scripts: what they tell, and the ways in which they fail.

#![cfg(unix)]

use std::time::Instant;

use super::*;

fn known(name: &str) -> bool {
    ["企业名称", "标准编号", "产品名称"].contains(&name)
}

fn open(script: &str, patience: Duration) -> Result<SpreadsheetRows, SheetError> {
    let program = Program {
        path: "/bin/sh".into(),
        arguments: vec!["-c".into(), script.into()],
    };
    let header = Header {
        known: &known,
        at_least: 2,
    };
    SpreadsheetRows::open_within(
        patience,
        &program,
        Workbook::Path(Path::new("book.xlsx")),
        "book.xlsx",
        None,
        &header,
    )
}

fn telling(lines: &[&str]) -> String {
    format!("cat <<'EOF'\n{}\nEOF\n", lines.join("\n"))
}

const LONG: Duration = Duration::from_secs(30);
const HEADER: &str = r#"{"row":3,"cells":["企业\n名称","","标准 编号.1","备注"]}"#;

fn all(mut rows: SpreadsheetRows) -> (Vec<RawRecord>, Option<SheetError>) {
    let mut records = Vec::new();
    loop {
        match rows.next_record() {
            Ok(Some(record)) => records.push(record),
            Ok(None) => return (records, None),
            Err(IngestError::Spreadsheet { cause, .. }) => return (records, Some(cause)),
            Err(other) => panic!("{other}"),
        }
    }
}

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
fn the_header_may_stand_below_a_title_and_on_the_second_sheet() {
    let rows = open(
        &telling(&[
            r#"{"sheet":"填表说明"}"#,
            r#"{"row":1,"cells":["企业名称","填写营业执照上的名称"]}"#,
            r#"{"sheet":"模板"}"#,
            HEADER,
            r#"{"sheet":"数据"}"#,
            r#"{"row":1,"cells":["企业标准自我声明"]}"#,
            HEADER,
            r#"{"row":4,"cells":["甲公司","nobody's","Q/1","x","beyond"]}"#,
            r#"{"row":9,"cells":["","","Q/2"]}"#,
            r#"{"row":12,"fault":"NUL_BYTE","detail":"cell A12"}"#,
            r#"{"sheet":"又一表"}"#,
            r#"{"row":1,"cells":["never asked for"]}"#,
            r#"{"end":9}"#,
        ]),
        LONG,
    )
    .unwrap();
    assert_eq!(rows.sheet(), "数据");
    let (names, line) = rows.columns();
    assert_eq!(
        (names, line),
        (&["企业名称", "标准编号", "备注"].map(str::to_owned)[..], 3)
    );
    let (records, error) = all(rows);
    assert!(error.is_none(), "{error:?}");
    let places: Vec<(u64, u64)> = records
        .iter()
        .map(|record| (record.row_no, record.line_no))
        .collect();
    assert_eq!(places, [(1, 4), (2, 9), (3, 12)]);
    assert_eq!(cells(&records[0]), ["甲公司", "Q/1", "x"]);
    assert!(records[0].raw.contains("nobody's") && records[0].raw.contains("beyond"));
    assert_eq!(cells(&records[1]), ["", "Q/2", ""]);
    assert_eq!(records[2].cells.as_ref().unwrap_err().code, "NUL_BYTE");
}

#[test]
fn a_header_without_rows_gives_no_records() {
    let rows = open(&telling(&[r#"{"sheet":"数据"}"#, HEADER, r#"{"end":1}"#]), LONG).unwrap();
    assert_eq!(rows.columns().1, 3);
    let (records, error) = all(rows);
    assert!(records.is_empty() && error.is_none());
}

#[test]
fn a_workbook_without_header_tells_the_nearest_row() {
    let script = telling(&[
        r#"{"sheet":"数据"}"#,
        r#"{"row":1,"cells":["x"]}"#,
        r#"{"row":2,"cells":["企业名称","标准号"]}"#,
        r#"{"end":2}"#,
    ]);
    let error = open(&script, LONG).err().unwrap();
    assert!(matches!(error, SheetError::NoHeader { at_least: 2, .. }));
    assert!(error.to_string().contains("row 2 of sheet \"数据\""), "{error}");
    let far: Vec<String> = (1..=HEADER_WITHIN)
        .map(|row| format!(r#"{{"row":{row},"cells":["x"]}}"#))
        .collect();
    let mut lines: Vec<&str> = vec![r#"{"sheet":"数据"}"#];
    lines.extend(far.iter().map(String::as_str));
    lines.extend([HEADER, r#"{"end":101}"#]);
    assert!(matches!(
        open(&telling(&lines), LONG).err().unwrap(),
        SheetError::NoHeader { .. }
    ));
}

#[test]
fn what_the_child_reports_is_the_error() {
    let script = telling(&[r#"{"error":{"code":"ENCRYPTED","detail":"an encrypted package"}}"#]);
    let error = open(&script, LONG).err().unwrap();
    assert!(matches!(error, SheetError::Encrypted { .. }), "{error}");
    let script = telling(&[
        r#"{"sheet":"s"}"#,
        HEADER,
        r#"{"row":4,"cells":["a"]}"#,
        r#"{"error":{"code":"DAMAGED","detail":"sheet"}}"#,
    ]);
    let (records, error) = all(open(&script, LONG).unwrap());
    assert_eq!(records.len(), 1);
    assert!(matches!(error, Some(SheetError::Damaged { .. })), "{error:?}");
}

#[test]
fn deaths_have_their_causes() {
    type Check = fn(&SheetError) -> bool;
    let table: [(&str, Check); 9] = [
        ("", |error| matches!(error, SheetError::Died { .. })),
        ("exit 3", |error| error.to_string().contains("exit status: 3")),
        ("kill -KILL $$", |error| error.to_string().contains("signal: 9")),
        ("echo broken part >&2; exit 101", |error| {
            error.to_string().contains("it said: broken part")
        }),
        (
            "echo 'memory allocation of 99 bytes failed' >&2; kill -ABRT $$",
            |error| matches!(error, SheetError::Memory { .. }),
        ),
        ("ulimit -S -t 1; while :; do :; done", |error| {
            matches!(error, SheetError::Time { .. })
        }),
        ("printf '{\"sheet\":\"cut'", |error| {
            matches!(error, SheetError::Died { .. })
        }),
        ("head -c 5000000 /dev/zero >&2; exit 4", |error| {
            error.to_string().len() < 5000
        }),
        ("exec >&- 2>&-; exec sleep 0.2", |error| {
            matches!(error, SheetError::Died { .. })
        }),
    ];
    for (script, check) in table {
        let error = open(script, LONG).err().unwrap();
        assert!(check(&error), "{script}: {error}");
    }
}

#[test]
fn output_that_is_no_answer_is_refused() {
    for script in [
        "echo hello",
        "printf '\\377\\376\\n'",
        "head -c 3000000 /dev/zero | tr '\\0' x; echo",
        r#"echo '{"end":5}'"#,
        r#"echo '{"row":1}'"#,
    ] {
        let error = open(script, LONG).err().unwrap();
        assert!(matches!(error, SheetError::Garbled { .. }), "{script}: {error}");
        assert!(error.to_string().len() < 1000);
    }
}

#[test]
fn a_program_that_is_not_there_is_told() {
    let program = Program {
        path: "/no/such/program".into(),
        arguments: Vec::new(),
    };
    let header = Header {
        known: &known,
        at_least: 2,
    };
    let error = SpreadsheetRows::open(&program, Path::new("a"), "a", None, &header)
        .err()
        .unwrap();
    assert!(matches!(error, SheetError::Start { .. }), "{error}");
}

/// Whether a process, or what is left of one, has this number.
fn exists(pid: &str) -> bool {
    std::process::Command::new("kill")
        .args(["-0", pid])
        .stderr(std::process::Stdio::null())
        .status()
        .unwrap()
        .success()
}

const TELLS_ITS_NUMBER: &str =
    r#"printf '{"sheet":"%s"}\n{"row":1,"cells":["企业名称","标准编号"]}\n{"row":2,"cells":["a"]}\n' $$; "#;

#[test]
fn a_child_that_stalls_is_killed_and_leaves_no_zombie() {
    let rows = open(
        &format!("{TELLS_ITS_NUMBER} exec sleep 100"),
        Duration::from_millis(500),
    )
    .unwrap();
    let pid = rows.sheet().to_owned();
    assert!(exists(&pid));
    let since = Instant::now();
    let (records, error) = all(rows);
    assert_eq!(records.len(), 1);
    assert!(matches!(error, Some(SheetError::Stalled { .. })), "{error:?}");
    assert!(since.elapsed() < Duration::from_secs(5) && !exists(&pid));
}

/// Drops of progress do not add up to patience without end, and a grandchild that holds the pipe holds up nobody.
#[test]
fn a_child_that_drips_is_killed() {
    let script =
        format!("{TELLS_ITS_NUMBER} while sleep 0.1; do echo '{{\"row\":3,\"cells\":[\"a\"]}}'; done");
    let since = Instant::now();
    let (records, error) = all(open(&script, Duration::from_millis(700)).unwrap());
    assert!(records.len() > 2);
    assert!(matches!(error, Some(SheetError::Stalled { .. })), "{error:?}");
    assert!(since.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_reader_that_is_dropped_ends_its_child() {
    let script = format!("{TELLS_ITS_NUMBER} while :; do echo '{{\"row\":3,\"cells\":[\"a\"]}}'; done");
    let rows = open(&script, LONG).unwrap();
    let pid = rows.sheet().to_owned();
    assert!(exists(&pid));
    drop(rows);
    assert!(!exists(&pid));
}
