//! Which encoding a file is in: UTF-8 with or without BOM, or GBK and its superset GB18030.

use encoding_rs::{DecoderResult, GB18030, UTF_8};

/// The encoding of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// GB18030, which contains GBK and GB 2312.
    Gb18030,
}

impl Encoding {
    /// The name as users know it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Gb18030 => "GB18030",
        }
    }

    /// Decodes bytes; nothing is replaced. The error is the place of the first byte that cannot be read.
    pub fn decode(self, bytes: &[u8]) -> Result<String, usize> {
        match self {
            Self::Utf8 => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(text.to_owned()),
                Err(error) => Err(error.valid_up_to()),
            },
            Self::Gb18030 => match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
                Some(text) => Ok(text.into_owned()),
                None => Err(first_bad_byte(bytes)),
            },
        }
    }
}

fn first_bad_byte(bytes: &[u8]) -> usize {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let mut out = [0; 1024];
    let mut place = 0;
    loop {
        let rest = bytes.get(place..).unwrap_or_default();
        let (result, read, _) = decoder.decode_to_utf8_without_replacement(rest, &mut out, true);
        place += read;
        match result {
            DecoderResult::InputEmpty => return place,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, extra) => {
                return place.saturating_sub(usize::from(length) + usize::from(extra));
            }
        }
    }
}

/// Watches the bytes of a file go by and tells its encoding at the end.
pub struct Detector {
    utf8: Candidate,
    gb18030: Candidate,
}

struct Candidate {
    decoder: encoding_rs::Decoder,
    errors: u64,
}

impl Default for Detector {
    fn default() -> Self {
        Self {
            utf8: Candidate::new(UTF_8),
            gb18030: Candidate::new(GB18030),
        }
    }
}

impl Detector {
    /// Looks at the next bytes. A character that the end of the file cuts tells nothing about its encoding: it is never
    /// finished, so it is no error.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.utf8.feed(bytes);
        self.gb18030.feed(bytes);
    }

    /// The encoding with fewer unreadable places; UTF-8 when both are equal.
    pub fn encoding(&self) -> Encoding {
        if self.gb18030.errors < self.utf8.errors {
            Encoding::Gb18030
        } else {
            Encoding::Utf8
        }
    }
}

impl Candidate {
    fn new(encoding: &'static encoding_rs::Encoding) -> Self {
        Self {
            decoder: encoding.new_decoder_without_bom_handling(),
            errors: 0,
        }
    }

    fn feed(&mut self, mut bytes: &[u8]) {
        let mut out = [0; 16 * 1024];
        loop {
            let (result, read, _) = self
                .decoder
                .decode_to_utf8_without_replacement(bytes, &mut out, false);
            bytes = bytes.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => self.errors += 1,
            }
        }
    }
}
