//! The numbers of a succession text, each with the role that the words around it give.

use entity::value::{StandardNumber, find_citations};

use super::markup::is_han;

/// What a number is to the standard of the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Older: 代替, 替代.
    Replaces,
    /// Newer: 被 … 代替.
    ReplacedBy,
    /// No word says. The group counts the lists that follow each other without a separator.
    Bare {
        /// 0 for the first list.
        group: usize,
    },
}

/// One number with its role.
#[derive(Clone, Debug)]
pub struct Item {
    /// The number.
    pub number: StandardNumber,
    /// Its role.
    pub role: Role,
    /// Whether 部分 stands beside it.
    pub partial: bool,
}

/// A text, read.
#[derive(Debug, Default)]
pub struct Body {
    /// The numbers in the order of the text.
    pub items: Vec<Item>,
    /// Words between them that are no words of succession: titles, document numbers, unreadable numbers.
    pub words: Vec<String>,
}

/// Words of succession.
const REPLACE: [&str; 3] = ["代替", "替代", "取代"];

/// Reads numbers and words from left to right. `代替A被B代替` needs no separator: 被 opens the passive, and the next 代替
/// behind a number closes it. What follows a closed passive is bare.
pub fn read_body(text: &str) -> Body {
    let mut reader = Reader::default();
    let mut at = 0;
    for citation in find_citations(text) {
        let between = text.get(at..citation.start).unwrap_or_default();
        reader.words(between);
        reader.number(citation.number, between);
        at = citation.end;
    }
    reader.words(text.get(at..).unwrap_or_default());
    reader.body
}

#[derive(Default)]
struct Reader {
    body: Body,
    mode: Mode,
    /// A number stands in the present passive, so that 代替 closes it.
    passive_has_number: bool,
    /// 部分代替: the numbers of this clause are replaced in part.
    clause_partial: bool,
    group: usize,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Mode {
    #[default]
    Bare,
    Active,
    Passive,
}

impl Reader {
    fn number(&mut self, number: StandardNumber, between: &str) {
        let glued = !between.contains(is_separator)
            && !REPLACE.iter().any(|word| between.contains(word))
            && !between.contains('被');
        let role = match self.mode {
            Mode::Active => Role::Replaces,
            Mode::Passive => {
                self.passive_has_number = true;
                Role::ReplacedBy
            }
            Mode::Bare => {
                let follows_bare = self
                    .body
                    .items
                    .last()
                    .is_some_and(|item| matches!(item.role, Role::Bare { .. }));
                self.group += usize::from(follows_bare && glued);
                Role::Bare { group: self.group }
            }
        };
        self.body.items.push(Item {
            number,
            role,
            partial: self.clause_partial,
        });
    }

    fn words(&mut self, text: &str) {
        let mut left = String::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if let Some(behind) = rest
                .strip_prefix("部分")
                .filter(|behind| starts_with_replace(behind))
            {
                self.active(true);
                rest = REPLACE
                    .iter()
                    .find_map(|word| behind.strip_prefix(word))
                    .unwrap_or(behind);
            } else if let Some(behind) = rest.strip_prefix('被') {
                self.passive();
                rest = REPLACE
                    .iter()
                    .find_map(|word| behind.strip_prefix(word))
                    .unwrap_or(behind);
            } else if let Some(behind) = REPLACE.iter().find_map(|word| rest.strip_prefix(word)) {
                self.replace_word();
                rest = behind;
            } else {
                left.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
        self.left_over(&left);
    }

    fn active(&mut self, partial: bool) {
        self.mode = Mode::Active;
        self.clause_partial = partial;
    }

    fn passive(&mut self) {
        self.mode = Mode::Passive;
        self.passive_has_number = false;
        self.clause_partial = false;
    }

    fn replace_word(&mut self) {
        if self.mode == Mode::Passive && self.passive_has_number {
            self.mode = Mode::Bare;
            self.clause_partial = false;
        } else if self.mode != Mode::Passive {
            self.active(false);
        }
    }

    /// Words that are left: `(部分)` or a title ending in 部分 behind a number says that a part of it is meant, unless it
    /// is a numbered part of a title (第1部分).
    fn left_over(&mut self, text: &str) {
        let words = text
            .split([',', '，', ';', '；', '。', '(', ')', '（', '）'])
            .map(|word| word.trim_matches(is_separator));
        for word in words.filter(|word| is_word(word)) {
            let is_part = word.starts_with("部分") || (word.ends_with("部分") && !word.contains('第'));
            if let Some(last) = self.body.items.last_mut().filter(|_| is_part) {
                last.partial = true;
            }
            if !matches!(word, "部分" | "部分内容" | "标准" | "以下标准") {
                self.body.words.push(word.to_owned());
            }
        }
    }
}

/// Two Chinese characters, or a digit: the latter stands in numbers that were not recognised as such.
fn is_word(text: &str) -> bool {
    text.chars().filter(|c| is_han(*c)).count() > 1 || text.contains(|c: char| c.is_ascii_digit())
}

fn starts_with_replace(text: &str) -> bool {
    REPLACE.iter().any(|word| text.starts_with(word))
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ',' | '，' | ';' | '；' | '、' | '。' | '：' | ':' | '和' | '及' | '与'
        )
}
