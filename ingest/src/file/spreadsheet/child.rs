//! The child process: reads one workbook within hard limits and writes its rows to standard output.
//!
//! The limits of the operating system come first and hold whatever a library does; the caps on parts, bytes, rows and
//! cells come second, because they can say what is wrong. A process that calls [`run`] can do nothing else afterwards:
//! it must have no other threads, since each of them takes address space.

mod archive;
mod kind;
pub(super) mod limits;
mod number;
mod output;
mod serial;
mod value;
mod xls;
mod xlsx;

use std::any::Any;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::answer::{Trouble, TroubleCode};
use kind::Kind;
use output::Output;

/// Limits this process and writes the rows of a workbook as lines of JSON: of all visible sheets, or of the named one.
/// Gives the number of rows. Trouble is the last line of the output, and is returned too.
///
/// Must be the whole work of a process: the limits stay, and writing files is forbidden from here on.
pub fn run(path: &Path, sheet: Option<&str>, out: &mut dyn Write) -> Result<u64, Trouble> {
    let limited = limits::impose().map_err(|cause| Trouble::new(TroubleCode::NoLimits, cause.to_string()));
    tell(limited, path, sheet, out)
}

fn tell(
    limited: Result<(), Trouble>,
    path: &Path,
    sheet: Option<&str>,
    out: &mut dyn Write,
) -> Result<u64, Trouble> {
    let mut buffer = BufWriter::with_capacity(64 * 1024, out);
    let mut output = Output::new(&mut buffer);
    let read = limited.and_then(|()| {
        // The libraries that read workbooks meet input here that nobody has tried them with.
        catch_unwind(AssertUnwindSafe(|| read(path, sheet, &mut output)))
            .unwrap_or_else(|panic| Err(not_understood(panic.as_ref())))
    });
    let told = match read {
        Ok(()) => output.end(),
        Err(trouble) => {
            // Where nobody listens any more, the first trouble is the one to return.
            let _ = output.error(&trouble);
            Err(trouble)
        }
    };
    let flushed = buffer
        .flush()
        .map_err(|cause| Trouble::new(TroubleCode::Output, cause.to_string()));
    told.and_then(|rows| flushed.map(|()| rows))
}

/// What a library said when it gave up in the middle.
fn not_understood(panic: &(dyn Any + Send)) -> Trouble {
    let said = match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(said), _) => said,
        (_, Some(said)) => said.as_str(),
        _ => "without a word",
    };
    let said: String = said.chars().take(200).collect();
    let detail = format!("a part of it is malformed in a way that the reader does not understand ({said})");
    Trouble::new(TroubleCode::Damaged, detail)
}

fn read(path: &Path, sheet: Option<&str>, output: &mut Output<'_>) -> Result<(), Trouble> {
    let unreadable = |cause: std::io::Error| Trouble::new(TroubleCode::Unreadable, cause.to_string());
    let mut file = open(path).map_err(unreadable)?;
    match kind::of(&mut file).map_err(unreadable)? {
        Kind::Zip => {
            archive::check(&mut file)?;
            xlsx::read(BufReader::new(file), sheet, output)
        }
        Kind::Ole => xls::read(BufReader::new(file), sheet, output),
        Kind::Other(found) => Err(Trouble::new(TroubleCode::NotAWorkbook, found)),
    }
}

/// The workbook at a path, or the one that is standard input: a file, so that the libraries can move about in it.
fn open(path: &Path) -> std::io::Result<File> {
    if path == Path::new(super::STANDARD_INPUT) {
        standard_input()
    } else {
        File::open(path)
    }
}

#[cfg(unix)]
fn standard_input() -> std::io::Result<File> {
    use std::os::fd::AsFd;
    Ok(std::io::stdin().as_fd().try_clone_to_owned()?.into())
}

/// A child that cannot limit itself reads nothing.
#[cfg(not(unix))]
fn standard_input() -> std::io::Result<File> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// Which sheets to read, of those that a workbook has: the visible worksheets, or the named one.
fn wanted(sheets: &[calamine::Sheet], name: Option<&str>) -> Result<Vec<String>, Trouble> {
    let worksheets = || {
        sheets
            .iter()
            .filter(|sheet| sheet.typ == calamine::SheetType::WorkSheet)
    };
    let wanted: Vec<String> = worksheets()
        .filter(|sheet| match name {
            Some(name) => sheet.name == name,
            None => sheet.visible == calamine::SheetVisible::Visible,
        })
        .map(|sheet| sheet.name.clone())
        .collect();
    if !wanted.is_empty() {
        return Ok(wanted);
    }
    let names: Vec<&str> = worksheets().map(|sheet| sheet.name.as_str()).take(20).collect();
    let detail = match (name, names.is_empty()) {
        (_, true) => "it has none at all, so it may be another kind of document".to_owned(),
        (Some(name), false) => format!("there is no sheet {name:?}, only {}", names.join(", ")),
        (None, false) => format!("all of its sheets are hidden: {}", names.join(", ")),
    };
    Err(Trouble::new(TroubleCode::NoSheet, detail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::{Format, FormatAlign, Workbook};

    fn rows_of(workbook: &mut Workbook, sheet: Option<&str>) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.xlsx");
        workbook.save(&path).unwrap();
        let mut out = Vec::new();
        // The outcome is also the last line, which every test looks at.
        let _ = tell(Ok(()), &path, sheet, &mut out);
        String::from_utf8(out)
            .unwrap()
            .lines()
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn rows_come_with_their_numbers_and_gaps() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet
            .merge_range(0, 0, 0, 3, "标题", &Format::new().set_align(FormatAlign::Center))
            .unwrap();
        sheet.write(4, 1, "B5").unwrap();
        sheet.write(4, 3, true).unwrap();
        sheet.write_blank(6, 2, &Format::new().set_bold()).unwrap();
        sheet.write(7, 0, "  ").unwrap();
        sheet.write(8, 2, 6_901_234_567_892_f64).unwrap();
        assert_eq!(
            rows_of(&mut workbook, None),
            [
                r#"{"sheet":"Sheet1"}"#,
                r#"{"row":1,"cells":["标题"]}"#,
                r#"{"row":5,"cells":["","B5","","TRUE"]}"#,
                r#"{"row":9,"cells":["","","6901234567892"]}"#,
                r#"{"end":3}"#,
            ]
        );
    }

    #[test]
    fn hidden_sheets_are_read_by_name_only() {
        let book = || {
            let mut workbook = Workbook::new();
            workbook
                .add_worksheet()
                .set_name("说明")
                .unwrap()
                .write(0, 0, "a")
                .unwrap();
            let hidden = workbook.add_worksheet().set_name("隐藏").unwrap();
            hidden.write(0, 0, "b").unwrap();
            hidden.set_hidden(true);
            workbook
        };
        assert_eq!(
            rows_of(&mut book(), None),
            [
                r#"{"sheet":"说明"}"#,
                r#"{"row":1,"cells":["a"]}"#,
                r#"{"end":1}"#
            ]
        );
        assert_eq!(
            rows_of(&mut book(), Some("隐藏")),
            [
                r#"{"sheet":"隐藏"}"#,
                r#"{"row":1,"cells":["b"]}"#,
                r#"{"end":1}"#
            ]
        );
        let missing = rows_of(&mut book(), Some("数据"));
        assert!(
            missing.len() == 1 && missing[0].contains("NO_SHEET") && missing[0].contains("说明, 隐藏"),
            "{missing:?}"
        );
    }

    #[test]
    fn a_missing_file_is_told() {
        let mut out = Vec::new();
        let trouble = tell(Ok(()), Path::new("no such file.xlsx"), None, &mut out).unwrap_err();
        assert_eq!(trouble.code, TroubleCode::Unreadable);
        assert!(String::from_utf8(out).unwrap().contains("UNREADABLE"));
    }
}
