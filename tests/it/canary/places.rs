//! Every place where something of a file could come out.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use sea_orm::DbBackend;
use serde_json::{Value, json};
use support::bureau::Bureau;
use support::{Hub, Ran, TestDatabase};

use crate::access::questions::all;
use crate::access::reader::{credit_code, readers};
use crate::access::world::{World, node_id};
use crate::ingestion::tables::{ask, words};

/// Rows of each kind that are asked for by their ids.
const OF_KIND: usize = 4;

/// Questions for whole pages, beside those that are made from the schema.
const PAGES: [(&str, &str); 8] = [
    (
        "enterprises",
        "{ enterprises(first: 200) { nodes { id name creditCode address } } }",
    ),
    (
        "quarantine",
        "{ quarantine(first: 200) { nodes { id file row line field code message remedy raw } } }",
    ),
    (
        "quarantine",
        "{ quarantine(last: 200) { nodes { id file row line field code message remedy raw } } }",
    ),
    (
        "ingestionRuns",
        "{ ingestionRuns(first: 200) { nodes { id file reason notes receipt { batch refusals { column code message remedy } } } } }",
    ),
    (
        "changes",
        "{ changes(first: 200) { nodes { kind recordId key body } } }",
    ),
    (
        "search",
        "{ search(text: \"编造1号泵业\", first: 100) { nodes { ... on Enterprise { id creditCode } } } }",
    ),
    (
        "search",
        "{ search(text: \"靐麤\", first: 100) { totalCount nodes { __typename } } }",
    ),
    (
        "search",
        "{ search(text: \"电话\", first: 100) { totalCount nodes { __typename } } }",
    ),
];

/// Places with what was found there.
#[derive(Default)]
pub(super) struct Places(Vec<(String, Vec<u8>)>);

impl Places {
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0
            .iter()
            .map(|(place, bytes)| (place.as_str(), bytes.as_slice()))
    }

    /// The places of a kind.
    pub(super) fn of(&self, kind: &str) -> impl Iterator<Item = &[u8]> {
        let kind = kind.to_owned();
        self.all()
            .filter(move |(place, _)| place.contains(&kind))
            .map(|(_, bytes)| bytes)
    }

    fn add(&mut self, place: String, bytes: impl Into<Vec<u8>>) {
        self.0.push((place, bytes.into()));
    }

    /// Runs a command; what it says is a place.
    pub(super) fn run(&mut self, hub: &Hub, words: &[&str]) -> Ran {
        let ran = hub.run(words);
        let shown: Vec<&str> = words.iter().copied().filter(|word| !word.contains('/')).collect();
        let shown = shown.join(" ");
        self.add(format!("stdout of {shown}"), ran.stdout.clone());
        self.add(format!("stderr of {shown}"), ran.stderr.clone());
        ran
    }

    /// What the commands say of runs and rows that are there, and the receipts of all runs.
    pub(super) async fn commands(&mut self, hub: &Hub, database: &TestDatabase) {
        for command in [
            vec!["runs"],
            vec!["runs", "--json"],
            vec!["quarantine", "list", "--all"],
            vec!["quarantine", "list", "--all", "--json"],
            vec!["--log", "trace", "quarantine", "redrive", "--json"],
            vec!["check", "--findings", "--json"],
            vec!["verify-log"],
        ] {
            self.run(hub, &command);
        }
        // The files lie below the folder of the database, and are looked into with it.
        for form in ["ndjson", "package"] {
            let out = database.path(&format!("exported-{form}"));
            let out = out.to_string_lossy();
            let ran = self.run(hub, &["export", "--all", "--form", form, "--out", &out]);
            assert_eq!(ran.code, Some(0), "{ran:?}");
        }
        for run in words(database, "SELECT id FROM ingest_run").await {
            for form in ["csv", "xml"] {
                let ran = self.run(hub, &["receipt", &run, "--form", form]);
                assert_eq!(ran.code, Some(0), "{ran:?}");
            }
        }
    }

    /// Every file of the hub: raw files, and the database where it is one.
    pub(super) fn disk(&mut self, folder: &Path) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                self.disk(&path);
            } else {
                self.add(format!("disk {}", path.display()), std::fs::read(&path).unwrap());
            }
        }
    }

    /// Every row of every table.
    pub(super) async fn tables(&mut self, database: &TestDatabase) {
        let raw = database.raw().await;
        let postgres = raw.get_database_backend() == DbBackend::Postgres;
        let list = if postgres {
            "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()"
        } else {
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        };
        for table in words(database, list).await {
            let rows = if postgres {
                ask(&raw, &format!("SELECT t::text FROM \"{table}\" t")).await
            } else {
                let columns = ask(&raw, &format!("SELECT name FROM pragma_table_info('{table}')")).await;
                let cells: Vec<String> = columns
                    .iter()
                    .map(|column| column.try_get_by_index::<String>(0).unwrap())
                    .map(|column| format!("coalesce(cast(\"{column}\" AS text), '')"))
                    .collect();
                ask(
                    &raw,
                    &format!("SELECT {} FROM \"{table}\"", cells.join(" || '|' || ")),
                )
                .await
            };
            let lines: Vec<String> = rows
                .iter()
                .map(|row| row.try_get_by_index(0).unwrap_or_default())
                .collect();
            self.add(format!("table {table}"), lines.join("\n"));
        }
    }

    /// Everything that everybody can be answered, right questions and wrong ones.
    pub(super) async fn answers(&mut self, database: TestDatabase) {
        let pairs = words(
            &database,
            "SELECT kind || ' ' || key FROM record ORDER BY kind, key",
        )
        .await;
        let ids: Vec<String> = pairs
            .iter()
            .filter_map(|pair| pair.split_once(' '))
            .map(|(kind, key)| node_id(kind, key))
            .collect();
        let declaration = pairs
            .iter()
            .zip(&ids)
            .find(|(pair, _)| pair.starts_with("Declaration "))
            .map(|(_, id)| id.clone());
        let mut of_kind: BTreeMap<&str, usize> = BTreeMap::new();
        let some = pairs.iter().zip(&ids).filter(|(pair, _)| {
            let kind = pair.split(' ').next().unwrap_or_default();
            let count = of_kind.entry(kind).or_default();
            *count += 1;
            *count <= OF_KIND
        });
        let mut asked: Vec<String> = some.map(|(_, id)| id.clone()).collect();
        asked.push(node_id("Enterprise", &credit_code(1)));
        let questions = all(&asked, &declaration.unwrap(), &credit_code(1));
        let bureau = Arc::new(Bureau::default());
        let world = World::over(database, &bureau).await;
        for reader in readers(&bureau) {
            for question in &questions {
                let document = question.document(&reader);
                let told = world.ask(&reader, &document, question.variables.clone()).await;
                self.answer(&question.root, reader.name, &told.text);
            }
            for (root, document) in PAGES {
                let told = world.ask(&reader, document, json!({})).await;
                self.answer(root, reader.name, &told.text);
            }
        }
        let client = world.server.client();
        for (place, path) in [("metrics", "/metrics"), ("ready", "/readyz")] {
            let told = client.get(world.server.url(path)).send().await.unwrap();
            self.add(place.to_owned(), told.text().await.unwrap());
        }
    }

    /// An answer, as it came and with the escapes of JSON resolved.
    fn answer(&mut self, root: &str, reader: &str, text: &str) {
        let value: Value = serde_json::from_str(text).unwrap();
        self.add(format!("answer {root} to {reader}"), format!("{text}\n{value}"));
    }
}
