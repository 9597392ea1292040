//! The files of credit records, beside those of a plan: which there are, and as of which day.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::credit::CreditRow;
use super::credit_file::CreditFile;
use super::{Generator, Plan};
use crate::pipeline::{Adapter, Request};

/// The file that says that nothing here is real; written last, so that a folder with it is whole.
const LAST: &str = "README.txt";
/// Its text.
const README: &str = "本目录中的数据由程序生成，其中的企业、信用代码、文号、机关均不存在，不得作为真实数据使用。\n\
    Generated data. No enterprise, credit code, document number or organ in it exists.\n";

impl Plan {
    /// Writes the credit records of the enterprises of the plan into a directory, which is made; gives the number of rows.
    ///
    /// # Errors
    /// A plan that cannot be carried out is `InvalidInput`; other errors are those of the file system, with the path.
    pub fn generate_credit(&self, out: &Path) -> io::Result<u64> {
        let invalid = |error| io::Error::new(io::ErrorKind::InvalidInput, error);
        let generator = Generator::new(self).map_err(invalid)?;
        let at = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", out.display()));
        fs::create_dir_all(out).map_err(at)?;
        let mut files = Vec::new();
        for file in CreditFile::ALL {
            let mut written = Written::create(out, file).map_err(at)?;
            written.begin().map_err(at)?;
            files.push(written);
        }
        let mut rows = 0;
        for number in 0..generator.enterprises() {
            for row in generator.credit(number).unwrap_or_default() {
                rows += 1;
                if let Some(file) = files.iter_mut().find(|file| file.file == row.0) {
                    file.write(&row).map_err(at)?;
                }
            }
        }
        for file in &mut files {
            file.bytes.flush().map_err(at)?;
        }
        fs::write(out.join(LAST), README).map_err(at)?;
        Ok(rows)
    }

    /// Generates the credit records in `folder`, unless they are there, and gives the files in the order of their delivery.
    pub fn credit_deliveries(&self, folder: &Path) -> io::Result<Vec<Request>> {
        if !folder.join(LAST).exists() {
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
            self.generate_credit(folder)?;
        }
        let requests = CreditFile::ALL.map(|file| Request {
            adapter: file.adapter(),
            path: folder.join(file.name()),
            as_of: Some(self.credit_day(file)),
            complete: false,
        });
        Ok(requests.into())
    }

    /// The day that a file describes: what is taken back is taken back a day later than it was told.
    pub fn credit_day(&self, file: CreditFile) -> chrono::NaiveDate {
        match file {
            CreditFile::Withdrawn => self.as_of.succ_opt().unwrap_or(self.as_of),
            _ => self.as_of,
        }
    }
}

impl CreditFile {
    /// The adapter that takes it.
    pub fn adapter(self) -> Adapter {
        match self {
            Self::Penalties | Self::OldPenalties | Self::Withdrawn | Self::Licences => {
                Adapter::DoublePublicity
            }
            Self::Abnormal | Self::Serious | Self::Repairs | Self::Ratings => Adapter::CreditListings,
        }
    }

    fn is_ndjson(self) -> bool {
        self.name().ends_with(".ndjson")
    }
}

struct Written {
    file: CreditFile,
    bytes: BufWriter<File>,
}

impl Written {
    fn create(out: &Path, file: CreditFile) -> io::Result<Self> {
        Ok(Self {
            file,
            bytes: BufWriter::new(File::create(out.join(file.name()))?),
        })
    }

    fn begin(&mut self) -> io::Result<()> {
        if self.file.is_ndjson() {
            return Ok(());
        }
        self.line(&self.file.headers())
    }

    fn write(&mut self, (file, cells): &CreditRow) -> io::Result<()> {
        if !file.is_ndjson() {
            return self.line(cells);
        }
        // Members in the order of the columns: those of a map come in an order that depends on how the library was built.
        for (index, (header, cell)) in file.headers().iter().zip(cells).enumerate() {
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
