//! A file holds one idea: how long it may be, what it may be called, and that it says what it is.

use super::tree::{none, read, rust_files};

/// The longest file.
const LONGEST: usize = 400;
/// The longest file of tests.
const LONGEST_TEST: usize = 500;
/// Names that say nothing about what is inside, so that anything ends up there.
const NAMELESS: &[&str] = &["utils", "util", "common", "helpers", "helper", "misc"];

#[test]
fn no_file_is_too_long() {
    let offenders: Vec<String> = rust_files()
        .into_iter()
        .filter_map(|path| {
            let most = if path.starts_with("tests/") {
                LONGEST_TEST
            } else {
                LONGEST
            };
            let lines = read(&path).lines().count();
            (lines > most).then(|| format!("{path}: {lines} lines, {most} at most; split it by idea"))
        })
        .collect();
    none("files that are too long", &offenders);
}

#[test]
fn no_module_is_named_after_nothing() {
    let offenders: Vec<String> = rust_files()
        .into_iter()
        .filter(|path| {
            let path = path.strip_suffix(".rs").unwrap_or(path);
            path.split('/').any(|part| NAMELESS.contains(&part))
        })
        .collect();
    none(
        "modules whose name says nothing; name them after their idea",
        &offenders,
    );
}

#[test]
fn every_file_begins_by_saying_what_it_is() {
    let offenders: Vec<String> = rust_files()
        .into_iter()
        .filter(|path| {
            let text = read(path);
            let first = text
                .lines()
                .find(|line| !line.trim().is_empty())
                .unwrap_or_default();
            first
                .strip_prefix("//! ")
                .is_none_or(|words| words.trim().is_empty())
        })
        .collect();
    none("files that do not begin with a `//! ` line", &offenders);
}
