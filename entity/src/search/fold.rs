//! Folding and cutting text, for what is stored and for what is asked.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use unicode_normalization::UnicodeNormalization;

/// Traditional to simplified characters (R49: a notice is half printed in traditional characters). Nothing is folded
/// if the tables of the library should not load; search then finds simplified text only.
static TO_SIMPLIFIED: LazyLock<Option<OpenCC>> =
    LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok());

/// One form for text that reads alike: width, case, traditional characters, blanks.
pub fn fold(text: &str) -> String {
    let wide: String = text
        .nfkc()
        .flat_map(char::to_uppercase)
        .filter(|sign| !sign.is_control())
        .collect();
    let simplified = match TO_SIMPLIFIED.as_ref() {
        Some(table) if !wide.is_ascii() => table.convert(&wide),
        _ => wide,
    };
    simplified.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The form in which numbers are compared while they are typed: letters, digits and points only.
pub fn number_key(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_uppercase)
        .filter(|sign| sign.is_alphanumeric() || *sign == '.')
        .collect()
}

/// Whether a character is written without blanks between words.
fn is_han(sign: char) -> bool {
    sign.is_alphabetic() && !sign.is_ascii() && !sign.is_lowercase() && !sign.is_uppercase()
}

/// The runs of a folded text: Chinese ones, and ones of letters and digits.
fn runs(folded: &str) -> Vec<(bool, String)> {
    let mut runs: Vec<(bool, String)> = Vec::new();
    let mut open = false;
    for sign in folded.chars() {
        let han = is_han(sign);
        if !han && !sign.is_alphanumeric() {
            open = false;
            continue;
        }
        match runs.last_mut() {
            Some((kind, run)) if open && *kind == han => run.push(sign),
            _ => runs.push((han, sign.to_string())),
        }
        open = true;
    }
    runs
}

/// The terms by which a folded text is found.
pub(super) fn terms(folded: &str) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for (han, run) in runs(folded) {
        if han {
            terms.extend(run.chars().map(String::from));
            terms.extend(pairs(&run));
        } else {
            terms.insert(run);
        }
    }
    terms
}

/// The terms that a text must have to be found by a folded question: pairs where there are any, they say more.
pub(super) fn question_terms(folded: &str) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for (han, run) in runs(folded) {
        let pairs: Vec<String> = if han { pairs(&run).collect() } else { Vec::new() };
        if pairs.is_empty() {
            terms.insert(run);
        } else {
            terms.extend(pairs);
        }
    }
    terms
}

fn pairs(run: &str) -> impl Iterator<Item = String> + '_ {
    run.chars()
        .zip(run.chars().skip(1))
        .map(|(left, right)| [left, right].iter().collect())
}

#[cfg(test)]
mod tests {
    use super::{fold, number_key, question_terms, terms};

    #[test]
    fn folds_width_case_and_traditional_characters() {
        assert_eq!(fold("電線電纜　ＧＢ／ｔ １２３"), "电线电缆 GB/T 123");
        assert_eq!(number_key("gb/t 29004—2012"), "GBT290042012");
    }

    #[test]
    fn cuts_two_character_words() {
        let found = terms(&fold("不锈钢电缆 LED"));
        for word in ["不", "不锈", "锈钢", "电缆", "LED"] {
            assert!(found.contains(word), "{word}");
        }
        assert!(question_terms("电缆").contains("电缆"));
        assert_eq!(question_terms("钢").into_iter().collect::<Vec<_>>(), ["钢"]);
    }
}
