//! The files of the repository, as the rules of the house read them.

use std::path::{Path, PathBuf};

/// Folders that hold nothing of our own writing.
const NOT_OURS: &[&str] = &["target", ".git", "node_modules", "vendor"];
/// The folders of the crates.
pub(super) const CRATES: &[&str] = &["migration", "entity", "ingest", "api", "hub", "tests", "client"];

/// The root of the repository.
pub(super) fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_owned()
}

/// The text of a file of the repository.
pub(super) fn read(path: &str) -> String {
    match std::fs::read_to_string(root().join(path)) {
        Ok(text) => text,
        Err(cause) => panic!("{path}: {cause}"),
    }
}

/// The paths below a folder whose file name ends so, relative to the root, in order.
pub(super) fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(&root().join(folder), ending, &mut found);
    found.sort();
    found
}

/// Every Rust file of our own.
pub(super) fn rust_files() -> Vec<String> {
    let mut found: Vec<String> = CRATES.iter().flat_map(|name| files(name, ".rs")).collect();
    found.sort();
    assert!(
        found.len() > 100,
        "the walk over the repository lost its way: {found:?}"
    );
    found
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if path.is_dir() {
            if !NOT_OURS.contains(&name.as_str()) {
                walk(&path, ending, found);
            }
        } else if name.ends_with(ending) {
            let relative = path.strip_prefix(root()).unwrap_or(&path);
            found.push(relative.to_string_lossy().replace('\\', "/"));
        }
    }
}

/// Fails with one line per offender.
pub(super) fn none(what: &str, offenders: &[String]) {
    assert!(offenders.is_empty(), "{what}:\n  {}", offenders.join("\n  "));
}
