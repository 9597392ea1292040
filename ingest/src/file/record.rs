//! A record as the file has it, before anybody knows what its columns mean.

use crate::IngestError;

/// A record: names of columns with their cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRecord {
    /// The number of the record, from 1, without the header.
    pub row_no: u64,
    /// The line on which it begins, from 1.
    pub line_no: u64,
    /// The record as it came.
    pub raw: String,
    /// Cells by the header of their column, in the order of the file; or why there are none.
    pub cells: Result<Vec<(String, String)>, Unreadable>,
    /// What of it was personal, and is in none of its parts any more.
    pub withheld: Withheld,
}

/// What of a record was personal: that it was there, and nothing of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Withheld {
    /// Personal columns that were left out or hashed, and were not empty.
    pub columns: Vec<String>,
    /// Whether an identity or mobile number stood in a column that is not marked as personal, and was masked.
    pub in_text: bool,
}

/// What there is to say of a file as a whole when its end is reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closing {
    /// Why the run must be held for a person, such as a package that ends too early.
    pub trouble: Option<String>,
    /// What a reader of the run should know.
    pub notes: Vec<String>,
}

/// Why a record cannot be cut into cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// A stable code.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
    /// Whether the file seems to end in the middle of the record.
    pub cut: bool,
}

/// A file of records.
pub trait RecordReader: Send {
    /// The names of the columns that the header or the first record shows, with the line they stand on.
    fn columns(&self) -> (&[String], u64);
    /// The next record, or none at the end.
    fn next_record(&mut self) -> Result<Option<RawRecord>, IngestError>;
    /// How many bytes were read so far.
    fn offset(&self) -> u64;
    /// What there is to say of the file, once its last record was given.
    fn closing(&self) -> Closing {
        Closing::default()
    }
    /// The batch of the sender, where the file names one.
    fn batch(&self) -> Option<&str> {
        None
    }
}

impl Unreadable {
    /// The line is too long.
    pub fn too_long(length: u64) -> Self {
        Self {
            code: "LINE_TOO_LONG",
            message: format!(
                "the line has {length} bytes; a record has at most {}",
                super::lines::LONGEST_LINE
            ),
            remedy: "check the line ends of the file and have the source export it again".to_owned(),
            cut: false,
        }
    }

    /// A byte that is no character.
    pub fn bad_byte(encoding: super::Encoding, column: usize) -> Self {
        Self {
            code: "BAD_ENCODING",
            message: format!(
                "byte {} of the record is no character of {}",
                column + 1,
                encoding.as_str()
            ),
            remedy: "save the file anew as UTF-8 or GB18030".to_owned(),
            cut: false,
        }
    }

    /// A NUL byte.
    pub fn nul(column: usize) -> Self {
        Self {
            code: "NUL_BYTE",
            message: format!("byte {} of the record is NUL, which no text contains", column + 1),
            remedy: "have the source export the file again; a NUL byte tells of a damaged copy".to_owned(),
            cut: false,
        }
    }
}

/// Decodes the bytes of a record; a NUL byte or one that is no character makes it unreadable.
pub(super) fn decode(encoding: super::Encoding, bytes: &[u8]) -> Result<String, Unreadable> {
    if let Some(place) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Unreadable::nul(place));
    }
    encoding
        .decode(bytes)
        .map_err(|place| Unreadable::bad_byte(encoding, place))
}

/// Bytes for the eye of a clerk: what cannot be read is shown as the replacement character. Only for showing: the
/// bytes themselves lie in the store.
pub(super) fn shown(encoding: super::Encoding, bytes: &[u8]) -> String {
    encoding
        .decode(bytes)
        .unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())
}
