//! Manifests of trusted documents, as code generators write them: a JSON object of documents by name.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// The longest name.
const LONGEST: usize = 128;

/// Reads every `*.json` of a folder. One application may have one file, or several.
pub(super) fn read(folder: &Path) -> Result<HashMap<String, Arc<str>>, String> {
    let at =
        |path: &Path, cause: &dyn std::fmt::Display| format!("documents_dir: {}: {cause}", path.display());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|cause| at(folder, &cause))? {
        let path = entry.map_err(|cause| at(folder, &cause))?.path();
        if path.extension().is_some_and(|end| end == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut documents: HashMap<String, Arc<str>> = HashMap::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).map_err(|cause| at(&path, &cause))?;
        let manifest: HashMap<String, String> = serde_json::from_str(&text).map_err(|cause| {
            at(
                &path,
                &format!("it is no JSON object of documents by name: {cause}"),
            )
        })?;
        for (name, document) in manifest {
            fits(&name, &document).map_err(|why| at(&path, &why))?;
            let known = documents.get(&name);
            if known.is_some_and(|known| **known != *document) {
                return Err(at(
                    &path,
                    &format!("{name:?} stands for another document in another manifest"),
                ));
            }
            documents.insert(name, document.into());
        }
    }
    Ok(documents)
}

/// A name that looks like a SHA-256 must be that of the document; others are names as they stand.
fn fits(name: &str, document: &str) -> Result<(), String> {
    let sign = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, ':' | '.' | '_' | '-');
    if name.is_empty() || name.len() > LONGEST || !name.chars().all(sign) {
        return Err(format!(
            "{name:?} is no name: 1 to {LONGEST} letters, digits and the signs `: . _ -`"
        ));
    }
    let digits = name.strip_prefix("sha256:").unwrap_or(name);
    let hash = digits.len() == 64 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    if (hash || name.starts_with("sha256:")) && digits != entity::record::sha256_hex(document.as_bytes()) {
        return Err(format!(
            "{name:?} is not the SHA-256 of its document: write the manifest anew"
        ));
    }
    Ok(())
}
