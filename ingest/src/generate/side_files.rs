//! Files of records beside the declarations of a plan: credit records, and what metrology and institutions are about.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use chrono::NaiveDate;

use super::credit_file::CreditFile;
use super::metrology_file::MetrologyFile;
use super::{Generator, Plan};
use crate::pipeline::{Adapter, Request};

/// The file that says that nothing here is real; written last, so that a folder with it is whole.
const LAST: &str = "README.txt";
/// Its text.
const README: &str = "本目录中的数据由程序生成，其中的企业、机构、信用代码、文号、证书编号、机关均不存在，不得作为真实数据使用。\n\
    Generated data. No enterprise, institution, credit code, number of a document or certificate, or organ in it exists.\n";

/// A file of such records.
pub trait SideFile: Copy + PartialEq + 'static {
    /// Every file, in the order of delivery.
    const ALL: &'static [Self];

    /// Its name. They sort in the order of delivery.
    fn name(self) -> &'static str;

    /// Its columns.
    fn headers(self) -> Vec<&'static str>;

    /// The adapter that takes it.
    fn adapter(self) -> Adapter;

    /// The day that it describes, in a plan up to a day.
    fn describes(self, plan_until: NaiveDate) -> NaiveDate {
        plan_until
    }
}

/// A row: its file, and its cells in the order of the columns.
pub type SideRow<F> = (F, Vec<String>);

impl Plan {
    /// Writes the credit records of the enterprises of the plan into a directory, which is made; gives the number of rows.
    ///
    /// # Errors
    /// A plan that cannot be carried out is `InvalidInput`; other errors are those of the file system, with the path.
    pub fn generate_credit(&self, out: &Path) -> io::Result<u64> {
        self.generate_side(out, Generator::credit, |_| Vec::new())
    }

    /// The same with ledgers of instruments, verifications, type approvals, testing institutions and their misconduct.
    ///
    /// # Errors
    /// As those of `generate_credit`.
    pub fn generate_metrology(&self, out: &Path) -> io::Result<u64> {
        self.generate_side(out, Generator::instruments, Generator::approvals_and_institutions)
    }

    /// Generates the credit records in `folder`, unless they are there, and gives the files in the order of their delivery.
    pub fn credit_deliveries(&self, folder: &Path) -> io::Result<Vec<Request>> {
        self.side_deliveries::<CreditFile>(folder, Self::generate_credit)
    }

    /// The same with the files of metrology and institutions.
    pub fn metrology_deliveries(&self, folder: &Path) -> io::Result<Vec<Request>> {
        self.side_deliveries::<MetrologyFile>(folder, Self::generate_metrology)
    }

    fn generate_side<F: SideFile>(
        &self,
        out: &Path,
        of_enterprise: fn(&Generator, u32) -> Option<Vec<SideRow<F>>>,
        of_all: fn(&Generator) -> Vec<SideRow<F>>,
    ) -> io::Result<u64> {
        let invalid = |error| io::Error::new(io::ErrorKind::InvalidInput, error);
        let generator = Generator::new(self).map_err(invalid)?;
        let enterprises = (0..generator.enterprises()).filter_map(|number| of_enterprise(&generator, number));
        let rows = of_all(&generator).into_iter().chain(enterprises.flatten());
        write(out, rows).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", out.display())))
    }

    fn side_deliveries<F: SideFile>(
        &self,
        folder: &Path,
        generate: fn(&Self, &Path) -> io::Result<u64>,
    ) -> io::Result<Vec<Request>> {
        if !folder.join(LAST).exists() {
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
            generate(self, folder)?;
        }
        let request = |file: &F| Request {
            adapter: file.adapter(),
            path: folder.join(file.name()),
            as_of: Some(file.describes(self.as_of)),
            complete: false,
        };
        Ok(F::ALL.iter().map(request).collect())
    }
}

/// Writes rows into their files, and the file that says what they are.
fn write<F: SideFile>(out: &Path, rows: impl Iterator<Item = SideRow<F>>) -> io::Result<u64> {
    fs::create_dir_all(out)?;
    let mut files = Vec::new();
    for file in F::ALL {
        let mut written = Written {
            file: *file,
            bytes: BufWriter::new(File::create(out.join(file.name()))?),
        };
        written.begin()?;
        files.push(written);
    }
    let mut count = 0;
    for (of, cells) in rows {
        count += 1;
        if let Some(file) = files.iter_mut().find(|file| file.file == of) {
            file.write(&cells)?;
        }
    }
    for file in &mut files {
        file.bytes.flush()?;
    }
    fs::write(out.join(LAST), README)?;
    Ok(count)
}

struct Written<F> {
    file: F,
    bytes: BufWriter<File>,
}

impl<F: SideFile> Written<F> {
    fn is_ndjson(&self) -> bool {
        self.file.name().ends_with(".ndjson")
    }

    fn begin(&mut self) -> io::Result<()> {
        if self.is_ndjson() {
            return Ok(());
        }
        self.line(&self.file.headers())
    }

    fn write(&mut self, cells: &[String]) -> io::Result<()> {
        if !self.is_ndjson() {
            return self.line(cells);
        }
        // Members in the order of the columns: those of a map come in an order that depends on how the library was built.
        for (index, (header, cell)) in self.file.headers().iter().zip(cells).enumerate() {
            self.bytes.write_all(if index == 0 { b"{" } else { b"," })?;
            serde_json::to_writer(&mut self.bytes, header)?;
            self.bytes.write_all(b":")?;
            serde_json::to_writer(&mut self.bytes, cell)?;
        }
        self.bytes.write_all(b"}\n")
    }

    fn line<T: AsRef<[u8]>>(&mut self, cells: &[T]) -> io::Result<()> {
        let mut line = csv::Writer::from_writer(&mut self.bytes);
        line.write_record(cells)?;
        line.flush()
    }
}
