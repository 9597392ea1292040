//! An answer that is read line by line while it arrives, with a bound on the line and on the silence between two pieces.

use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::time::timeout;

use crate::wire::Wire;
use crate::{Error, Result};

/// Bytes of a line: a record and its escapes.
const LONGEST_LINE: usize = 16 * 1024 * 1024;

/// The lines of an answer.
pub(crate) struct Lines<'a> {
    wire: &'a Wire,
    what: String,
    body: Incoming,
    /// What has come and was not given out; everything before `looked` holds no line end.
    held: Vec<u8>,
    given: usize,
    looked: usize,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(wire: &'a Wire, what: &str, body: Incoming) -> Self {
        Self {
            wire,
            what: what.to_owned(),
            body,
            held: Vec::new(),
            given: 0,
            looked: 0,
        }
    }

    /// The next line without its end; none at the end of the answer.
    pub(crate) async fn next(&mut self) -> Result<Option<&[u8]>> {
        loop {
            let unseen = self.held.get(self.looked..).unwrap_or_default();
            if let Some(at) = unseen.iter().position(|byte| *byte == b'\n') {
                let (from, to) = (self.given, self.looked + at);
                self.given = to + 1;
                self.looked = self.given;
                return Ok(self.held.get(from..to));
            }
            self.held.drain(..self.given);
            (self.given, self.looked) = (0, self.held.len());
            if self.held.len() > LONGEST_LINE {
                let why = format!("a line has more than {} MiB", LONGEST_LINE / 1024 / 1024);
                return Err(self.unreadable(why));
            }
            if !self.fill().await? {
                if self.held.is_empty() {
                    return Ok(None);
                }
                return Err(self.cut("it ends in the middle of a line".to_owned()));
            }
        }
    }

    /// All that is left.
    pub(crate) async fn rest(mut self, most: usize) -> Result<Vec<u8>> {
        while self.fill().await? {
            if self.held.len() > most {
                return Err(self.unreadable(format!("it has more than {} KiB", most / 1024)));
            }
        }
        Ok(self.held)
    }

    /// Takes the next piece in; false at the end.
    async fn fill(&mut self) -> Result<bool> {
        let silence = self.wire.patience.silence;
        let piece = self.wire.stop.or(timeout(silence, self.body.frame())).await?;
        match piece {
            Ok(None) => Ok(false),
            Ok(Some(Ok(frame))) => {
                if let Some(bytes) = frame.data_ref() {
                    self.held.extend_from_slice(bytes);
                }
                Ok(true)
            }
            Ok(Some(Err(error))) => Err(self.cut(error.to_string())),
            Err(_) => Err(Error::Unreachable {
                what: self.what.clone(),
                why: format!("nothing came for {} s", silence.as_secs_f32()),
            }),
        }
    }

    pub(crate) fn cut(&self, why: String) -> Error {
        Error::Cut {
            what: self.what.clone(),
            why,
        }
    }

    pub(crate) fn unreadable(&self, why: String) -> Error {
        Error::Unreadable {
            what: self.what.clone(),
            why,
        }
    }
}
