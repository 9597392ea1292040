//! Forms of files: which columns mean what, told by mapping files and recognised by the header.

mod border;
mod personal;

use std::collections::BTreeMap;
use std::io::Read;

use chrono::NaiveDate;
use entity::value::{Look, mask_in_text};
use serde::Deserialize;

use crate::file::blocks::Blocks;
use crate::file::csv_rows::CsvRows;
use crate::file::ndjson::NdjsonRows;
use crate::file::package::{Layout, PackageRows, is_packed, unpack};
use crate::file::spreadsheet::{Header, Program, SpreadsheetRows};
use crate::file::{RecordReader, StoredObject};
use crate::header::Names;
use crate::{IngestError, bundle};
use border::Border;

pub use personal::{Personal, Treatment};

/// A form of file, as its mapping file describes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Name of the form.
    pub form: String,
    /// The source that speaks where a row does not name one.
    pub source: String,
    /// Whether the file consists of `key ：value` blocks rather than of rows or objects.
    #[serde(default)]
    pub blocks: bool,
    /// The day that the file describes, where neither the command nor the row tells; without one, a file describes the
    /// day of its delivery.
    #[serde(default)]
    pub as_of: Option<NaiveDate>,
    /// Columns without which the file is not of this form.
    pub required: Vec<String>,
    /// Columns that are known and not used.
    #[serde(default)]
    pub ignored: Vec<String>,
    /// Columns with personal data, and what becomes of them before anything is stored, shown or logged.
    #[serde(default)]
    pub personal: Personal,
    /// Columns with codes that may look like a mobile number, and are none.
    #[serde(default)]
    pub codes: Vec<String>,
    /// The names of the elements of a package of such records, where they are others than usual.
    #[serde(default)]
    pub package: Layout,
    /// A run with more rows in quarantine than this share is held for a person.
    pub hold_above_percent: f64,
    /// Column header to field.
    pub columns: BTreeMap<String, String>,
    /// Word in the column `source` to source.
    #[serde(default)]
    pub sources: BTreeMap<String, String>,
    /// Member of an object in a list (`products`, `indicators`) to field.
    #[serde(default)]
    pub members: BTreeMap<String, String>,
    /// Numbers that the reading of the form rests on, such as from where an amount is odd.
    #[serde(default)]
    pub thresholds: BTreeMap<String, i64>,
    /// Other words for the columns of this form, by the name that it gives them. A form with such words knows a header by
    /// what it says and not by how it is spelled: see [`Names`].
    #[serde(default)]
    pub synonyms: BTreeMap<String, Vec<String>>,
}

/// A file whose form was recognised.
pub struct Recognised {
    /// The form.
    pub form: Form,
    /// Its records.
    pub records: Box<dyn RecordReader>,
    /// What a reader of the run should know, such as unknown columns.
    pub notes: Vec<String>,
}

/// The mapping files in a folder of the bundle, such as `mappings/standards/`.
pub fn forms(folder: &str) -> Result<Vec<Form>, IngestError> {
    bundle::files(folder)
        .map(|(name, bytes)| {
            let broken = |problem: String| IngestError::BuiltIn {
                name: name.to_owned(),
                problem,
            };
            let text = String::from_utf8(bytes?).map_err(|error| broken(error.to_string()))?;
            let form: Form = toml::from_str(&text).map_err(|error| broken(error.to_string()))?;
            form.check().map_err(broken)?;
            form.names().map_err(broken)?;
            Ok(form)
        })
        .collect()
}

/// Finds the form whose required columns are all there; of several, the one that knows most of the columns.
pub fn recognise(
    object: &StoredObject,
    forms: Vec<Form>,
    workbooks: &Program,
) -> Result<Recognised, IngestError> {
    let (records, blocks) = open(object, &forms, workbooks)?;
    let (columns, line) = records.columns();
    let columns: Vec<String> = columns.to_vec();
    let forms = forms.into_iter().filter(|form| form.blocks == blocks);
    let forms: Vec<Form> = forms.map(|form| form.fitted(&columns)).collect();
    let best = forms
        .iter()
        .filter(|form| form.missing(&columns).is_empty())
        .max_by_key(|form| (form.known(&columns), std::cmp::Reverse(form.form.clone())));
    let Some(form) = best.cloned() else {
        return Err(unknown(object, &columns, line, &forms));
    };
    let unknown: Vec<&str> = columns
        .iter()
        .filter(|column| !form.knows(column))
        .map(String::as_str)
        .collect();
    let mut notes = vec![format!("encoding {}", object.encoding.as_str())];
    if !unknown.is_empty() {
        notes.push(format!(
            "columns that the form {} does not know are kept as they are: {}",
            form.form,
            unknown.join(", ")
        ));
    }
    let records = Box::new(Border::new(form.clone(), object.personal_key().clone(), records));
    Ok(Recognised { form, records, notes })
}

impl Form {
    /// Whether a column holds codes: one that the form names so, or one of credit codes.
    fn holds_codes(&self, column: &str) -> bool {
        let field = self.columns.get(column).map(String::as_str);
        self.codes.iter().any(|code| code == column) || matches!(field, Some("credit_code" | "organ_code"))
    }

    /// A column that is left out means no field, and what is left of another one has to mean something.
    fn check(&self) -> Result<(), String> {
        for (column, treatment) in self.personal.columns() {
            let mapped = self.columns.contains_key(column);
            if mapped == (treatment == Treatment::Drop) || self.ignored.iter().any(|one| one == column) {
                return Err(format!(
                    "the personal column {column} stands under [columns] if it is hashed or masked, and nowhere else if it is dropped"
                ));
            }
        }
        Ok(())
    }

    /// The names of the columns; nothing where they are known by their exact spelling only.
    fn names(&self) -> Result<Option<Names>, String> {
        if self.synonyms.is_empty() {
            return Ok(None);
        }
        let columns = self.columns.keys().chain(&self.ignored).map(String::as_str);
        let columns = columns.chain(self.personal.columns().map(|(column, _)| column));
        Names::new(columns, &self.synonyms).map(Some)
    }

    /// The same form in the spelling of a file: the headers of the file stand for the columns that they name.
    fn fitted(mut self, columns: &[String]) -> Self {
        let Ok(Some(names)) = self.names() else {
            return self;
        };
        for (header, name) in names.of_all(columns) {
            if let Some(field) = self.columns.get(name) {
                // The word of the file takes the place of the form's, so that a refused row names its column as the file does.
                let field = field.clone();
                self.columns.remove(name);
                self.columns.insert(header.to_owned(), field);
            }
            for required in self.required.iter_mut().filter(|required| *required == name) {
                *required = header.to_owned();
            }
        }
        // Every header that names a personal column is one, however many there are.
        for header in columns {
            let Some(name) = names.name_of(header) else {
                continue;
            };
            for list in [&mut self.ignored, &mut self.codes] {
                if list.iter().any(|one| one == name) {
                    list.push(header.clone());
                }
            }
            if let Some(treatment) = self.personal.treatment(name) {
                self.personal.treat(header, treatment);
            }
        }
        self
    }

    fn missing(&self, columns: &[String]) -> Vec<&str> {
        self.required
            .iter()
            .filter(|column| !columns.contains(column))
            .map(String::as_str)
            .collect()
    }

    fn known(&self, columns: &[String]) -> usize {
        columns.iter().filter(|column| self.knows(column)).count()
    }

    fn knows(&self, column: &str) -> bool {
        self.columns.contains_key(column) || self.ignores(column)
    }

    /// Whether a column is known and not used.
    pub(crate) fn ignores(&self, column: &str) -> bool {
        self.ignored.iter().any(|one| one == column) || self.personal.drops(column)
    }
}

/// Known columns that make a row of a workbook its header.
const HEADER_CELLS: usize = 2;

/// Whether a file begins as a workbook does: as a ZIP archive (XLSX) or a compound file (XLS).
fn is_workbook(object: &StoredObject) -> std::io::Result<bool> {
    let mut begin = Vec::new();
    object.open()?.take(4).read_to_end(&mut begin)?;
    Ok(matches!(
        begin.as_slice(),
        b"PK\x03\x04" | b"PK\x05\x06" | [0xD0, 0xCF, 0x11, 0xE0]
    ))
}

/// The records of a file, and whether they are blocks.
fn open(
    object: &StoredObject,
    forms: &[Form],
    workbooks: &Program,
) -> Result<(Box<dyn RecordReader>, bool), IngestError> {
    let failed = |cause| IngestError::Io {
        place: format!("reading {}", object.name),
        cause,
    };
    if is_workbook(object).map_err(failed)? {
        let names: Vec<Names> = forms
            .iter()
            .filter_map(|form| form.names().ok().flatten())
            .collect();
        let known = |column: &str| {
            forms.iter().any(|form| form.knows(column))
                || names.iter().any(|names| names.name_of(column).is_some())
        };
        let header = Header {
            known: &known,
            at_least: HEADER_CELLS,
        };
        let mut file = object.open_seekable().map_err(failed)?;
        if is_packed(&mut file).map_err(failed)? {
            let mut room = object.room().map_err(failed)?;
            let encoding = unpack(file, &mut room).map_err(failed)?;
            let rows = PackageRows::open(&object.name, Box::new(room), encoding, &layouts(forms))?;
            return Ok((Box::new(rows), false));
        }
        let rows = SpreadsheetRows::open_file(workbooks, file, &object.name, &header);
        let rows = rows.map_err(|cause| IngestError::Spreadsheet {
            path: object.name.clone().into(),
            cause,
        })?;
        return Ok((Box::new(rows), false));
    }
    let file = object.open().map_err(failed)?;
    let mut lines = crate::file::lines::Lines::new(file).map_err(failed)?;
    let first = loop {
        match lines.next_line().map_err(failed)? {
            None => {
                return Err(IngestError::Empty {
                    path: object.name.clone().into(),
                });
            }
            Some(line) if line.bytes.trim_ascii().is_empty() && line.too_long.is_none() => {}
            Some(line) => break line,
        }
    };
    let text = object.encoding.decode(&first.bytes).unwrap_or_default();
    let begins = text.trim_start().chars().next();
    let key_before_colon = text.split_once('：').is_some_and(|(key, _)| !key.contains(','));
    if begins == Some('<') {
        let plain = object.open().map_err(failed)?;
        let rows = PackageRows::open(&object.name, plain, object.encoding, &layouts(forms))?;
        return Ok((Box::new(rows), false));
    }
    Ok(if begins == Some('{') {
        (Box::new(NdjsonRows::open(object)?), false)
    } else if key_before_colon {
        (Box::new(Blocks::open(object)?), true)
    } else {
        (Box::new(CsvRows::open(object)?), false)
    })
}

/// The layouts of packages that the forms know, each once.
fn layouts(forms: &[Form]) -> Vec<Layout> {
    let mut layouts: Vec<Layout> = Vec::new();
    for form in forms {
        if !layouts.contains(&form.package) {
            layouts.push(form.package.clone());
        }
    }
    layouts
}

fn unknown(object: &StoredObject, columns: &[String], line: u64, forms: &[Form]) -> IngestError {
    let nearest = forms
        .iter()
        .max_by_key(|form| (form.known(columns), std::cmp::Reverse(form.form.clone())));
    let nearest = match nearest {
        Some(form) if form.known(columns) > 0 => {
            format!(
                "The nearest form, {}, needs also: {}",
                form.form,
                form.missing(columns).join(", ")
            )
        }
        _ => {
            let known: Vec<&str> = forms.iter().map(|form| form.form.as_str()).collect();
            format!("Known forms: {}", known.join(", "))
        }
    };
    // Without a header the first row is data: names that nobody knows are shown only beside one that somebody does.
    let personal = forms.iter().any(|form| !form.personal.is_empty());
    let header = !personal || forms.iter().any(|form| form.known(columns) > 0);
    let found: Vec<String> = columns
        .iter()
        .take(30)
        .map(|column| mask_in_text(column, Look::Everything).unwrap_or_else(|| column.clone()))
        .map(|column| column.chars().take(40).collect())
        .collect();
    IngestError::UnknownForm {
        path: object.name.clone().into(),
        line,
        found: if header {
            found.join(", ")
        } else {
            format!("{} cells, none of them the name of a column", columns.len())
        },
        nearest,
    }
}
