//! Lines and columns of a text, both from 1, a column being one character (Unicode scalar value).

use async_graphql::Pos;

/// So many bytes share one count of characters.
const BLOCK: usize = 64;

/// Finds places in a text by their offset in bytes.
pub(super) struct Places<'a> {
    text: &'a [u8],
    /// Where lines begin.
    lines: Vec<usize>,
    /// The characters before each block.
    counted: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Counts the text once.
    pub(super) fn new(text: &'a str) -> Self {
        let text = text.as_bytes();
        let mut lines = vec![0];
        for (at, byte) in text.iter().enumerate() {
            let next = text.get(at + 1);
            if *byte == b'\n' || (*byte == b'\r' && next != Some(&b'\n')) {
                lines.push(at + 1);
            }
        }
        let mut counted = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut sum = 0;
        for block in text.chunks(BLOCK) {
            counted.push(sum);
            sum += characters(block);
        }
        Self { text, lines, counted }
    }

    /// The place of an offset; behind the end, that of the end.
    pub(super) fn at(&self, offset: usize) -> Pos {
        let offset = offset.min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|line| self.lines.get(line)).copied();
        Pos {
            line,
            column: self.before(offset) - self.before(start.unwrap_or_default()) + 1,
        }
    }

    /// The characters before an offset.
    fn before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let counted = self.counted.get(block).copied();
        // An offset at the very end may begin a block that has no byte.
        let (block, counted) = match counted {
            Some(counted) => (block, counted),
            None => {
                let last = self.counted.len().saturating_sub(1);
                (last, self.counted.last().copied().unwrap_or_default())
            }
        };
        counted + characters(self.text.get(block * BLOCK..offset).unwrap_or_default())
    }
}

/// The characters that begin in these bytes of a valid text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}
