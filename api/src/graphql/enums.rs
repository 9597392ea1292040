//! Vocabularies that are stored by their words.

use async_graphql::resolver_utils::EnumType;

/// The member with a stored word.
pub(crate) fn member<T: EnumType>(word: &str) -> Option<T> {
    T::items()
        .iter()
        .find(|item| item.name == word)
        .map(|item| item.value)
}

/// The members whose words a record holds, such as its quality flags. A word that no member has any more is left out.
pub(crate) fn members<T: EnumType>(words: &[String]) -> Vec<T> {
    words.iter().filter_map(|word| member(word)).collect()
}

/// The word of a member.
pub(crate) fn word<T: EnumType>(member: T) -> &'static str {
    T::items()
        .iter()
        .find(|item| item.value == member)
        .map_or("", |item| item.name)
}
