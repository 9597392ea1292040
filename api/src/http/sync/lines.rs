//! Lines of JSON, and the last one that proves them.

use entity::record::hex;
use serde::Serialize;
use sha2::{Digest, Sha256};
use sm3::Sm3;

use crate::graphql::ApiError;

/// Counts and hashes lines while they are written.
#[derive(Default)]
pub(super) struct Lines {
    rows: u64,
    sha256: Sha256,
    sm3: Sm3,
}

/// What all lines before it are.
#[derive(Serialize)]
struct Manifest<'a> {
    rows: u64,
    /// SHA-256 of the bytes before this line, in hexadecimal digits.
    sha256: String,
    /// SM3 (GB/T 32905) of the same.
    sm3: String,
    /// Where the next part begins; none behind the last.
    next: Option<&'a str>,
    /// The place of the feed at which everything was as the lines say.
    cursor: &'a str,
}

#[derive(Serialize)]
struct Last<'a> {
    manifest: Manifest<'a>,
}

impl Lines {
    /// Writes a line.
    pub(super) fn push(&mut self, text: &mut Vec<u8>, line: &impl Serialize) -> Result<(), ApiError> {
        let start = text.len();
        write(text, line)?;
        let written = text.get(start..).unwrap_or_default();
        self.sha256.update(written);
        self.sm3.update(written);
        self.rows += 1;
        Ok(())
    }

    /// Writes the last line.
    pub(super) fn close(
        &mut self,
        text: &mut Vec<u8>,
        next: Option<&str>,
        cursor: &str,
    ) -> Result<(), ApiError> {
        let manifest = Manifest {
            rows: self.rows,
            sha256: hex(&self.sha256.finalize_reset()),
            sm3: hex(&self.sm3.finalize_reset()),
            next,
            cursor,
        };
        write(text, &Last { manifest })
    }
}

fn write(text: &mut Vec<u8>, line: &impl Serialize) -> Result<(), ApiError> {
    serde_json::to_writer(&mut *text, line).map_err(|cause| ApiError::internal(&cause))?;
    text.push(b'\n');
    Ok(())
}
