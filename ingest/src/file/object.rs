//! The store of raw files: bytes first, durable under the name of their hash, then the line in the ledger. Files that may hold
//! personal data lie there under seal.

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use entity::ingestion::PersonalKey;
use entity::ingestion::raw_key::RawKey;
use entity::record::hex;
use sha2::{Digest, Sha256};

use super::encoding::{Detector, Encoding};
use super::seal::{Opener, Sealer, is_sealed};
use crate::IngestError;

/// The plain bytes of a raw file.
pub type PlainBytes = Box<dyn Read + Send>;

/// A raw file in the store.
#[derive(Debug, Clone)]
pub struct StoredObject {
    /// SHA-256 of the plain bytes, as 64 hexadecimal digits.
    pub sha256: String,
    /// How many plain bytes.
    pub bytes: u64,
    /// The name under which it came.
    pub name: String,
    /// The encoding that was detected.
    pub encoding: Encoding,
    /// Where the bytes lie, under seal or not.
    path: PathBuf,
    /// The key, where it is sealed.
    key: Option<RawKey>,
    /// What personal columns are hashed with.
    personal: PersonalKey,
}

/// A file that was copied into the store and has no name there yet. Dropped, it is gone.
pub(crate) struct Incoming {
    temporary: PathBuf,
    sha256: String,
    bytes: u64,
    name: String,
    encoding: Encoding,
    key: Option<RawKey>,
    /// The first two bytes.
    begin: Vec<u8>,
}

const BUFFER: usize = 64 * 1024;

impl StoredObject {
    /// Opens the plain bytes.
    pub fn open(&self) -> io::Result<PlainBytes> {
        plain(&self.path, self.key.as_ref())
    }

    /// The plain bytes as a file to move about in. Those of a sealed file are copied to one without a name, which nobody else
    /// can open and which is gone with this handle.
    pub fn open_seekable(&self) -> io::Result<File> {
        let mut begin = [0; 8];
        let mut file = File::open(&self.path)?;
        let read = file.read(&mut begin)?;
        file.rewind()?;
        if self.key.is_none() || !is_sealed(begin.get(..read).unwrap_or_default()) {
            return Ok(file);
        }
        let mut copy = self.room()?;
        io::copy(&mut self.open()?, &mut copy)?;
        copy.rewind()?;
        Ok(copy)
    }

    /// An empty file without a name on the disk of the store, for bytes that nobody else may see.
    pub(crate) fn room(&self) -> io::Result<File> {
        tempfile::tempfile_in(self.path.parent().unwrap_or(Path::new(".")))
    }

    /// What personal columns are hashed with.
    pub(crate) fn personal_key(&self) -> &PersonalKey {
        &self.personal
    }
}

/// Copies a file into the store below `data_dir`, hashing on the way; under a new seal where it may hold personal data.
pub(crate) fn receive(data_dir: &Path, path: &Path, sealed: bool) -> Result<Incoming, IngestError> {
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
    let incoming = copy(data_dir, &mut source, name, sealed)?;
    if incoming.bytes == 0 {
        return Err(IngestError::Empty {
            path: path.to_owned(),
        });
    }
    if matches!(incoming.begin.as_slice(), [0xFF, 0xFE] | [0xFE, 0xFF]) {
        return Err(IngestError::Encoding {
            path: path.to_owned(),
            problem: "the byte order mark says UTF-16".to_owned(),
        });
    }
    Ok(incoming)
}

/// Takes bytes that are already in memory, such as a file of the bundle.
pub(crate) fn receive_bytes(
    data_dir: &Path,
    name: &str,
    bytes: &[u8],
    sealed: bool,
) -> Result<Incoming, IngestError> {
    copy(data_dir, &mut &*bytes, name.to_owned(), sealed)
}

/// Finds a stored object again by its hash.
pub(crate) fn find(
    data_dir: &Path,
    sha256: &str,
    name: &str,
    key: Option<RawKey>,
    personal: PersonalKey,
) -> Result<StoredObject, IngestError> {
    let path = place(data_dir, sha256);
    let unreadable = |cause| IngestError::Unreadable {
        path: path.clone(),
        cause,
    };
    let mut file = plain(&path, key.as_ref()).map_err(unreadable)?;
    let (mut detector, mut hash) = (Detector::default(), Sha256::new());
    let mut bytes = 0;
    let mut buffer = vec![0; BUFFER];
    loop {
        let read = file.read(&mut buffer).map_err(unreadable)?;
        let chunk = buffer.get(..read).unwrap_or_default();
        detector.feed(chunk);
        hash.update(chunk);
        bytes += read as u64;
        if read == 0 {
            break;
        }
    }
    if hex(&hash.finalize()) != sha256 {
        let changed = "the bytes are not those of its name: bring the file back from a backup";
        return Err(unreadable(io::Error::new(io::ErrorKind::InvalidData, changed)));
    }
    Ok(StoredObject {
        sha256: sha256.to_owned(),
        bytes,
        name: name.to_owned(),
        encoding: detector.encoding(),
        path,
        key,
        personal,
    })
}

/// Takes the sealed bytes of an erased object off the disk; nobody can read them.
pub fn remove(data_dir: &Path, sha256: &str) -> io::Result<()> {
    match fs::remove_file(place(data_dir, sha256)) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    }
}

impl Incoming {
    /// The SHA-256 of the plain bytes.
    pub(crate) fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The key under which it was sealed.
    pub(crate) fn key(&self) -> Option<&RawKey> {
        self.key.as_ref()
    }

    /// Gives the bytes their name. Bytes that are there already stay, unless they lie there without the seal that `key` asks
    /// for.
    pub(crate) fn settle(
        mut self,
        data_dir: &Path,
        key: Option<RawKey>,
        personal: PersonalKey,
    ) -> Result<StoredObject, IngestError> {
        let path = place(data_dir, &self.sha256);
        self.put(&path, key.as_ref()).map_err(|cause| IngestError::Io {
            place: format!(
                "storing {} under {}",
                self.name,
                data_dir.join("objects").display()
            ),
            cause,
        })?;
        Ok(StoredObject {
            sha256: self.sha256.clone(),
            bytes: self.bytes,
            name: std::mem::take(&mut self.name),
            encoding: self.encoding,
            path,
            key,
            personal,
        })
    }

    fn put(&mut self, path: &Path, key: Option<&RawKey>) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        if let Some(key) = key {
            if begins_sealed(path)? && opens(path, key) {
                return Ok(());
            }
            if self.key.as_ref() != Some(key) {
                self.seal_anew(key)?;
            }
        }
        fs::rename(&self.temporary, path)?;
        settle(path)
    }

    /// Seals the copy with the key that the object has, in place of its own.
    fn seal_anew(&mut self, key: &RawKey) -> io::Result<()> {
        let again = self.temporary.with_extension("again");
        let sealed = (|| {
            let mut plain = plain(&self.temporary, self.key.as_ref())?;
            let mut sealer = Sealer::new(File::create(&again)?, key)?;
            io::copy(&mut plain, &mut sealer)?;
            sealer.finish()?.sync_all()?;
            fs::rename(&again, &self.temporary)
        })();
        if sealed.is_err() {
            // The first error is the one to tell.
            let _ = fs::remove_file(&again);
        }
        sealed
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // Where it got its name, there is nothing left to remove.
        let _ = fs::remove_file(&self.temporary);
    }
}

fn copy(data_dir: &Path, source: &mut dyn Read, name: String, sealed: bool) -> Result<Incoming, IngestError> {
    let objects = data_dir.join("objects");
    let failed = |cause| IngestError::Io {
        place: format!("storing {name} under {}", objects.display()),
        cause,
    };
    fs::create_dir_all(&objects).map_err(failed)?;
    let key = if sealed { Some(RawKey::random()?) } else { None };
    let mut incoming = Incoming {
        temporary: objects.join(format!("incoming-{}", std::process::id())),
        sha256: String::new(),
        bytes: 0,
        name: name.clone(),
        encoding: Encoding::Utf8,
        key,
        begin: Vec::new(),
    };
    incoming.copy_from(source).map_err(failed)?;
    Ok(incoming)
}

impl Incoming {
    fn copy_from(&mut self, source: &mut dyn Read) -> io::Result<()> {
        let file = File::create(&self.temporary)?;
        let (file, hash) = match &self.key {
            Some(key) => {
                let mut sealer = Sealer::new(file, key)?;
                let hash = self.pass(source, &mut sealer)?;
                (sealer.finish()?, hash)
            }
            None => {
                let mut file = file;
                let hash = self.pass(source, &mut file)?;
                (file, hash)
            }
        };
        file.sync_all()?;
        self.sha256 = hash;
        Ok(())
    }

    /// Passes the bytes on while they are counted and looked at; gives their hash.
    fn pass(&mut self, source: &mut dyn Read, out: &mut dyn Write) -> io::Result<String> {
        let (mut hash, mut detector) = (Sha256::new(), Detector::default());
        let mut buffer = vec![0; BUFFER];
        loop {
            let read = source.read(&mut buffer)?;
            let chunk = buffer.get(..read).unwrap_or_default();
            detector.feed(chunk);
            if read == 0 {
                break;
            }
            let missing = 2_usize.saturating_sub(self.begin.len());
            self.begin.extend(chunk.iter().take(missing));
            hash.update(chunk);
            out.write_all(chunk)?;
            self.bytes += read as u64;
        }
        self.encoding = detector.encoding();
        Ok(hex(&hash.finalize()))
    }
}

/// The plain bytes of a file of the store. One that has a key and no seal was stored before its adapter asked for one.
fn plain(path: &Path, key: Option<&RawKey>) -> io::Result<PlainBytes> {
    let file = File::open(path)?;
    match key {
        Some(key) if begins_sealed(path)? => Ok(Box::new(Opener::new(file, key)?)),
        _ => Ok(Box::new(file)),
    }
}

/// Whether a sealed file opens with a key; one that another database left there does not.
fn opens(path: &Path, key: &RawKey) -> bool {
    plain(path, Some(key)).is_ok_and(|mut plain| plain.read(&mut [0]).is_ok())
}

fn begins_sealed(path: &Path) -> io::Result<bool> {
    let mut begin = Vec::new();
    match File::open(path) {
        Ok(file) => file.take(8).read_to_end(&mut begin)?,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(cause) => return Err(cause),
    };
    Ok(is_sealed(&begin))
}

/// Makes the new name durable: on Unix a name belongs to its folder, which is synced like a file.
fn settle(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

fn place(data_dir: &Path, sha256: &str) -> PathBuf {
    let folder: String = sha256.chars().take(2).collect();
    data_dir.join("objects").join(folder).join(sha256)
}
