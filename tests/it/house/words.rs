//! Words that stand for work left undone, and reasons that must stand beside every dependency.

use super::tree::{CRATES, files, none, read, rust_files};

/// Marks of unfinished work, put together here so that this file does not hold them itself.
fn unfinished() -> [String; 6] {
    [
        format!("TO{}", "DO"),
        format!("FIX{}", "ME"),
        format!("XX{}", "X:"),
        format!("to{}!(", "do"),
        format!("unimple{}!(", "mented"),
        format!("#[ig{}", "nore"),
    ]
}

#[test]
fn nothing_is_left_for_later() {
    let marks = unfinished();
    let others = CRATES.iter().flat_map(|name| files(name, ".toml"));
    let scripts = files("tests", "run").into_iter().chain(files("docs", ".md"));
    let mut offenders = Vec::new();
    for path in rust_files().into_iter().chain(others).chain(scripts) {
        for (number, line) in read(&path).lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark.as_str())) {
                offenders.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    none(
        "work left for later: do it, or write it down where it is planned",
        &offenders,
    );
}

/// The lines of a table of a manifest that name something.
fn table<'a>(manifest: &'a str, name: &str) -> Vec<&'a str> {
    manifest
        .lines()
        .skip_while(|line| line.trim() != name)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| line.contains('=') && !line.starts_with('#'))
        .collect()
}

#[test]
fn every_dependency_says_why_it_is_here() {
    let manifest = read("Cargo.toml");
    let lines = table(&manifest, "[workspace.dependencies]");
    assert!(
        lines.len() > 20,
        "the table of dependencies was not found: {lines:?}"
    );
    let offenders: Vec<String> = lines
        .into_iter()
        .filter(|line| !line.contains("path ="))
        .filter(|line| {
            line.rsplit_once(" # ")
                .is_none_or(|(_, reason)| reason.trim().len() < 5)
        })
        .map(str::to_owned)
        .collect();
    none("dependencies without a reason behind ` # `", &offenders);
}

#[test]
fn every_dependency_is_used() {
    let mut offenders = Vec::new();
    for name in CRATES.iter().filter(|name| **name != "tests") {
        let manifest = read(&format!("{name}/Cargo.toml"));
        let code: String = files(name, ".rs").iter().map(|path| read(path)).collect();
        for table_name in ["[dependencies]", "[build-dependencies]", "[dev-dependencies]"] {
            for line in table(&manifest, table_name) {
                let dependency = line.split(['.', ' ', '=']).next().unwrap_or_default();
                if !holds_word(&code, &dependency.replace('-', "_")) {
                    offenders.push(format!("{name}: {dependency}"));
                }
            }
        }
    }
    none("dependencies that no file of the crate uses", &offenders);
}

/// Whether a name occurs that is not a part of a longer one.
fn holds_word(code: &str, word: &str) -> bool {
    let part = |sign: char| sign.is_alphanumeric() || sign == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code.get(..at).and_then(|text| text.chars().next_back());
        let behind = code.get(at + word.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(part) && !behind.is_some_and(part)
    })
}
