//! A file that is counted and hashed while it is written, and gets its name when it is whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use entity::record::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sm3::Sm3;

use super::ExportError;

/// A file that was written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Written {
    /// Its name.
    pub name: String,
    /// The records in it.
    pub rows: u64,
    /// Its bytes.
    pub bytes: u64,
    /// Their SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// Their SM3 (GB/T 32905).
    pub sm3: String,
    /// Cells that were longer than a workbook holds and end with `…`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub cut_cells: u64,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// Counts and hashes what goes through.
#[derive(Default)]
struct Proof {
    bytes: u64,
    sha256: Sha256,
    sm3: Sm3,
}

impl Proof {
    fn take(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.sha256.update(bytes);
        self.sm3.update(bytes);
    }

    fn written(self, path: &Path, rows: u64, cut_cells: u64) -> Written {
        Written {
            name: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            rows,
            bytes: self.bytes,
            sha256: hex(&self.sha256.finalize()),
            sm3: hex(&self.sm3.finalize()),
            cut_cells,
        }
    }
}

/// A file under another name until it is whole.
pub(super) struct Growing {
    file: BufWriter<File>,
    path: PathBuf,
    proof: Proof,
}

impl Growing {
    pub(super) fn create(path: &Path) -> Result<Self, ExportError> {
        let file = File::create(part(path)).map_err(|cause| unwritable(path, cause))?;
        Ok(Self {
            file: BufWriter::with_capacity(1 << 16, file),
            path: path.to_owned(),
            proof: Proof::default(),
        })
    }

    /// Goes on with a file of which so many bytes are safe; none where they are not there.
    pub(super) fn resume(path: &Path, bytes: u64) -> Result<Option<Self>, ExportError> {
        let resumed = || -> io::Result<Option<Self>> {
            let mut file = OpenOptions::new().read(true).write(true).open(part(path))?;
            if bytes == 0 || file.metadata()?.len() < bytes {
                return Ok(None);
            }
            file.set_len(bytes)?;
            let proof = prove(&mut file)?;
            file.seek(SeekFrom::End(0))?;
            Ok(Some(Self {
                file: BufWriter::with_capacity(1 << 16, file),
                path: path.to_owned(),
                proof,
            }))
        };
        match resumed() {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            other => other.map_err(|cause| unwritable(path, cause)),
        }
    }

    /// Makes safe what was written and flushed; gives how many bytes that are.
    pub(super) fn sync(&self) -> Result<u64, ExportError> {
        let done = self.file.get_ref().sync_data();
        done.map_err(|cause| unwritable(&self.path, cause))?;
        Ok(self.proof.bytes)
    }

    /// Flushes it to the disk and gives it its name.
    pub(super) fn close(self, rows: u64) -> Result<Written, ExportError> {
        let file = self.file.into_inner().map_err(|error| error.into_error());
        let done = file.and_then(|file| file.sync_all());
        let done = done.and_then(|()| fs::rename(part(&self.path), &self.path));
        done.map_err(|cause| unwritable(&self.path, cause))?;
        Ok(self.proof.written(&self.path, rows, 0))
    }
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.proof.take(bytes.get(..count).unwrap_or_default());
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The name of a file that is not whole yet.
pub(super) fn part(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

/// Proves a file that something else wrote under its other name, and gives it its name.
pub(super) fn adopt(path: &Path, rows: u64, cut_cells: u64) -> Result<Written, ExportError> {
    let read = || {
        let mut file = File::open(part(path))?;
        let proof = prove(&mut file)?;
        file.sync_all()?;
        fs::rename(part(path), path)?;
        Ok(proof)
    };
    let proof: Proof = read().map_err(|cause| unwritable(path, cause))?;
    Ok(proof.written(path, rows, cut_cells))
}

fn prove(file: &mut File) -> io::Result<Proof> {
    let (mut proof, mut buffer) = (Proof::default(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(proof),
            count => proof.take(buffer.get(..count).unwrap_or_default()),
        }
    }
}

/// The name under which the next text of a file lies until it takes its place; a kill can leave it behind.
pub(super) fn coming(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    path.with_file_name(name)
}

/// Puts a text in the place of a file: whoever reads it finds the old one or the new one, and nothing between.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let new = coming(path);
    let mut file = File::create(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_data()?;
    fs::rename(new, path)
}

pub(super) fn unwritable(path: &Path, cause: io::Error) -> ExportError {
    ExportError::Unwritable {
        path: path.to_owned(),
        cause,
    }
}
