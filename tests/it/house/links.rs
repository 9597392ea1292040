//! Links and paths in the documents lead to files that exist.

use super::tree::{files, none, read, root};

/// README files, the changelog, and everything in docs.
fn documents() -> Vec<String> {
    let tops = ["README.md", "README.zh-CN.md", "CHANGELOG.md"];
    let mut found: Vec<String> = tops
        .iter()
        .filter(|path| root().join(path).exists())
        .map(|path| (*path).to_owned())
        .collect();
    found.extend(files("docs", ".md"));
    found
}

/// The targets of `[text](target)`, with the line that holds them.
fn targets(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for part in line.split("](").skip(1) {
            let target = part.split([')', ' ']).next().unwrap_or_default();
            found.push((number + 1, target.to_owned()));
        }
    }
    found
}

#[test]
fn every_relative_link_leads_to_a_file() {
    let mut offenders = Vec::new();
    for path in documents() {
        let folder = root()
            .join(&path)
            .parent()
            .map(ToOwned::to_owned)
            .unwrap_or_default();
        for (line, target) in targets(&read(&path)) {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let file = target.split('#').next().unwrap_or_default();
            if !file.is_empty() && !folder.join(file).exists() {
                offenders.push(format!("{path}:{line}: {target}"));
            }
        }
    }
    none("links that lead nowhere", &offenders);
}

#[test]
fn every_link_to_a_heading_finds_it() {
    let mut offenders = Vec::new();
    for path in documents() {
        let folder = root()
            .join(&path)
            .parent()
            .map(ToOwned::to_owned)
            .unwrap_or_default();
        for (line, target) in targets(&read(&path)) {
            let Some((file, heading)) = target.split_once('#') else {
                continue;
            };
            if target.contains("://") {
                continue;
            }
            let file = if file.is_empty() {
                root().join(&path)
            } else {
                folder.join(file)
            };
            let text = std::fs::read_to_string(&file).unwrap_or_default();
            let known = text.lines().filter(|line| line.starts_with('#')).map(anchor);
            if file.extension().is_some_and(|kind| kind == "md")
                && !known.into_iter().any(|one| one == heading)
            {
                offenders.push(format!("{path}:{line}: {target}"));
            }
        }
    }
    none("links to headings that are not there", &offenders);
}

/// The anchor that a heading gets: lower case, blanks to dashes, no punctuation.
fn anchor(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase();
    words
        .chars()
        .filter(|sign| sign.is_alphanumeric() || matches!(sign, ' ' | '-' | '_'))
        .map(|sign| if sign == ' ' { '-' } else { sign })
        .collect()
}
