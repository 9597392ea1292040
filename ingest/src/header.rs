//! Headers of columns as people write them: the same column under many spellings.
//!
//! A published table is copied through several hands: headers gain line breaks, widths, blanks, stars, units and remarks in brackets, and the
//! `.1` of a program that met the same header twice. What is left when all that is taken away is compared with lists of words.

use std::collections::{BTreeMap, HashMap};

/// How well a header names a column; the smaller the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// In its very spelling.
    Same,
    /// But for width, case, blanks and signs.
    Folded,
    /// And but for the number of a repetition.
    Repeated,
    /// And but for what stands in brackets.
    Unbracketed,
}

/// The words by which the columns of a form are known.
#[derive(Debug)]
pub(crate) struct Names {
    by_word: HashMap<String, String>,
}

impl Names {
    /// The columns of a form and other words for them. An error where a word names two columns, or other words belong to none.
    pub(crate) fn new<'a>(
        columns: impl Iterator<Item = &'a str>,
        synonyms: &BTreeMap<String, Vec<String>>,
    ) -> Result<Self, String> {
        let mut names = Self {
            by_word: HashMap::new(),
        };
        for column in columns {
            names.add(column, column)?;
        }
        for (column, words) in synonyms {
            if names.by_word.get(&folded(column)) != Some(column) {
                return Err(format!("synonyms of {column:?}, which is no column of the form"));
            }
            for word in words {
                names.add(word, column)?;
            }
        }
        Ok(names)
    }

    fn add(&mut self, word: &str, column: &str) -> Result<(), String> {
        let key = folded(word);
        if key.is_empty() {
            return Err(format!("{word:?} has neither letters nor digits"));
        }
        match self.by_word.insert(key, column.to_owned()) {
            Some(other) if other != column => Err(format!("{word:?} names both {other:?} and {column:?}")),
            _ => Ok(()),
        }
    }

    /// The column that a header names.
    pub(crate) fn name_of(&self, header: &str) -> Option<&str> {
        self.find(header).map(|(name, _)| name)
    }

    fn find(&self, header: &str) -> Option<(&str, Likeness)> {
        let once = without_repetition(header);
        let ways = [
            (folded(header), Likeness::Folded),
            (folded(once), Likeness::Repeated),
            (folded(&without_brackets(once)), Likeness::Unbracketed),
        ];
        let (name, likeness) = ways
            .into_iter()
            .find_map(|(word, likeness)| Some((self.by_word.get(&word)?.as_str(), likeness)))?;
        Some((name, if name == header { Likeness::Same } else { likeness }))
    }

    /// The headers of a file with the columns that they name. Of several headers for one column the best counts, of equal ones the
    /// first: the others stay unknown, so that nothing is mixed.
    pub(crate) fn of_all<'a>(&'a self, headers: &'a [String]) -> Vec<(&'a str, &'a str)> {
        let mut best: BTreeMap<&str, (Likeness, usize, &str)> = BTreeMap::new();
        for (place, header) in headers.iter().enumerate() {
            let Some((name, likeness)) = self.find(header) else {
                continue;
            };
            let here = (likeness, place, header.as_str());
            let kept = best.entry(name).or_insert(here);
            *kept = here.min(*kept);
        }
        best.into_iter()
            .map(|(name, (_, _, header))| (header, name))
            .collect()
    }
}

/// Letters and digits only, in one width, case and script.
fn folded(text: &str) -> String {
    let folded = entity::search::fold(text);
    folded.chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// A header without the `.1` of a table library.
fn without_repetition(header: &str) -> &str {
    let stem = header.trim_end_matches(|sign: char| sign.is_ascii_digit());
    match stem.strip_suffix('.') {
        Some(name) if stem.len() < header.len() && !name.is_empty() => name,
        _ => header,
    }
}

/// A header without what stands in brackets: units and remarks. A bracket that is not closed takes the rest with it.
fn without_brackets(header: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::with_capacity(header.len());
    for sign in header.chars() {
        match sign {
            '(' | '（' | '[' | '【' | '［' | '〔' => depth += 1,
            ')' | '）' | ']' | '】' | '］' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(sign),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests;
