//! The files that are taken: the lists of the real catalogue, and generated records in two forms.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use ingest::generate::{DAY, Form, Plan, Scale, generate};
use support::catalogue::bundled_file;

type Made = Result<Delivery, Box<dyn Error>>;
/// Makes a delivery in a folder; the number is that of the rows of a generated one.
type Make = fn(&Path, usize) -> Made;

/// Every delivery by the word that asks for it.
pub(crate) const ALL: [(&str, Make); 3] = [("real", real), ("records", records), ("table", table)];

/// The lists of the real catalogue with one row a line.
const LISTS: [&str; 11] = [
    "a2_committee_and_department.csv",
    "a_biaozhun_csres.part1.csv",
    "a_biaozhun_csres.part2.csv",
    "b_csres_list.csv",
    "c_with_mojibake.csv",
    "d_samr_search.ndjson",
    "e_raw_codes_and_filenames.csv",
    "f_bzfxw_lists.csv",
    "h_list_code_split_wrong.csv",
    "i_merged_with_replacement_glued.ndjson",
    "j_construction_checked_status.csv",
];

/// Files for one adapter, and their rows as the reference inserts them.
pub(crate) struct Delivery {
    pub(crate) name: String,
    pub(crate) adapter: &'static str,
    pub(crate) as_of: Option<&'static str>,
    pub(crate) files: Vec<PathBuf>,
    /// The lines of the files, without heads.
    pub(crate) rows: Vec<String>,
    generated: bool,
}

impl Delivery {
    /// Removes what was generated: a million rows are more than a gigabyte.
    pub(crate) fn remove(&self) -> std::io::Result<()> {
        if self.generated {
            self.files.iter().try_for_each(std::fs::remove_file)?;
        }
        Ok(())
    }
}

fn real(_folder: &Path, _rows: usize) -> Made {
    let files: Vec<PathBuf> = LISTS
        .iter()
        .map(|name| bundled_file(&format!("standards/{name}")))
        .collect();
    let mut rows = Vec::new();
    for file in &files {
        let head = usize::from(file.extension().is_some_and(|form| form == "csv"));
        let bytes = std::fs::read(file)?;
        rows.extend(
            String::from_utf8_lossy(&bytes)
                .lines()
                .skip(head)
                .map(str::to_owned),
        );
    }
    Ok(Delivery {
        name: "real catalogue, 11 lists".to_owned(),
        adapter: "standards-catalogue",
        as_of: None,
        files,
        rows,
        generated: false,
    })
}

fn records(folder: &Path, rows: usize) -> Made {
    generated(
        folder,
        rows,
        rows,
        Form::Ndjson,
        "generated NDJSON, a record a row",
    )
}

/// A record takes more than two rows on average, one for each product or indicator.
fn table(folder: &Path, rows: usize) -> Made {
    generated(
        folder,
        rows,
        rows / 2,
        Form::Csv,
        "generated CSV, several rows a record",
    )
}

/// One file of exactly so many rows, out of so many generated declarations. On average an enterprise declares 6.7 times.
fn generated(folder: &Path, rows: usize, declarations: usize, form: Form, name: &str) -> Made {
    let declarations = u32::try_from(declarations)?.max(100);
    let plan = Plan {
        scale: Scale::Custom {
            enterprises: declarations / 7 + 1,
            declarations,
        },
        ..Plan::county()?
    };
    let parts = folder.join("parts");
    let summary = generate(&plan, &parts, form)?;
    let path = folder.join("declarations");
    let mut file = BufWriter::new(File::create(&path)?);
    let mut kept = Vec::with_capacity(rows);
    let first = summary
        .files
        .iter()
        .filter(|name| name.starts_with("declarations-0"));
    for (number, part) in first.enumerate() {
        for (line_number, line) in BufReader::new(File::open(parts.join(part))?).lines().enumerate() {
            let line = line?;
            let head = line_number == 0 && matches!(form, Form::Csv);
            if head && number > 0 || !head && kept.len() == rows {
                continue;
            }
            writeln!(file, "{line}")?;
            if !head {
                kept.push(line);
            }
        }
    }
    file.flush()?;
    std::fs::remove_dir_all(&parts)?;
    if kept.len() < rows {
        return Err(format!("{} rows were generated, {rows} are wanted", kept.len()).into());
    }
    Ok(Delivery {
        name: name.to_owned(),
        adapter: "enterprise-standard-platform",
        as_of: Some(DAY),
        files: vec![path],
        rows: kept,
        generated: true,
    })
}
