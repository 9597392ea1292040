//! Names of enterprises (企业名称).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::search;

/// The name of an enterprise (企业名称): as shown, and as a key by which spellings of one name are equal.
///
/// Registers write the same name with full-width and ASCII brackets, with blanks that came in with a line break, and in
/// traditional characters. The key leaves all that out; it is what an enterprise without a credit code is known by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EnterpriseName {
    shown: String,
    key: String,
}

/// Names longer than this are no names: 市场主体名称 have at most 200 characters in every form that was seen.
const LONGEST: usize = 200;

impl EnterpriseName {
    /// Reads a name; nothing when there is no letter in it or more than 200 characters.
    pub fn parse(raw: &str) -> Option<Self> {
        let folded = search::fold(raw);
        let key: String = folded.chars().filter(|sign| sign.is_alphanumeric()).collect();
        if key.is_empty() || key.chars().count() > LONGEST || !key.chars().any(char::is_alphabetic) {
            return None;
        }
        Some(Self {
            shown: shown(raw),
            key,
        })
    }

    /// The name with blanks between Chinese characters taken out and brackets as Chinese names have them.
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// Letters and digits only, upper case, simplified, half width.
    pub fn key(&self) -> &str {
        &self.key
    }
}

fn shown(raw: &str) -> String {
    let words: Vec<&str> = raw.split_whitespace().collect();
    let mut out = String::with_capacity(raw.len());
    for word in words {
        let joins_latin = out
            .chars()
            .next_back()
            .is_some_and(|sign| sign.is_ascii_alphanumeric())
            && word.starts_with(|sign: char| sign.is_ascii_alphanumeric());
        if joins_latin {
            out.push(' ');
        }
        out.push_str(word);
    }
    if out.is_ascii() {
        return out;
    }
    out.chars()
        .map(|sign| match sign {
            '(' => '（',
            ')' => '）',
            other => other,
        })
        .collect()
}

impl fmt::Display for EnterpriseName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.shown)
    }
}

impl TryFrom<String> for EnterpriseName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("no name of an enterprise: {text:?}"))
    }
}

impl From<EnterpriseName> for String {
    fn from(name: EnterpriseName) -> Self {
        name.shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_equal() {
        let spellings = [
            "星际量子（北京）科技有限公司",
            "星际量子(北京)科技有限公司",
            " 星际量子 （北京）科技 有限公司\n",
            "星際量子（北京）科技有限公司",
        ];
        let keys: Vec<String> = spellings
            .iter()
            .filter_map(|raw| EnterpriseName::parse(raw))
            .map(|name| name.key().to_owned())
            .collect();
        assert_eq!(keys.len(), spellings.len());
        assert!(
            keys.iter().all(|key| key == "星际量子北京科技有限公司"),
            "{keys:?}"
        );
        assert_eq!(
            EnterpriseName::parse(spellings[1]).map(String::from).as_deref(),
            Some(spellings[0])
        );
    }

    #[test]
    fn latin_words_keep_their_blank() {
        let name = EnterpriseName::parse("ABB  Ltd.").map(String::from);
        assert_eq!(name.as_deref(), Some("ABB Ltd."));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for raw in ["", "  ", "——", "/", "12345", &"长".repeat(201)] {
            assert_eq!(EnterpriseName::parse(raw), None, "{raw}");
        }
    }
}
