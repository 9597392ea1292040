//! Which crate may see which, and where a library may be used at all.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use super::tree::{files, none, read, root};

/// The direction: hub -> api -> entity <- ingest <- hub, migration beside; client knows a hub from outside only, and ingest follows the
/// hubs below by it; tests see all.
const MAY_SEE: &[(&str, &[&str])] = &[
    ("migration", &[]),
    ("entity", &["migration"]),
    ("ingest", &["client", "entity"]),
    ("api", &["entity"]),
    ("client", &[]),
    ("hub", &["api", "client", "entity", "ingest"]),
    ("tests", &["api", "client", "entity", "ingest", "migration"]),
];

/// Libraries that belong to one layer.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("sea-orm", &["entity", "tests"]),
    ("sea-orm-migration", &["migration"]),
    ("ferrous-opencc", &["entity"]),
    ("sm3", &["api", "entity", "ingest"]),
    ("async-graphql", &["api"]),
    ("async-graphql-value", &["api"]),
    ("apollo-compiler", &["api", "tests"]),
    ("actix-cors", &["api"]),
    ("actix-http", &["api"]),
    ("actix-service", &["api"]),
    ("actix-tls", &["api"]),
    ("actix-web", &["api", "tests"]),
    ("actix-ws", &["api"]),
    ("governor", &["api"]),
    ("percent-encoding", &["api", "client"]),
    ("prometheus-client", &["api"]),
    ("quick_cache", &["api"]),
    ("rcgen", &["tests"]),
    ("rustls", &["api", "client", "tests"]),
    ("dataloader", &["api"]),
    ("rust-embed", &["api"]),
    ("csv", &["ingest"]),
    ("encoding_rs", &["ingest", "tests"]),
    ("flate2", &["ingest"]),
    ("toml", &["ingest"]),
    ("calamine", &["ingest"]),
    ("quick-xml", &["ingest"]),
    ("reqwest", &["ingest", "tests"]),
    ("clap", &["hub"]),
    ("config", &["hub"]),
    ("indicatif", &["hub"]),
    ("tikv-jemallocator", &["hub"]),
    ("tracing-subscriber", &["hub"]),
    ("insta", &["tests"]),
    ("proptest", &["ingest", "tests"]),
    ("rand_chacha", &["ingest"]),
    ("html5gum", &["ingest"]),
    ("rlimit", &["ingest"]),
    ("rust_xlsxwriter", &["ingest", "tests"]),
    ("tempfile", &["api", "ingest", "tests"]),
    ("zip", &["ingest", "tests"]),
    ("sqlx", &["client", "tests"]),
];

/// What each crate of the workspace depends on, in any way.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let asked = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--no-deps", "--format-version", "1"])
        .current_dir(root())
        .output();
    let metadata: Value = match asked {
        Ok(output) => serde_json::from_slice(&output.stdout).unwrap_or_default(),
        Err(cause) => panic!("cargo metadata: {cause}"),
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let packages = metadata["packages"].as_array().cloned().unwrap_or_default();
    packages
        .iter()
        .map(|package| {
            let named = package["dependencies"].as_array().into_iter().flatten();
            (
                text(&package["name"]),
                named.map(|one| text(&one["name"])).collect(),
            )
        })
        .collect()
}

#[test]
fn crates_see_only_what_lies_below_them() {
    let found = dependencies();
    let crates: BTreeSet<&str> = MAY_SEE.iter().map(|(name, _)| *name).collect();
    let there: BTreeSet<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(
        there, crates,
        "a new crate needs its place in the order of layers"
    );
    let mut offenders = Vec::new();
    for (name, may_see) in MAY_SEE {
        for seen in &found[*name] {
            if crates.contains(seen.as_str()) && !may_see.contains(&seen.as_str()) {
                offenders.push(format!("{name} -> {seen}"));
            }
        }
    }
    none("crates that see what they may not", &offenders);
}

#[test]
fn libraries_stay_in_their_layer() {
    let mut offenders = Vec::new();
    for (name, dependencies) in dependencies() {
        for (library, places) in ONLY_IN {
            if dependencies.contains(*library) && !places.contains(&name.as_str()) {
                offenders.push(format!("{name} uses {library}, which belongs to {places:?}"));
            }
        }
    }
    none("libraries outside of their layer", &offenders);
}

#[test]
fn sql_is_written_in_entity_and_migration_only() {
    let marks = [
        "\"SELECT ",
        "\"INSERT ",
        "\"UPDATE ",
        "\"DELETE FROM",
        " FROM standard",
    ];
    let mut offenders = Vec::new();
    for path in ["api/src", "ingest/src", "hub/src"]
        .iter()
        .flat_map(|folder| files(folder, ".rs"))
    {
        for (number, line) in read(&path).lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark)) {
                offenders.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    none("SQL outside of entity and migration", &offenders);
}
