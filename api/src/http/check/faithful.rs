//! Whether a parsed document says all that the text says.
//!
//! The parser passes over some mistakes without a word: of `enterprises(first5)` it makes a field without arguments.
//! So the tree is written out again, and its tokens must be those of the text.

use apollo_compiler::ast::Document;
use async_graphql::Pos;

use super::place::Places;
use super::refusal::{PARSE_FAILED, Refusal, short};
use super::scan::{Kind, Token, Tokens};

/// Refuses a text of which the parser left something out.
pub(super) fn compare(text: &str, parsed: &Document, places: &Places<'_>) -> Result<(), Refusal> {
    let written = parsed.serialize().no_indent().to_string();
    let mut wanted = Told::new(text);
    let mut told = Told::new(&written);
    loop {
        match (wanted.next(), told.next()) {
            (None, None) => return Ok(()),
            (Some((word, _)), Some((other, _))) if word == other => {}
            (wanted, _) => {
                let (word, at) = wanted.unwrap_or(("the end", text.len()));
                let message = format!("syntax error: unexpected {}", short(word, 60));
                let place: Pos = places.at(at);
                return Err(Refusal::new(PARSE_FAILED, message, Some(place)));
            }
        }
    }
}

/// The words of a text in a form that does not depend on the way of writing.
struct Told<'a> {
    text: &'a str,
    tokens: std::iter::Peekable<Tokens<'a>>,
    open: usize,
}

impl<'a> Told<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            tokens: Tokens::new(text).peekable(),
            open: 0,
        }
    }

    fn word(&self, token: &Token) -> &'a str {
        self.text.get(token.bytes.clone()).unwrap_or_default()
    }
}

impl<'a> Iterator for Told<'a> {
    /// A word and where it stands.
    type Item = (&'a str, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let mut token = self.tokens.next()?;
        // `query {` is written as `{`.
        if self.open == 0 && self.word(&token) == "query" {
            token = match self.tokens.next_if(|next| next.kind == Kind::Sign(b'{')) {
                Some(bracket) => bracket,
                None => token,
            };
        }
        match token.kind {
            Kind::Sign(b'{' | b'(' | b'[') => self.open += 1,
            Kind::Sign(b'}' | b')' | b']') => self.open = self.open.saturating_sub(1),
            _ => {}
        }
        // A text may be written in quotes or in a block.
        let word = match token.kind {
            Kind::Text => "a text",
            _ => self.word(&token),
        };
        Some((word, token.bytes.start))
    }
}
