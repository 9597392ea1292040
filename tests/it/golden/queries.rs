//! The golden queries as they lie in `tests/golden`.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// A query with its variables.
pub(super) struct Golden {
    /// The name of its file.
    pub(super) name: String,
    /// The document.
    pub(super) query: String,
    /// The variables; empty where it has none.
    pub(super) variables: Value,
}

/// The folder of the golden files.
pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
}

/// Every golden query, by name.
pub(super) fn all() -> Vec<Golden> {
    let entries = std::fs::read_dir(folder()).into_iter().flatten().flatten();
    let documents = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "graphql"));
    let mut found: Vec<Golden> = documents.map(|path| read(&path)).collect();
    found.sort_by(|left, right| left.name.cmp(&right.name));
    assert!(
        found.len() >= 15,
        "only {} golden queries in {}",
        found.len(),
        folder().display()
    );
    found
}

fn read(document: &Path) -> Golden {
    let name = document
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let query = match std::fs::read_to_string(document) {
        Ok(query) => query,
        Err(cause) => panic!("{}: {cause}", document.display()),
    };
    let variables = match std::fs::read_to_string(document.with_extension("json")) {
        Ok(text) => match serde_json::from_str(&text) {
            Ok(variables) => variables,
            Err(error) => panic!("{name}.json: {error}"),
        },
        Err(_) => json!({}),
    };
    Golden {
        name,
        query,
        variables,
    }
}
