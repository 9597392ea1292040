//! A raw file under seal: AES-256-GCM in chunks, so that a file of any size is written and read in flat memory.
//!
//! A mark of eight bytes, then chunks of 64 KiB, each with its tag of 16 bytes behind it. The nonce of a chunk is its number, and
//! whether it is the last: chunks cannot change places, and an end that is missing is found. A key seals one file only.

use std::io::{self, Read, Write};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use entity::ingestion::raw_key::RawKey;

/// What a sealed file begins with.
const MARK: &[u8; 8] = b"NQISEAL1";
/// Bytes of a chunk before it is sealed.
const CHUNK: usize = 64 * 1024;
/// Bytes of a tag.
const TAG: usize = 16;

/// Whether bytes are the begin of a sealed file.
pub(super) fn is_sealed(begin: &[u8]) -> bool {
    begin.starts_with(MARK)
}

/// Seals what is written to it. Only [`Sealer::finish`] makes a whole file of it.
pub(super) struct Sealer<W> {
    out: W,
    key: LessSafeKey,
    chunk: Vec<u8>,
    number: u64,
}

impl<W: Write> Sealer<W> {
    pub(super) fn new(mut out: W, key: &RawKey) -> io::Result<Self> {
        out.write_all(MARK)?;
        Ok(Self {
            out,
            key: opened(key)?,
            chunk: Vec::with_capacity(CHUNK + TAG),
            number: 0,
        })
    }

    /// Writes the last chunk and gives back what was written to.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.write_chunk(true)?;
        Ok(self.out)
    }

    fn write_chunk(&mut self, last: bool) -> io::Result<()> {
        let nonce = nonce(self.number, last);
        self.key
            .seal_in_place_append_tag(nonce, Aad::empty(), &mut self.chunk)
            .map_err(|_| io::Error::other("the file cannot be sealed"))?;
        self.out.write_all(&self.chunk)?;
        self.chunk.clear();
        self.number += 1;
        Ok(())
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk waits: only what comes behind it tells that it is not the last.
        if self.chunk.len() == CHUNK && !bytes.is_empty() {
            self.write_chunk(false)?;
        }
        let taken = bytes.len().min(CHUNK - self.chunk.len());
        self.chunk
            .extend_from_slice(bytes.get(..taken).unwrap_or_default());
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads the plain bytes of a sealed file. What does not fit the key, or was changed, cut or moved, is an error.
pub(super) struct Opener<R> {
    sealed: R,
    key: LessSafeKey,
    plain: Vec<u8>,
    given: usize,
    /// The sealed bytes of the next chunk, which tell whether the one before is the last.
    next: Vec<u8>,
    number: u64,
}

impl<R: Read> Opener<R> {
    /// Opens a file behind its mark.
    pub(super) fn new(mut sealed: R, key: &RawKey) -> io::Result<Self> {
        let mut mark = [0; MARK.len()];
        sealed.read_exact(&mut mark)?;
        if !is_sealed(&mark) {
            return Err(broken());
        }
        let next = chunk(&mut sealed)?;
        Ok(Self {
            sealed,
            key: opened(key)?,
            plain: Vec::new(),
            given: 0,
            next,
            number: 0,
        })
    }

    /// Opens the next chunk; false at the end.
    fn advance(&mut self) -> io::Result<bool> {
        if self.next.is_empty() {
            return if self.number == 0 {
                Err(broken())
            } else {
                Ok(false)
            };
        }
        let behind = chunk(&mut self.sealed)?;
        let mut current = std::mem::replace(&mut self.next, behind);
        let nonce = nonce(self.number, self.next.is_empty());
        let length = self
            .key
            .open_in_place(nonce, Aad::empty(), &mut current)
            .map_err(|_| broken())?
            .len();
        current.truncate(length);
        (self.plain, self.given) = (current, 0);
        self.number += 1;
        Ok(true)
    }
}

impl<R: Read> Read for Opener<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.plain.len() {
            if !self.advance()? {
                return Ok(0);
            }
        }
        let mut rest = self.plain.get(self.given..).unwrap_or_default();
        let read = rest.read(buffer)?;
        self.given += read;
        Ok(read)
    }
}

fn chunk(sealed: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(CHUNK + TAG);
    sealed.take((CHUNK + TAG) as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn opened(key: &RawKey) -> io::Result<LessSafeKey> {
    let key = UnboundKey::new(&AES_256_GCM, key.bytes());
    Ok(LessSafeKey::new(key.map_err(|_| broken())?))
}

fn nonce(number: u64, last: bool) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    if let Some(first) = bytes.first_mut() {
        *first = u8::from(last);
    }
    for (byte, digit) in bytes.iter_mut().skip(NONCE_LEN - 8).zip(number.to_be_bytes()) {
        *byte = digit;
    }
    Nonce::assume_unique_for_key(bytes)
}

fn broken() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        "the sealed file does not open with its key: it was changed or cut, or it belongs to another database",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(plain: &[u8], key: &RawKey) -> Vec<u8> {
        let mut sealer = Sealer::new(Vec::new(), key).unwrap();
        // In pieces of an odd size, as readers give them.
        for piece in plain.chunks(1000) {
            sealer.write_all(piece).unwrap();
        }
        sealer.finish().unwrap()
    }

    fn read(sealed: &[u8], key: &RawKey) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        Opener::new(sealed, key)?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    #[test]
    fn files_of_every_size_come_back() {
        let key = RawKey::random().unwrap();
        for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7] {
            let plain: Vec<u8> = (0..size).map(|at| u8::try_from(at % 251).unwrap()).collect();
            let file = sealed(&plain, &key);
            assert!(is_sealed(&file));
            assert_eq!(read(&file, &key).unwrap(), plain, "{size} bytes");
        }
    }

    #[test]
    fn another_key_and_a_changed_cut_or_moved_file_are_refused() {
        let key = RawKey::random().unwrap();
        let file = sealed(&vec![7; 3 * CHUNK], &key);
        assert!(read(&file, &RawKey::random().unwrap()).is_err());
        for length in [
            0,
            4,
            MARK.len(),
            MARK.len() + 1,
            MARK.len() + CHUNK + TAG,
            file.len() - 1,
        ] {
            assert!(
                read(file.get(..length).unwrap(), &key).is_err(),
                "cut at {length}"
            );
        }
        for at in [MARK.len(), file.len() / 2, file.len() - 1] {
            let mut changed = file.clone();
            *changed.get_mut(at).unwrap() ^= 1;
            assert!(read(&changed, &key).is_err(), "changed at {at}");
        }
        let (first, second) = (MARK.len(), MARK.len() + CHUNK + TAG);
        let mut moved = file.get(..first).unwrap().to_vec();
        moved.extend_from_slice(file.get(second..second + CHUNK + TAG).unwrap());
        moved.extend_from_slice(file.get(first..second).unwrap());
        moved.extend_from_slice(file.get(second + CHUNK + TAG..).unwrap());
        assert!(moved.len() == file.len() && read(&moved, &key).is_err());
    }
}
