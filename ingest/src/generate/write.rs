//! Writes the files of a plan.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::enterprise::RegisterRow;
use super::fault::{Counts, FaultTally, add};
use super::flat::{FLAT_HEADERS, csv_form};
use super::plan::{Plan, PlanError};
use super::record::ExchangeRecord;
use super::{Generator, readme};

/// Records of one file of the first delivery.
const RECORDS_PER_FILE: u64 = 20_000;
const REGISTER: &str = "register-enterprises.csv";
const REGISTER_HEADERS: [&str; 8] = [
    "统一社会信用代码",
    "企业名称",
    "登记状态",
    "行政区划代码",
    "注册地址",
    "成立日期",
    "曾用名",
    "变更日期",
];

/// The form of the declaration files. The register file is CSV always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// One JSON object a line.
    #[default]
    Ndjson,
    /// The flat Chinese form with continuation rows, UTF-8.
    Csv,
}

impl Form {
    fn extension(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
        }
    }
}

impl FromStr for Form {
    type Err = PlanError;

    fn from_str(word: &str) -> Result<Self, PlanError> {
        match word {
            "ndjson" => Ok(Self::Ndjson),
            "csv" => Ok(Self::Csv),
            _ => Err(PlanError::Form {
                word: word.chars().take(40).collect(),
            }),
        }
    }
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Enterprises.
    pub enterprises: u64,
    /// Enterprises in the register file.
    pub registered: u64,
    /// Declarations of the first delivery, each counted once: the number that the scale asks for.
    pub declarations: u64,
    /// Records of the later delivery.
    pub later_records: u64,
    /// Records of all files: declarations, repeated records and the later delivery.
    pub records: u64,
    /// Products in all records.
    pub products: u64,
    /// Indicators in all records.
    pub indicators: u64,
    /// Names of the files, as written.
    pub files: Vec<String>,
    /// Faults in the first delivery, by [`super::Fault::key`].
    pub faults: Counts,
    /// What happened to enterprises and declarations, as in [`super::GeneratedEnterprise::life`].
    pub life: Counts,
}

/// Writes the files of a plan to a directory, which is made, and must be empty if it is there. `README.txt` is
/// written last: where it is missing, the run did not end.
///
/// # Errors
/// A plan that cannot be carried out is `InvalidInput`, a directory with files in it is `AlreadyExists`; other
/// errors are those of the file system, with the path.
pub fn generate(plan: &Plan, out: &Path, form: Form) -> io::Result<Summary> {
    let generator =
        Generator::new(plan).map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
    prepare(out)?;
    let mut summary = Summary::default();
    let mut faults = FaultTally::default();
    let mut files = Files::create(out, form)?;
    for number in 0..generator.enterprises() {
        let Some(enterprise) = generator.enterprise(number) else {
            continue;
        };
        summary.enterprises += 1;
        if let Some(row) = &enterprise.register {
            summary.registered += 1;
            files.register(row)?;
        }
        for record in &enterprise.records {
            summary.count(record);
            files.first(record)?;
        }
        for record in &enterprise.later {
            summary.count(record);
            summary.later_records += 1;
            files.later.write(record)?;
        }
        faults.add(&enterprise.faults);
        add(&mut summary.life, &enterprise.life);
    }
    summary.files = files.finish()?;
    summary.files.push(readme::NAME.to_owned());
    summary.faults = faults.planted;
    let repeated = summary.faults.get(super::REPEATED_RECORD.key).copied();
    summary.declarations = summary.records - summary.later_records - repeated.unwrap_or(0);
    let path = out.join(readme::NAME);
    fs::write(&path, readme::text(plan, &summary)).map_err(at(&path))?;
    Ok(summary)
}

impl Summary {
    fn count(&mut self, record: &ExchangeRecord) {
        self.records += 1;
        self.products += record.products.len() as u64;
        self.indicators += record.indicators.len() as u64;
    }
}

fn prepare(out: &Path) -> io::Result<()> {
    fs::create_dir_all(out).map_err(at(out))?;
    if fs::read_dir(out).map_err(at(out))?.next().is_some() {
        let problem = format!("{} holds files: name a new or an empty directory", out.display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, problem));
    }
    Ok(())
}

/// Adds the path to an error of the file system.
fn at(path: &Path) -> impl Fn(io::Error) -> io::Error + use<> {
    let path = path.to_owned();
    move |error| io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// The open files of a run.
struct Files {
    out: PathBuf,
    form: Form,
    register: csv::Writer<BufWriter<File>>,
    first: Option<RecordFile>,
    later: RecordFile,
    names: Vec<String>,
}

impl Files {
    fn create(out: &Path, form: Form) -> io::Result<Self> {
        let path = out.join(REGISTER);
        let mut register = csv::Writer::from_writer(BufWriter::new(File::create(&path).map_err(at(&path))?));
        register.write_record(REGISTER_HEADERS)?;
        let later = format!("declarations-corrections.{}", form.extension());
        Ok(Self {
            out: out.to_owned(),
            form,
            register,
            first: None,
            later: RecordFile::create(out.join(&later), form)?,
            names: vec![REGISTER.to_owned(), later],
        })
    }

    fn register(&mut self, row: &RegisterRow) -> io::Result<()> {
        let founded = row.founded_on.to_string();
        let changed = row.changed_on.map(|day| day.to_string()).unwrap_or_default();
        self.register.write_record([
            row.credit_code.as_str(),
            &row.name,
            row.status,
            row.region_code,
            &row.address,
            &founded,
            &row.former_name,
            &changed,
        ])?;
        Ok(())
    }

    fn first(&mut self, record: &ExchangeRecord) -> io::Result<()> {
        let file = match &mut self.first {
            Some(file) if file.records < RECORDS_PER_FILE => file,
            full => {
                if let Some(full) = full.take() {
                    full.finish()?;
                }
                // Two files stand before the first of these.
                let name = format!(
                    "declarations-{:04}.{}",
                    self.names.len() - 1,
                    self.form.extension()
                );
                let file = RecordFile::create(self.out.join(&name), self.form)?;
                self.names.push(name);
                full.insert(file)
            }
        };
        file.write(record)
    }

    /// Flushes all files; their names.
    fn finish(mut self) -> io::Result<Vec<String>> {
        self.register.flush().map_err(at(&self.out.join(REGISTER)))?;
        if let Some(file) = self.first {
            file.finish()?;
        }
        self.later.finish()?;
        self.names.sort();
        Ok(self.names)
    }
}

/// A file of records.
struct RecordFile {
    path: PathBuf,
    lines: Lines,
    records: u64,
}

enum Lines {
    Ndjson(BufWriter<File>),
    Csv(Box<csv::Writer<BufWriter<File>>>),
}

impl RecordFile {
    fn create(path: PathBuf, form: Form) -> io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 18, File::create(&path).map_err(at(&path))?);
        let lines = match form {
            Form::Ndjson => Lines::Ndjson(file),
            Form::Csv => {
                let mut rows = csv::Writer::from_writer(file);
                rows.write_record(FLAT_HEADERS)?;
                Lines::Csv(Box::new(rows))
            }
        };
        Ok(Self {
            path,
            lines,
            records: 0,
        })
    }

    fn write(&mut self, record: &ExchangeRecord) -> io::Result<()> {
        self.records += 1;
        let written = match &mut self.lines {
            Lines::Ndjson(file) => serde_json::to_writer(&mut *file, record)
                .map_err(io::Error::from)
                .and_then(|()| file.write_all(b"\n")),
            Lines::Csv(rows) => csv_form(record)
                .into_iter()
                .try_for_each(|row| rows.write_record(row))
                .map_err(io::Error::from),
        };
        written.map_err(at(&self.path))
    }

    fn finish(mut self) -> io::Result<()> {
        let flushed = match &mut self.lines {
            Lines::Ndjson(file) => file.flush(),
            Lines::Csv(rows) => rows.flush(),
        };
        flushed.map_err(at(&self.path))
    }
}
