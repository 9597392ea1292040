//! A reading position in folded text.

use super::super::folding::{Folded, is_blank};

/// A position that is cheap to copy: saving it and putting it back is how the readers look ahead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    text: &'a [Folded],
    position: usize,
}

impl<'a> Cursor<'a> {
    /// A position in `text`; behind its end is allowed and reads nothing.
    pub(super) fn new(text: &'a [Folded], position: usize) -> Self {
        Self { text, position }
    }

    pub(super) fn position(&self) -> usize {
        self.position
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.peek_nth(0)
    }

    /// The character `count` places ahead.
    pub(super) fn peek_nth(&self, count: usize) -> Option<char> {
        self.text.get(self.position + count).map(|one| one.character)
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.peek().is_none()
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.position += 1;
        Some(character)
    }

    pub(super) fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.position += 1;
        }
        found
    }

    /// Takes `wanted` as a whole or nothing.
    pub(super) fn eat_text(&mut self, wanted: &str) -> bool {
        let mut ahead = *self;
        let found = wanted.chars().all(|character| ahead.eat(character));
        if found {
            *self = ahead;
        }
        found
    }

    pub(super) fn skip_blanks(&mut self) {
        while self.peek().is_some_and(is_blank) {
            self.position += 1;
        }
    }

    /// One dash or a run of them: the dash of Chinese typography is two em wide and often typed as two
    /// characters.
    pub(super) fn eat_dashes(&mut self) -> bool {
        let found = self.eat('-');
        while self.eat('-') {}
        found
    }

    pub(super) fn take_while(&mut self, most: usize, wanted: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        for _ in 0..most {
            match self.peek() {
                Some(character) if wanted(character) => taken.push(character),
                _ => break,
            }
            self.position += 1;
        }
        taken
    }

    pub(super) fn digits(&mut self, most: usize) -> String {
        self.take_while(most, |character| character.is_ascii_digit())
    }

    pub(super) fn letters(&mut self, most: usize) -> String {
        self.take_while(most, |character| character.is_ascii_uppercase())
    }

    pub(super) fn at_digit(&self) -> bool {
        self.peek().is_some_and(|character| character.is_ascii_digit())
    }

    pub(super) fn at_letter(&self) -> bool {
        self.peek()
            .is_some_and(|character| character.is_ascii_uppercase())
    }

    pub(super) fn at_letter_or_digit(&self) -> bool {
        self.at_letter() || self.at_digit()
    }

    /// The character before the position, blanks included.
    pub(super) fn previous(&self) -> Option<char> {
        let before = self.position.checked_sub(1)?;
        self.text.get(before).map(|one| one.character)
    }

    /// Byte at which the next character starts, or where the text ends.
    pub(super) fn start_byte(&self) -> usize {
        match self.text.get(self.position) {
            Some(one) => one.start,
            None => self.text.last().map_or(0, |one| one.end),
        }
    }

    /// Byte behind the last character read.
    pub(super) fn end_byte(&self) -> usize {
        let before = self.position.checked_sub(1);
        before
            .and_then(|index| self.text.get(index))
            .map_or_else(|| self.start_byte(), |one| one.end)
    }
}
