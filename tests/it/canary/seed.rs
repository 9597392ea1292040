//! Files full of canaries: every personal column of every mapping file, and numbers of people in the columns for other things.
//!
//! What is personal is read from the mapping files, so that a new one is covered without a word here. A cell without a canary holds
//! what its field may be, or nearly: rows that are taken and rows that are refused are both wanted.

use std::collections::BTreeSet;

use ingest::Adapter;
use ingest::form::{Form, forms};

use crate::access::reader::credit_code;

/// What no column marks as personal, so that it is found where files are shown.
pub(super) const CONTROL: &str = "对照鼊鼋";
/// A column that no form knows.
const FREE: &str = "自由说明";
/// Columns of the hub's own control.
const CONTROL_COLUMN: &str = "对照列";

/// A file to be taken.
pub(super) struct Given {
    pub(super) adapter: Adapter,
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// Canaries and the files that they sit in.
#[derive(Default)]
pub(super) struct Seed {
    /// What must be found nowhere.
    pub(super) canaries: BTreeSet<String>,
    pub(super) files: Vec<Given>,
    number: u32,
}

impl Seed {
    /// The canaries of every mapping file that marks a personal column.
    pub(super) fn of_every_mapping() -> Self {
        let mut seed = Self::default();
        for adapter in Adapter::ALL {
            let Some(folder) = adapter.mappings() else {
                continue;
            };
            let marked = forms(folder)
                .unwrap()
                .into_iter()
                .filter(|form| !form.personal.is_empty());
            for form in marked {
                seed.add(adapter, &form);
            }
        }
        seed
    }

    /// A name as nobody has; what must not be seen of it is all but the surname.
    fn name(&mut self) -> String {
        self.number += 1;
        let rest = format!("靐麤{}", self.number);
        self.canaries.insert(rest.clone());
        format!("龘{rest}")
    }

    /// An identity number with a right check character, in a region that no authority has.
    fn identity_number(&mut self) -> String {
        self.number += 1;
        let (day, order) = (1 + self.number % 28, self.number % 1000);
        let first = format!("0000001950{:02}{day:02}{order:03}", 1 + self.number / 28 % 12);
        let sum = first
            .chars()
            .fold(0, |sum, digit| sum * 2 + digit.to_digit(10).unwrap());
        let last = (12 - sum * 2 % 11) % 11;
        let check = if last == 10 {
            "X".to_owned()
        } else {
            last.to_string()
        };
        let number = format!("{first}{check}");
        self.canaries.insert(number.clone());
        number
    }

    fn mobile_number(&mut self) -> String {
        self.number += 1;
        let number = format!("199{:08}", 70_000_000 + self.number);
        self.canaries.insert(number.clone());
        number
    }

    /// What a personal column holds: a name, a number, or both.
    fn personal(&mut self) -> String {
        match self.number % 3 {
            0 => self.name(),
            1 => self.identity_number(),
            _ => format!("{}{}", self.name(), self.mobile_number()),
        }
    }

    /// What another column holds.
    fn sample(&mut self, form: &Form, column: &str, row: u32) -> String {
        let field = form.columns.get(column).map(String::as_str).unwrap_or_default();
        match field {
            "credit_code" => credit_code(row),
            "name" | "enterprise_name" => format!("编造{row}号泵业有限公司"),
            "standard_number" => format!("Q/320582TSA {row:03}-2024"),
            "record_id" => format!("{}-{row}", form.form),
            "region" | "region_code" => "320582".to_owned(),
            "as_of" => "2026-10-01".to_owned(),
            "op" | "status" | "organization_code" | "products" | "indicators" => String::new(),
            _ if field.ends_with("_on") || field.ends_with("_at") || field == "established" => {
                "2024-03-01".to_owned()
            }
            _ => format!("甲{}，电话{}", self.identity_number(), self.mobile_number()),
        }
    }

    fn add(&mut self, adapter: Adapter, form: &Form) {
        let personal: Vec<String> = form
            .personal
            .columns()
            .map(|(column, _)| column.to_owned())
            .collect();
        let mut columns: Vec<String> = form.required.clone();
        let others = form.columns.keys().chain(&personal).cloned();
        columns.extend(others.chain([FREE, CONTROL_COLUMN].map(str::to_owned)));
        let mut seen = BTreeSet::new();
        columns.retain(|column| seen.insert(column.clone()));
        let mut rows: Vec<Vec<String>> = (1..=3).map(|row| self.row(form, &columns, row)).collect();
        // Without what names the record, a row is refused.
        let mut nameless = self.row(form, &columns, 4);
        for (column, cell) in columns.iter().zip(&mut nameless) {
            let kept = personal.contains(column) || [FREE, CONTROL_COLUMN].contains(&column.as_str());
            if !kept {
                cell.clear();
            }
        }
        rows.push(nameless);
        let header = columns.join(",");
        let line = |cells: &[String]| {
            let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{cell}\"")).collect();
            quoted.join(",")
        };
        let sound: Vec<String> = rows.iter().map(|row| line(row)).collect();
        let sound = sound.join("\n");
        let mut too_long = self.row(form, &columns, 5);
        too_long.push(self.personal());
        let mut torn = line(&self.row(form, &columns, 6)).into_bytes();
        for byte in [0x00, 0xFE, 0xFF] {
            torn.insert(1, byte);
        }
        let open = format!("\"{}", line(&self.row(form, &columns, 7)).trim_end_matches('"'));
        let mut whole = format!("{header}\n{sound}\n{}\n", line(&too_long)).into_bytes();
        whole.extend(torn);
        whole.extend(format!("\n{open}").into_bytes());
        let mut give = |name: &str, bytes: Vec<u8>| {
            let name = format!("{}-{name}", form.form);
            self.files.push(Given { adapter, name, bytes });
        };
        give("rows.csv", whole);
        let (gbk, _, _) = encoding_rs::GBK.encode(&sound);
        give("headless.csv", sound.clone().into_bytes());
        give("headless-gbk.csv", gbk.into_owned());
        let unknown = columns.iter().filter(|column| !form.required.contains(column));
        let unknown: Vec<String> = unknown.cloned().collect();
        give(
            "unknown.csv",
            format!("{}\n{sound}\n", unknown.join(",")).into_bytes(),
        );
        let wide = format!("\u{FEFF}{header}\n{sound}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        give("wide.csv", wide);
        give("package.xml", package(&columns, &rows, "").into_bytes());
        give("broken.xml", package(&columns, &rows, "<RECORD><A>").into_bytes());
        let cut = package(&columns, &rows, "");
        let cut: String = cut.chars().take(cut.chars().count() * 2 / 3).collect();
        give("cut.xml", cut.into_bytes());
        give("objects.ndjson", objects(&columns, &rows).into_bytes());
        give("book.xlsx", workbook(Some(&columns), &rows));
        give("headless.xlsx", workbook(None, &rows));
    }

    fn row(&mut self, form: &Form, columns: &[String], row: u32) -> Vec<String> {
        columns
            .iter()
            .map(|column| match column.as_str() {
                _ if form.personal.treatment(column).is_some() => self.personal(),
                FREE => format!("当事人{}，手机{}", self.identity_number(), self.mobile_number()),
                CONTROL_COLUMN => format!("{CONTROL}{row}"),
                _ => self.sample(form, column, row),
            })
            .collect()
    }
}

fn package(columns: &[String], rows: &[Vec<String>], behind: &str) -> String {
    let records = rows.iter().map(|row| {
        let cells = columns
            .iter()
            .zip(row)
            .map(|(column, cell)| format!("<{column}>{cell}</{column}>"));
        format!("<RECORD>{}</RECORD>\n", cells.collect::<String>())
    });
    format!(
        "<PACKAGE><HEAD><BATCH_ID>{}-{}</BATCH_ID></HEAD><BODY>\n{}{behind}</BODY></PACKAGE>\n",
        columns.join("").chars().count(),
        behind.len(),
        records.collect::<String>()
    )
}

fn objects(columns: &[String], rows: &[Vec<String>]) -> String {
    let object = |row: &Vec<String>| {
        let members = columns
            .iter()
            .cloned()
            .zip(row.iter().map(|cell| cell.as_str().into()));
        serde_json::Value::Object(members.collect()).to_string()
    };
    let mut lines: Vec<String> = rows.iter().map(object).collect();
    // No JSON, and cut.
    let broken: Vec<String> = lines.iter().map(|line| line.chars().skip(1).collect()).collect();
    lines.extend(broken);
    lines.join("\n")
}

fn workbook(header: Option<&[String]>, rows: &[Vec<String>]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let header = header.map(<[String]>::to_vec);
    for (line, cells) in (0..).zip(header.iter().chain(rows)) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(line, column, cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}
