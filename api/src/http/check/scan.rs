//! A look at the text before any parser: how long it is, how many tokens it has, how deep its brackets are.
//!
//! A parser calls itself for every bracket; a stack that is too short for a text of brackets ends the process. So depth
//! is counted here, in one pass without recursion. The pass also blanks out the descriptions that the specification of
//! September 2025 allows on operations, fragments and variables and that no executor needs; blanks keep every offset.

use std::borrow::Cow;
use std::ops::Range;

use super::limits::Limits;
use super::place::Places;
use super::refusal::{Refusal, TOO_DEEP, TOO_LARGE};

/// A text that is small and flat enough to be parsed.
pub(super) struct Scanned<'a> {
    /// The text without descriptions, every other byte in its place.
    pub(super) text: Cow<'a, str>,
    /// How many tokens it has.
    pub(super) tokens: usize,
}

/// Counts a text and refuses one that is too large or too deep.
pub(super) fn scan<'a>(text: &'a str, limits: &Limits) -> Result<Scanned<'a>, Refusal> {
    if text.len() > limits.bytes {
        let message = format!(
            "the document has {} bytes, {} at most: ask for less at once, or send long values as variables",
            text.len(),
            limits.bytes
        );
        return Err(Refusal::new(TOO_LARGE, message, None));
    }
    let mut tokens = 0;
    let mut open: Vec<u8> = Vec::new();
    let mut descriptions = Descriptions::default();
    for token in Tokens::new(text) {
        tokens += 1;
        if tokens > limits.tokens {
            let message = format!(
                "the document has more than {} tokens: ask for less at once, or send long values as variables",
                limits.tokens
            );
            let place = Places::new(text).at(token.bytes.start);
            return Err(Refusal::new(TOO_LARGE, message, Some(place)));
        }
        if token.kind == Kind::Word && token.bytes.len() > limits.name {
            let message = format!(
                "this name or number has {} bytes, {} at most: ask for a shorter one, every row of an answer repeats it",
                token.bytes.len(),
                limits.name
            );
            let place = Places::new(text).at(token.bytes.start);
            return Err(Refusal::new(TOO_LARGE, message, Some(place)));
        }
        descriptions.see(text, &token, &open);
        match token.kind {
            Kind::Sign(sign @ (b'{' | b'[' | b'(')) => {
                open.push(sign);
                if open.len() > limits.nesting {
                    let message = format!(
                        "more than {} brackets are open here: ask for fewer levels, or send nested values as variables",
                        limits.nesting
                    );
                    let place = Places::new(text).at(token.bytes.start);
                    return Err(Refusal::new(TOO_DEEP, message, Some(place)));
                }
            }
            Kind::Sign(b'}' | b']' | b')') => {
                open.pop();
            }
            _ => {}
        }
    }
    Ok(Scanned {
        text: blank(text, &descriptions.found),
        tokens,
    })
}

/// Puts blanks in the place of these ranges.
fn blank<'a>(text: &'a str, ranges: &[Range<usize>]) -> Cow<'a, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut blanked = String::with_capacity(text.len());
    let mut kept = 0;
    for range in ranges {
        blanked.push_str(text.get(kept..range.start).unwrap_or_default());
        blanked.extend(std::iter::repeat_n(' ', range.len()));
        kept = range.end;
    }
    blanked.push_str(text.get(kept..).unwrap_or_default());
    Cow::Owned(blanked)
}

/// Finds strings that describe a definition or a variable.
#[derive(Default)]
struct Descriptions {
    before: Option<Kind>,
    /// A string that is a description if the next token is as expected.
    maybe: Option<(Range<usize>, Described)>,
    found: Vec<Range<usize>>,
}

enum Described {
    Definition,
    Variable,
}

impl Descriptions {
    fn see(&mut self, text: &str, token: &Token, open: &[u8]) {
        if let Some((range, what)) = self.maybe.take() {
            let described = match what {
                Described::Definition => {
                    let word = text.get(token.bytes.clone());
                    matches!(word, Some("query" | "mutation" | "subscription" | "fragment"))
                }
                Described::Variable => token.kind == Kind::Sign(b'$'),
            };
            if described {
                self.found.push(range);
            }
        }
        if token.kind == Kind::Text {
            let what = match (open, self.before) {
                ([], None | Some(Kind::Sign(b'}'))) => Some(Described::Definition),
                ([b'('], Some(Kind::Sign(b':' | b'='))) => None,
                ([b'('], _) => Some(Described::Variable),
                _ => None,
            };
            self.maybe = what.map(|what| (token.bytes.clone(), what));
        }
        self.before = Some(token.kind);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A string or block string.
    Text,
    /// A name or number.
    Word,
    /// One sign; three dots are one sign, too.
    Sign(u8),
}

pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) bytes: Range<usize>,
}

/// The tokens of a text. Where a text is broken, no bracket that a parser sees is missed.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn starts(&self, at: usize, word: &[u8]) -> bool {
        self.bytes.get(at..).is_some_and(|rest| rest.starts_with(word))
    }

    /// The offset of the first byte from here on that is not such a one.
    fn end_of(&self, from: usize, such: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|byte| such(**byte)).count()
    }

    fn end_of_text(&self, start: usize) -> usize {
        if self.starts(start, b"\"\"\"") {
            let mut at = start + 3;
            while self.byte(at).is_some() {
                if self.starts(at, b"\\\"\"\"") {
                    at += 4;
                } else if self.starts(at, b"\"\"\"") {
                    return at + 3;
                } else {
                    at += 1;
                }
            }
            return at;
        }
        let mut at = start + 1;
        while let Some(byte) = self.byte(at) {
            match byte {
                b'"' => return at + 1,
                b'\n' | b'\r' => return at,
                b'\\' if !matches!(self.byte(at + 1), Some(b'\n' | b'\r')) => at += 2,
                _ => at += 1,
            }
        }
        at.min(self.bytes.len())
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let start = self.at;
            let byte = self.byte(start)?;
            let (kind, end) = match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b',' => (None, start + 1),
                b'#' => (None, self.end_of(start, |byte| !matches!(byte, b'\n' | b'\r'))),
                _ if self.starts(start, b"\xEF\xBB\xBF") => (None, start + 3),
                b'"' => (Some(Kind::Text), self.end_of_text(start)),
                b'_' | b'a'..=b'z' | b'A'..=b'Z' => {
                    let end = self.end_of(start, |byte| byte == b'_' || byte.is_ascii_alphanumeric());
                    (Some(Kind::Word), end)
                }
                b'-' | b'0'..=b'9' => {
                    let part = |byte: u8| matches!(byte, b'-' | b'+' | b'.') || byte.is_ascii_alphanumeric();
                    (Some(Kind::Word), self.end_of(start, part))
                }
                b'.' if self.starts(start, b"...") => (Some(Kind::Sign(b'.')), start + 3),
                other => (Some(Kind::Sign(other)), start + 1),
            };
            self.at = end;
            if let Some(kind) = kind {
                return Some(Token {
                    kind,
                    bytes: start..end,
                });
            }
        }
    }
}
