//! The border on records of its own making.

use std::collections::VecDeque;

use entity::ingestion::PersonalKey;
use entity::value::Look;

use super::{Border, masked_cell};
use crate::IngestError;
use crate::file::{RawRecord, RecordReader, Unreadable, Withheld};
use crate::form::Form;

/// The example of GB 11643, of nobody.
const IDENTITY: &str = "11010519491231002X";

struct Given(VecDeque<RawRecord>);

impl RecordReader for Given {
    fn columns(&self) -> (&[String], u64) {
        (&[], 1)
    }

    fn next_record(&mut self) -> Result<Option<RawRecord>, IngestError> {
        Ok(self.0.pop_front())
    }

    fn offset(&self) -> u64 {
        0
    }
}

const FORM: &str = "
form = 'penalties'
source = 'test'
required = ['CF_WSH']
codes = ['CF_WSH']
hold_above_percent = 1.0

[columns]
CF_WSH = 'number'
CF_SY = 'facts'
CF_FRDB = 'legal_representative'
CF_XDR_ZJHM = 'identity'

[personal]
CF_FR_ZJHM = 'drop'
CF_FRDB = 'mask'
CF_XDR_ZJHM = 'hash'
";

fn border(form: &str, records: Vec<RawRecord>) -> Border {
    let form: Form = toml::from_str(form).unwrap();
    form.check().unwrap();
    Border::new(
        form,
        PersonalKey::from_secret("test"),
        Box::new(Given(records.into())),
    )
}

fn record(cells: &[(&str, &str)]) -> RawRecord {
    let cells: Vec<(String, String)> = cells
        .iter()
        .map(|(column, cell)| ((*column).to_owned(), (*cell).to_owned()))
        .collect();
    let raw: Vec<&str> = cells.iter().map(|(_, cell)| cell.as_str()).collect();
    RawRecord {
        row_no: 1,
        line_no: 2,
        raw: raw.join(","),
        cells: Ok(cells),
        withheld: Withheld::default(),
    }
}

#[test]
fn columns_are_dropped_masked_and_hashed_and_numbers_in_text_are_masked() {
    let given = record(&[
        ("CF_WSH", "13800138000"),
        ("CF_FRDB", "张小三"),
        ("CF_FR_ZJHM", IDENTITY),
        ("CF_XDR_ZJHM", "１１０１０５１９４９１２３１００２ｘ"),
        ("CF_SY", "当事人张小三(11010519491231002X)，电话13900139000"),
        ("BZ", ""),
    ]);
    let mut border = border(FORM, vec![given]);
    let clean = border.next_record().unwrap().unwrap();
    let hash = PersonalKey::from_secret("test").hash(IDENTITY);
    let cells = clean.cells.unwrap();
    let expected = [
        ("CF_WSH", "13800138000"),
        ("CF_FRDB", "张〇〇"),
        ("CF_XDR_ZJHM", hash.as_str()),
        ("CF_SY", "当事人张小三(110105********002X)，电话139****9000"),
        ("BZ", ""),
    ];
    let shown: Vec<(&str, &str)> = cells
        .iter()
        .map(|(column, cell)| (column.as_str(), cell.as_str()))
        .collect();
    assert_eq!(shown, expected);
    assert!(clean.withheld.in_text);
    assert!(
        !clean.raw.contains("张小三,") && !clean.raw.contains(IDENTITY),
        "{}",
        clean.raw
    );
    assert!(clean.raw.contains("CF_FRDB=张〇〇") && clean.raw.contains(&hash));
    assert_eq!(
        border.closing().notes,
        ["PERSONAL_DATA_IN_TEXT: identity or mobile numbers were masked in 1 cells of the columns CF_SY"]
    );
}

#[test]
fn a_record_that_cannot_be_cut_keeps_nothing_but_its_place() {
    let broken = |form: &str| {
        let unreadable = Unreadable {
            code: "CELL_COUNT",
            message: format!("the cell {IDENTITY} is too many"),
            remedy: String::new(),
            cut: false,
        };
        let given = RawRecord {
            cells: Err(unreadable),
            ..record(&[("CF_WSH", "号"), ("CF_FR_ZJHM", IDENTITY)])
        };
        border(form, vec![given]).next_record().unwrap().unwrap()
    };
    let marked = broken(FORM);
    assert_eq!(marked.raw, "row 1, line 2 of the raw file");
    let unmarked = broken(FORM.split("[personal]").next().unwrap());
    assert_eq!(unmarked.raw, "号,110105********002X");
    for record in [marked, unmarked] {
        let message = record.cells.unwrap_err().message;
        assert_eq!(message, "the cell 110105********002X is too many");
    }
}

#[test]
fn a_record_without_personal_data_stays_as_it_came() {
    let form = FORM.split("[personal]").next().unwrap();
    let given = record(&[("CF_WSH", "GB/T 19001-2016"), ("CF_SY", " 无 ")]);
    let mut border = border(form, vec![given.clone()]);
    assert_eq!(border.next_record().unwrap(), Some(given));
    assert!(border.closing().notes.is_empty());
}

#[test]
fn a_mapping_that_contradicts_itself_is_refused() {
    for (from, to) in [
        ("CF_FR_ZJHM = 'drop'", "CF_SY = 'drop'"),
        ("CF_FRDB = 'mask'", "CF_OTHER = 'mask'"),
        ("codes = ['CF_WSH']", "ignored = ['CF_FR_ZJHM']"),
    ] {
        let form: Form = toml::from_str(&FORM.replace(from, to)).unwrap();
        assert!(form.check().is_err(), "{to}");
    }
}

#[test]
fn a_cell_of_json_stays_json() {
    let cell = r#"[{"name":"电话13800138000","tel":13800138000,"gtin":6901234567892}]"#;
    let masked = masked_cell(cell, Look::Everything).unwrap();
    assert_eq!(
        masked,
        r#"[{"name":"电话138****8000","tel":"138****8000","gtin":6901234567892}]"#
    );
    assert_eq!(
        masked_cell("[13800138000", Look::Everything).unwrap(),
        "[138****8000"
    );
    assert_eq!(masked_cell(r#"{"gtin":6901234567892}"#, Look::Everything), None);
}
