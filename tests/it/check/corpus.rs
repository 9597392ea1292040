//! Documents and variables in files, with the verdicts that graphql-js gave them (`tests/web/oracle.mjs`).

use std::path::{Path, PathBuf};

/// The folder of the files.
pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/documents")
}

/// A line that ends with a verdict.
pub(super) struct Judged {
    /// What the verdict is about.
    pub(super) about: String,
    /// Whether the check must let it pass. graphql-js judges likewise, unless a reason stands beside.
    pub(super) accepted: bool,
}

/// A document of a file.
pub(super) struct Case {
    /// Its name and verdict.
    pub(super) judged: Judged,
    pub(super) text: String,
}

/// Reads the end of a line: nothing, `| refused`, or `| refused here: reason`.
fn judged(line: &str) -> Judged {
    let (about, mark) = line.split_once(" | ").unwrap_or((line, ""));
    let known = mark.is_empty() || mark == "refused" || mark.starts_with("refused here: ");
    assert!(known, "no verdict: {line}");
    Judged {
        about: about.to_owned(),
        accepted: mark.is_empty(),
    }
}

/// The parts of a file: each line `== …` with what stands below it.
fn parts(file: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(folder().join(file)).unwrap();
    let parts = text.split("\n== ").skip(1).map(|part| {
        let (line, below) = part.split_once('\n').unwrap();
        (line.to_owned(), below.trim_end_matches('\n').to_owned())
    });
    parts.collect()
}

/// The documents of a file.
pub(super) fn documents(file: &str) -> Vec<Case> {
    let cases = parts(file).into_iter().map(|(line, text)| Case {
        judged: judged(&line),
        text,
    });
    let cases: Vec<Case> = cases.collect();
    assert!(cases.len() >= 100, "only {} documents in {file}", cases.len());
    cases
}

/// Documents, each with variables in JSON.
pub(super) fn variables(file: &str) -> Vec<(String, Vec<Judged>)> {
    let parts = parts(file).into_iter();
    let tables = parts.map(|(document, below)| (document, below.lines().map(judged).collect()));
    tables.collect()
}
