//! A canonical text together with the text it was read from.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A canonical text and the raw text it was read from. Equality, order and hash are those of the canonical text, so
/// that spellings of one code are one key.
#[derive(Clone)]
pub(super) struct KeptText {
    canonical: String,
    /// Only where it differs: most cells are canonical already.
    raw: Option<Box<str>>,
}

impl KeptText {
    pub(super) fn new(canonical: String, raw: &str) -> Self {
        let raw = (canonical != raw).then(|| raw.into());
        Self { canonical, raw }
    }

    pub(super) fn canonical(&self) -> &str {
        &self.canonical
    }

    pub(super) fn raw(&self) -> &str {
        self.raw.as_deref().unwrap_or(&self.canonical)
    }

    pub(super) fn into_canonical(self) -> String {
        self.canonical
    }
}

impl fmt::Debug for KeptText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.raw {
            Some(raw) => write!(formatter, "{:?} from {raw:?}", self.canonical),
            None => write!(formatter, "{:?}", self.canonical),
        }
    }
}

impl PartialEq for KeptText {
    fn eq(&self, other: &Self) -> bool {
        self.canonical == other.canonical
    }
}

impl Eq for KeptText {}

impl Hash for KeptText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.canonical.hash(state);
    }
}

impl PartialOrd for KeptText {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for KeptText {
    fn cmp(&self, other: &Self) -> Ordering {
        self.canonical.cmp(&other.canonical)
    }
}

/// A text that is not the code it should be: says what was expected and shows what came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    expected: &'static str,
    found: String,
}

impl Unreadable {
    pub(super) fn new(expected: &'static str, found: &str) -> Self {
        const SHOWN: usize = 60;
        let mut shown: String = found.chars().take(SHOWN).collect();
        if found.chars().nth(SHOWN).is_some() {
            shown.push('…');
        }
        Self {
            expected,
            found: shown,
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "expected {}, found {:?}", self.expected, self.found)
    }
}

impl std::error::Error for Unreadable {}

/// What a code over a [`KeptText`] shares with the others: it shows and serialises as its canonical text and reads from
/// any spelling.
macro_rules! code_from_text {
    ($code:ident, $expected:literal) => {
        impl std::fmt::Display for $code {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $code {
            type Err = crate::value::kept_text::Unreadable;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text).ok_or_else(|| crate::value::kept_text::Unreadable::new($expected, text))
            }
        }

        impl TryFrom<String> for $code {
            type Error = crate::value::kept_text::Unreadable;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$code> for String {
            fn from(code: $code) -> Self {
                code.0.into_canonical()
            }
        }
    };
}

pub(super) use code_from_text;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_equal_and_keep_their_source() {
        let (plain, spelled) = (
            KeptText::new("A1".into(), "A1"),
            KeptText::new("A1".into(), "ａ１"),
        );
        assert_eq!(plain, spelled);
        assert_eq!((plain.raw(), spelled.raw()), ("A1", "ａ１"));
        assert!(plain < KeptText::new("A2".into(), "a0"));
    }

    #[test]
    fn message_shows_a_bounded_part_of_the_text() {
        let message = Unreadable::new("a code", &"9".repeat(5000)).to_string();
        assert!(message.starts_with("expected a code, found \"999"), "{message}");
        assert!(message.len() < 120, "{message}");
    }
}
