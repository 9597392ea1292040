//! The bytes of a socket, as far as no frame is larger than it may be. The parser behind keeps a frame until the whole of it is
//! there, however large it says that it is, so its head is read here first.

use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::Stream;

/// Bytes of frames of a bounded size (RFC 6455 §5.2).
pub(super) struct Frames<S> {
    bytes: S,
    most: u64,
    /// The head of the present frame, as far as it has come.
    head: Vec<u8>,
    /// Bytes of the present frame that are still to come.
    left: u64,
}

impl<S> Frames<S> {
    /// Lets frames of so many bytes through.
    pub(super) fn new(bytes: S, most: usize) -> Self {
        Self {
            bytes,
            most: u64::try_from(most).unwrap_or(u64::MAX),
            head: Vec::new(),
            left: 0,
        }
    }

    /// Whether bytes that came may go on.
    fn passes(&mut self, mut bytes: &[u8]) -> bool {
        loop {
            let here = u64::try_from(bytes.len()).unwrap_or(u64::MAX).min(self.left);
            self.left -= here;
            bytes = usize::try_from(here)
                .ok()
                .and_then(|here| bytes.get(here..))
                .unwrap_or_default();
            let Some((first, rest)) = bytes.split_first() else {
                return true;
            };
            self.head.push(*first);
            bytes = rest;
            if let Some(length) = length(&self.head) {
                if length > self.most {
                    return false;
                }
                self.left = length;
                self.head.clear();
            }
        }
    }
}

/// The length of the payload behind a head; none while the head is not whole.
fn length(head: &[u8]) -> Option<u64> {
    let second = head.get(1)?;
    let (extended, mask) = (second & 0x7F, if second & 0x80 == 0 { 0 } else { 4 });
    let more = match extended {
        126 => 2,
        127 => 8,
        _ => 0,
    };
    head.get(..2 + more + mask)?;
    Some(match head.get(2..2 + more)? {
        [] => u64::from(extended),
        bytes => bytes
            .iter()
            .fold(0, |length, byte| length << 8 | u64::from(*byte)),
    })
}

impl<S: Stream<Item = Result<Bytes, PayloadError>> + Unpin> Stream for Frames<S> {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = std::task::ready!(Pin::new(&mut self.bytes).poll_next(context));
        Poll::Ready(match next {
            Some(Ok(bytes)) if !self.passes(&bytes) => Some(Err(PayloadError::Overflow)),
            other => other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Frames;

    fn frame(length: u64, masked: bool) -> Vec<u8> {
        let mask = if masked { 0x80 } else { 0 };
        let mut bytes = vec![0x81];
        match length {
            0..=125 => bytes.push(mask | length as u8),
            126..=0xFFFF => {
                bytes.push(mask | 126);
                bytes.extend_from_slice(&(length as u16).to_be_bytes());
            }
            _ => {
                bytes.push(mask | 127);
                bytes.extend_from_slice(&length.to_be_bytes());
            }
        }
        bytes.extend_from_slice(&[7; 4][..if masked { 4 } else { 0 }]);
        bytes
    }

    #[test]
    fn a_frame_is_refused_by_its_head_however_it_is_cut() {
        for masked in [true, false] {
            for (length, passes) in [
                (0, true),
                (125, true),
                (126, true),
                (1000, true),
                (1001, false),
                (70_000, false),
                (1 << 52, false),
                (u64::MAX, false),
            ] {
                let mut bytes = frame(100, masked);
                bytes.extend(vec![0; 100]);
                bytes.extend(frame(length, masked));
                if passes {
                    bytes.extend(vec![0xFF; usize::try_from(length).unwrap()]);
                    bytes.extend(frame(5, masked));
                }
                for cut in 1..bytes.len().min(300) {
                    let mut frames = Frames::new((), 1000);
                    let passed = bytes.chunks(cut).all(|part| frames.passes(part));
                    assert_eq!(passed, passes, "{length} in parts of {cut}");
                }
            }
        }
    }
}
