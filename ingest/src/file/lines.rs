//! Lines of a file with a bound on their length, so that one line of 100 MB costs no more memory than any other.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};

/// The longest line that is read; a catalogue row is a thousandth of it.
pub const LONGEST_LINE: usize = 1024 * 1024;
/// How much of a longer line is kept to show what it was.
const KEPT_OF_LONGER: usize = 300;

/// A line without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: u64,
    /// Its bytes; only the first few of one that is too long.
    pub bytes: Vec<u8>,
    /// Its full length in bytes where it was too long to be kept.
    pub too_long: Option<u64>,
    /// Whether it ended with a line end rather than with the file.
    pub ended: bool,
}

/// Reads lines; lines can be put back.
pub struct Lines<R> {
    reader: BufReader<R>,
    number: u64,
    offset: u64,
    put_back: VecDeque<Line>,
}

impl<R: Read> Lines<R> {
    /// Reads from the start of a file; a UTF-8 byte order mark is skipped.
    pub fn new(reader: R) -> std::io::Result<Self> {
        let mut reader = BufReader::with_capacity(64 * 1024, reader);
        let mark = reader.fill_buf()?.starts_with(b"\xEF\xBB\xBF");
        if mark {
            reader.consume(3);
        }
        Ok(Self {
            reader,
            number: 0,
            offset: 0,
            put_back: VecDeque::new(),
        })
    }

    /// How many bytes were read so far.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Puts lines back; they come again in the given order.
    pub fn put_back(&mut self, lines: impl DoubleEndedIterator<Item = Line>) {
        for line in lines.rev() {
            self.put_back.push_front(line);
        }
    }

    /// The next line, or none at the end.
    pub fn next_line(&mut self) -> std::io::Result<Option<Line>> {
        if let Some(line) = self.put_back.pop_front() {
            return Ok(Some(line));
        }
        let mut bytes = Vec::new();
        let mut length: u64 = 0;
        let mut ended = false;
        while !ended {
            let available = self.reader.fill_buf()?;
            if available.is_empty() {
                break;
            }
            let end = available.iter().position(|byte| *byte == b'\n');
            let taken = end.unwrap_or(available.len());
            let part = available.get(..taken).unwrap_or_default();
            length += taken as u64;
            if bytes.len() + taken <= LONGEST_LINE {
                bytes.extend_from_slice(part);
            } else {
                bytes.truncate(KEPT_OF_LONGER);
                bytes.shrink_to_fit();
            }
            ended = end.is_some();
            let consumed = taken + usize::from(ended);
            self.reader.consume(consumed);
            self.offset += consumed as u64;
        }
        if length == 0 && !ended {
            return Ok(None);
        }
        self.number += 1;
        let too_long = (length > LONGEST_LINE as u64).then_some(length);
        if too_long.is_some() {
            bytes.truncate(KEPT_OF_LONGER);
        } else if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        Ok(Some(Line {
            number: self.number,
            bytes,
            too_long,
            ended,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_LINE, Lines};

    #[test]
    fn a_long_line_is_counted_but_not_kept() {
        let mut file = vec![b'x'; LONGEST_LINE * 3];
        file.extend_from_slice(b"\r\nnext\r\nlast");
        let mut lines = Lines::new(file.as_slice()).unwrap();
        let long = lines.next_line().unwrap().unwrap();
        assert_eq!(long.too_long, Some(LONGEST_LINE as u64 * 3 + 1));
        assert!(long.bytes.len() < 1000);
        assert_eq!(lines.next_line().unwrap().unwrap().bytes, b"next");
        let last = lines.next_line().unwrap().unwrap();
        assert_eq!((last.number, last.ended), (3, false));
        assert_eq!(lines.next_line().unwrap(), None);
    }
}
