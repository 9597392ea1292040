//! File names of standards.

use super::markup::{is_han, plain};

/// Endings of file names.
const EXTENSIONS: [&str; 11] = [
    ".pdf", ".docx", ".doc", ".caj", ".txt", ".rar", ".zip", ".ofd", ".wps", ".htm", ".html",
];

/// The name without its ending, if it has one.
pub fn without_extension(name: &str) -> Option<&str> {
    EXTENSIONS.iter().find_map(|extension| {
        let (stem, ending) = name.split_at_checked(name.len().checked_sub(extension.len())?)?;
        ending.eq_ignore_ascii_case(extension).then(|| stem.trim_end())
    })
}

/// The text of a file name: `_` stands for a slash or a blank (`DL_T 5044-2014`), marks that people put before names go,
/// and so does an entry of a list (`A6、`).
pub fn file_stem(stem: &str) -> String {
    let spaced: String = stem.chars().map(|c| if c == '_' { ' ' } else { c }).collect();
    let stem = spaced.trim_start_matches(['★', '☆', '●', '※', ' ']);
    let entry = stem.split_once('、').filter(|(label, _)| {
        label.len() <= 3
            && label.starts_with(|c: char| c.is_ascii_alphanumeric())
            && label.ends_with(|c: char| c.is_ascii_digit())
    });
    plain(entry.map_or(stem, |(_, rest)| rest).trim_end_matches([' ', '-']))
}

/// The one title in 《》, when the rest of the name has no Chinese word: numbers, list entries, `English`.
pub fn only_title(stem: &str) -> Option<&str> {
    let (before, rest) = stem.split_once('《')?;
    let (inner, behind) = rest.split_once('》')?;
    let is_only = !before.contains(is_han)
        && !behind.contains(is_han)
        && !behind.contains('《')
        && !inner.contains('《');
    is_only.then(|| inner.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_only_files_have() {
        assert_eq!(
            without_extension("GB 50054-2011 低压配电设计规范.PDF"),
            Some("GB 50054-2011 低压配电设计规范")
        );
        assert_eq!(without_extension("低压配电设计规范"), None);
        assert_eq!(without_extension("规范"), None);
        assert_eq!(file_stem("★《安全工作规程》-"), "《安全工作规程》");
        assert_eq!(file_stem("DL／T_5229-2005 竣工图"), "DL／T 5229-2005 竣工图");
        assert_eq!(file_stem("A6、《核算指南》"), "《核算指南》");
    }

    #[test]
    fn the_only_title_is_found() {
        assert_eq!(
            only_title("1.8-《吊装工程规范》-GB-50798-2012"),
            Some("吊装工程规范")
        );
        assert_eq!(only_title("关于印发《设计规范》的通知"), None);
        assert_eq!(only_title("《勘察规范》2009年版"), None);
        assert_eq!(only_title("《甲》《乙》"), None);
        assert_eq!(only_title("甲"), None);
    }
}
