//! Raw files: stored by the hash of their bytes, read line by line and record by record in bounded memory.

pub mod blocks;
pub mod csv_rows;
pub mod encoding;
pub mod lines;
pub mod ndjson;
pub mod object;
pub mod package;
pub mod record;
mod seal;
pub mod spreadsheet;

pub use encoding::Encoding;
pub use object::StoredObject;
pub use record::{Closing, RawRecord, RecordReader, Unreadable, Withheld};
