//! Short lists of words in one column.

use std::fmt;
use std::str::FromStr;

use sea_orm::DeriveValueType;

/// A list of words, stored as the text of a JSON array. What has to be searched by a member has a table of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, DeriveValueType, serde::Serialize)]
#[sea_orm(value_type = "String")]
#[serde(transparent)]
pub struct TextList(pub Vec<String>);

impl TextList {
    /// Words of a vocabulary, each once, in its order.
    pub(crate) fn distinct<T: Ord>(mut members: Vec<T>, word: fn(T) -> &'static str) -> Self {
        members.sort();
        members.dedup();
        members
            .into_iter()
            .map(|member| word(member).to_owned())
            .collect()
    }
}

impl fmt::Display for TextList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&serde_json::to_string(&self.0).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for TextList {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text).map(Self)
    }
}

impl FromIterator<String> for TextList {
    fn from_iter<I: IntoIterator<Item = String>>(words: I) -> Self {
        Self(words.into_iter().collect())
    }
}
