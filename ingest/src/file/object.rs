//! The store of raw files: bytes first, durable under the name of their hash, then the line in the ledger.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use entity::record::hex;
use sha2::{Digest, Sha256};

use super::encoding::{Detector, Encoding};
use crate::IngestError;

/// A raw file in the store.
#[derive(Debug, Clone)]
pub struct StoredObject {
    /// SHA-256 of the bytes, as 64 hexadecimal digits.
    pub sha256: String,
    /// How many bytes.
    pub bytes: u64,
    /// The name under which it came.
    pub name: String,
    /// The encoding that was detected.
    pub encoding: Encoding,
    /// Where the bytes lie.
    pub path: PathBuf,
}

const BUFFER: usize = 64 * 1024;

/// Copies a file into the store below `data_dir`, hashing on the way. Storing the same bytes again changes nothing.
pub fn store(data_dir: &Path, path: &Path) -> Result<StoredObject, IngestError> {
    let unreadable = |cause| IngestError::Unreadable {
        path: path.to_owned(),
        cause,
    };
    let about = fs::metadata(path).map_err(unreadable)?;
    if about.is_dir() {
        return Err(IngestError::Directory {
            path: path.to_owned(),
        });
    }
    let mut source = File::open(path).map_err(unreadable)?;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let stored = copy(data_dir, &mut source, name)?;
    if stored.bytes == 0 {
        return Err(IngestError::Empty {
            path: path.to_owned(),
        });
    }
    refuse_utf16(path, &stored.path)?;
    Ok(stored)
}

/// Stores bytes that are already in memory, such as a file of the bundle.
pub fn store_bytes(data_dir: &Path, name: &str, bytes: &[u8]) -> Result<StoredObject, IngestError> {
    copy(data_dir, &mut &*bytes, name.to_owned())
}

/// Finds a stored object again by its hash.
pub fn find(data_dir: &Path, sha256: &str, name: &str) -> Result<StoredObject, IngestError> {
    let path = place(data_dir, sha256);
    let unreadable = |cause| IngestError::Unreadable {
        path: path.clone(),
        cause,
    };
    let mut file = File::open(&path).map_err(unreadable)?;
    let mut detector = Detector::default();
    let mut bytes = 0;
    let mut buffer = vec![0; BUFFER];
    loop {
        let read = file.read(&mut buffer).map_err(unreadable)?;
        let chunk = buffer.get(..read).unwrap_or_default();
        detector.feed(chunk);
        bytes += read as u64;
        if read == 0 {
            break;
        }
    }
    Ok(StoredObject {
        sha256: sha256.to_owned(),
        bytes,
        name: name.to_owned(),
        encoding: detector.encoding(),
        path,
    })
}

fn copy(data_dir: &Path, source: &mut dyn Read, name: String) -> Result<StoredObject, IngestError> {
    let objects = data_dir.join("objects");
    let failed = |cause| IngestError::Io {
        place: format!("storing {name} under {}", objects.display()),
        cause,
    };
    fs::create_dir_all(&objects).map_err(failed)?;
    let temporary = objects.join(format!("incoming-{}", std::process::id()));
    let outcome = copy_to(&temporary, source);
    let (sha256, bytes, encoding) = match outcome {
        Ok(copied) => copied,
        Err(cause) => {
            // Half a copy is of no use to anybody; that it cannot be removed is not worth hiding the first error for.
            let _ = fs::remove_file(&temporary);
            return Err(failed(cause));
        }
    };
    let path = place(data_dir, &sha256);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::rename(&temporary, &path).map_err(failed)?;
    settle(&path).map_err(failed)?;
    Ok(StoredObject {
        sha256,
        bytes,
        name,
        encoding,
        path,
    })
}

/// Makes the new name durable: on Unix a name belongs to its folder, which is synced like a file.
fn settle(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

fn copy_to(target: &Path, source: &mut dyn Read) -> std::io::Result<(String, u64, Encoding)> {
    let mut file = File::create(target)?;
    let mut hash = Sha256::new();
    let mut detector = Detector::default();
    let mut bytes = 0;
    let mut buffer = vec![0; BUFFER];
    loop {
        let read = source.read(&mut buffer)?;
        let chunk = buffer.get(..read).unwrap_or_default();
        detector.feed(chunk);
        if read == 0 {
            break;
        }
        hash.update(chunk);
        file.write_all(chunk)?;
        bytes += read as u64;
    }
    file.sync_all()?;
    Ok((hex(&hash.finalize()), bytes, detector.encoding()))
}

fn place(data_dir: &Path, sha256: &str) -> PathBuf {
    let folder: String = sha256.chars().take(2).collect();
    data_dir.join("objects").join(folder).join(sha256)
}

fn refuse_utf16(path: &Path, stored: &Path) -> Result<(), IngestError> {
    let mut mark = [0; 2];
    let begun = File::open(stored).and_then(|mut file| file.read(&mut mark));
    if begun.is_ok() && matches!(mark, [0xFF, 0xFE] | [0xFE, 0xFF]) {
        let problem = "the byte order mark says UTF-16".to_owned();
        return Err(IngestError::Encoding {
            path: path.to_owned(),
            problem,
        });
    }
    Ok(())
}
