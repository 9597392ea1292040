//! The characters of a package as UTF-8, whatever its encoding, with a bound on what one piece of XML may take.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, GB18030, UTF_8};

use crate::file::Encoding;
use crate::file::lines::LONGEST_LINE;
use crate::file::object::PlainBytes;

/// Stands for bytes that are no character. No XML holds it, so that the element it stands in can be told.
pub(super) const NO_CHARACTER: char = '\u{FFFF}';
const BUFFER: usize = 32 * 1024;

/// Decodes while it is read.
pub(super) struct Text {
    source: PlainBytes,
    decoder: Decoder,
    raw: Vec<u8>,
    /// What of `raw` is not decoded yet.
    rest: std::ops::Range<usize>,
    decoded: Vec<u8>,
    given: usize,
    ended: bool,
    /// The decoder gave its last character.
    finished: bool,
    line: u64,
    bytes: u64,
    piece: usize,
}

impl Text {
    pub(super) fn new(source: PlainBytes, encoding: Encoding) -> Self {
        let encoding = match encoding {
            Encoding::Utf8 => UTF_8,
            Encoding::Gb18030 => GB18030,
        };
        Self {
            source,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; BUFFER],
            rest: 0..0,
            decoded: Vec::new(),
            given: 0,
            ended: false,
            finished: false,
            line: 1,
            bytes: 0,
            piece: 0,
        }
    }

    /// The next piece of XML begins here: a tag or a text.
    pub(super) fn begin_piece(&mut self) {
        self.piece = 0;
    }

    /// The line that was reached, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// How many bytes of the file were read.
    pub(super) fn offset(&self) -> u64 {
        self.bytes
    }

    fn decode(&mut self) -> io::Result<()> {
        if self.rest.is_empty() && !self.ended {
            let read = self.source.read(&mut self.raw)?;
            self.rest = 0..read;
            self.ended = read == 0;
            self.bytes += read as u64;
        }
        self.decoded.resize(BUFFER * 3, 0);
        let raw = self.raw.get(self.rest.clone()).unwrap_or_default();
        let (result, read, written) =
            self.decoder
                .decode_to_utf8_without_replacement(raw, &mut self.decoded, self.ended);
        self.decoded.truncate(written);
        self.given = 0;
        self.rest.start += read;
        match result {
            DecoderResult::InputEmpty => self.finished = self.ended,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                let mut sign = [0; 4];
                let sign = NO_CHARACTER.encode_utf8(&mut sign);
                self.decoded.extend_from_slice(sign.as_bytes());
            }
        }
        Ok(())
    }
}

impl Read for Text {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Text {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece > LONGEST_LINE {
            let long = format!("a piece of XML has more than {LONGEST_LINE} bytes");
            return Err(io::Error::new(io::ErrorKind::InvalidData, long));
        }
        while self.given == self.decoded.len() {
            if self.finished {
                return Ok(&[]);
            }
            self.decode()?;
        }
        Ok(self.decoded.get(self.given..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        let taken = self
            .decoded
            .get(self.given..self.given + amount)
            .unwrap_or_default();
        let lines = taken.iter().filter(|byte| **byte == b'\n').count();
        self.line += lines as u64;
        self.piece += amount;
        self.given += amount;
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, Cursor, Read};

    use super::{NO_CHARACTER, Text};
    use crate::file::Encoding;
    use crate::file::lines::LONGEST_LINE;

    fn read(bytes: &[u8], encoding: Encoding) -> String {
        let mut text = Text::new(Box::new(Cursor::new(bytes.to_vec())), encoding);
        let mut out = String::new();
        text.read_to_string(&mut out).unwrap();
        out
    }

    #[test]
    fn both_encodings_become_one_and_bad_bytes_are_marked() {
        let (gb, _, _) = encoding_rs::GB18030.encode("处罚决定书\n㐀");
        assert_eq!(read(&gb, Encoding::Gb18030), "处罚决定书\n㐀");
        assert_eq!(read("\u{FEFF}处罚".as_bytes(), Encoding::Utf8), "处罚");
        assert_eq!(
            read(b"a\xFFb\xE5\xA4", Encoding::Utf8),
            format!("a{NO_CHARACTER}b{NO_CHARACTER}")
        );
        assert_eq!(read(b"", Encoding::Utf8), "");
        let long = "处".repeat(100_000);
        assert_eq!(read(long.as_bytes(), Encoding::Utf8), long);
    }

    #[test]
    fn lines_are_counted_and_a_long_piece_is_refused() {
        let mut text = Text::new(
            Box::new(Cursor::new(vec![b'\n'; LONGEST_LINE * 2])),
            Encoding::Utf8,
        );
        let mut taken = 0;
        while let Ok(available) = text.fill_buf() {
            let length = available.len();
            assert!(length > 0, "the end was reached");
            text.consume(length);
            taken += length;
        }
        assert!(taken > LONGEST_LINE && taken < LONGEST_LINE + 200_000);
        assert_eq!(text.line(), taken as u64 + 1);
        text.begin_piece();
        assert!(text.fill_buf().is_ok());
    }
}
