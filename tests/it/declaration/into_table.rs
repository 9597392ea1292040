//! Two hubs that are connected by the exchange table (前置库): what one writes into that of the other, the other agrees with.

use std::process::Stdio;
use std::time::Duration;

use ingest::generate::Scale;
use ingest::{Request, Silent};
use serde_json::Value;
use support::chance::seed;
use support::{Chance, Engine, Hub, Ran, TestDatabase, on_both};

use super::county::{assert_same, deliveries, ingester, plan, take};
use crate::ingestion::order::dump::dump;
use crate::ingestion::tables::{events, number};

/// What the format carries. Flags tell of a file.
const AGREED: &[(&str, &str)] = &[
    (
        "declaration",
        "SELECT key, owner_key, enterprise_name, standard_key, standard_number, standard_name, standard_kind, record_id, status, \
         status_word, published_on, first_declared_on, declared_on, ended_on, CASE WHEN text_public THEN 1 ELSE 0 END AS text_public, \
         pledge, indicators, product_keys, region FROM declaration ORDER BY key",
    ),
    (
        "declaration_version",
        "SELECT declaration_key, hash, ordinal, record_id, change_kind, valid_from, valid_until, modified_on, enterprise_name \
         FROM declaration_version WHERE known_until IS NULL ORDER BY declaration_key, ordinal, hash",
    ),
    (
        "standard_execution",
        "SELECT declaration_key, product_key, ordinal, valid_from, valid_until FROM standard_execution \
         WHERE known_until IS NULL ORDER BY declaration_key, product_key, ordinal",
    ),
    (
        "product",
        "SELECT key, owner_key, name, generic_name, brand, spec, model, gtin, category, region FROM product ORDER BY key",
    ),
    (
        "declaration_citation",
        "SELECT declaration_key, standard_key, number FROM declaration_citation ORDER BY declaration_key, standard_key",
    ),
];

const COUNT: &str = "SELECT count(*) FROM exchange_declaration";

/// The files of declarations of a small county, in the order of their days.
fn files(name: &str, folder: &TestDatabase) -> (chrono::NaiveDate, Vec<Request>) {
    let small = Scale::Custom {
        enterprises: 60,
        declarations: 500,
    };
    let plan = plan(small, seed(name));
    let day = plan.delivered_on();
    let all = deliveries(&plan, &folder.path("generated"));
    let told = |request: &Request| {
        let name = request.path.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with("declarations-")
    };
    (day, all.into_iter().filter(told).collect())
}

/// Writes into the table of a neighbour.
fn sent(from: &TestDatabase, to: &TestDatabase, more: &[&str]) -> Ran {
    let words = [&["export", "--into-table", "--json"], more].concat();
    let mut command = Hub::on(from).command(&words);
    let output = command.env("NQI_EXCHANGE_URL", to.url()).output().unwrap();
    Ran {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn rows(ran: &Ran) -> u64 {
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran.json()["rows"].as_u64().unwrap()
}

async fn neighbour(engine: Engine) -> TestDatabase {
    let database = TestDatabase::new(engine).await;
    database.open().await.close().await.unwrap();
    database
}

on_both! {
    async fn two_hubs_connected_by_the_exchange_table_agree(engine) {
        let here = TestDatabase::new(engine).await;
        let (day, files) = files("two_hubs_connected_by_the_exchange_table_agree", &here);
        assert!(files.len() > 1, "{files:?}");
        let there = neighbour(engine).await;
        let (source, taker) = (ingester(&here).await, ingester(&there).await);
        for file in &files {
            take(&source, file).await;
            assert!(rows(&sent(&here, &there, &[])) > 0);
            let report = taker.ingest_exchange_table(Some(day), &Silent).await.unwrap();
            assert_eq!(report.counts.quarantined, 0, "{report:?}");
            let left = dump(&here.raw().await, AGREED).await;
            assert!(left["declaration"].len() > 100, "{}", left["declaration"].len());
            assert_same(&left, &dump(&there.raw().await, AGREED).await, &file.path.display().to_string());
        }
        // Nothing changed: nothing is written. Written again: nothing changes.
        let before = (events(&there).await, number(&there, COUNT).await);
        assert_eq!(rows(&sent(&here, &there, &[])), 0);
        assert_eq!(number(&there, COUNT).await, before.1);
        assert!(rows(&sent(&here, &there, &["--anew"])) > 0);
        let report = taker.ingest_exchange_table(Some(day), &Silent).await.unwrap();
        // That a record is gone may be kept with another row that says so, which counts as told and changes nothing.
        assert_eq!(report.counts.created, 0, "{report:?}");
        assert_eq!(events(&there).await, before.0);
        // Another hub writes into the same table under a name of its own.
        let other = neighbour(engine).await;
        let ran = sent(&other, &there, &[]);
        assert!(ran.code == Some(1) && ran.stderr.contains("another change feed"), "{ran:?}");
        assert_eq!(rows(&sent(&other, &there, &["--sender", "太仓"])), 0);
    }

    async fn a_killed_writer_goes_on_and_writes_nothing_twice(engine) {
        let here = TestDatabase::new(engine).await;
        let name = "a_killed_writer_goes_on_and_writes_nothing_twice";
        let (_, files) = files(name, &here);
        let source = ingester(&here).await;
        for file in &files {
            take(&source, file).await;
        }
        let (whole, there) = (neighbour(engine).await, neighbour(engine).await);
        let expected = rows(&sent(&here, &whole, &[]));
        let mut chance = Chance::new(seed(name));
        let mut halves = 0;
        for _ in 0..40 {
            let mut command = Hub::on(&here).command(&["export", "--into-table", "--json"]);
            let command = command.env("NQI_EXCHANGE_URL", there.url());
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(chance.below(400)));
            child.kill().unwrap();
            child.wait().unwrap();
            let written = number(&there, COUNT).await;
            halves += u32::from(written > 0 && written.unsigned_abs() < expected);
        }
        println!("{halves} kills between the first transaction and the last");
        sent(&here, &there, &[]);
        assert_eq!(number(&there, COUNT).await.unsigned_abs(), expected);
    }

    async fn what_cannot_be_written_is_told(engine) {
        let here = neighbour(engine).await;
        let ran = Hub::on(&here).run(&["export", "--into-table", "postgres://nqi:secret@127.0.0.1:1/other", "--json"]);
        assert!(ran.code == Some(2) && ran.stderr.contains("NQI_EXCHANGE_URL") && !ran.stderr.contains("secret"), "{ran:?}");
        let ran = Hub::on(&here).run(&["export", "--into-table"]);
        assert!(ran.code == Some(2) && ran.stderr.contains("needs an address"), "{ran:?}");
        let missing = format!("sqlite://{}", here.path("missing.db").display());
        let ran = Hub::on(&here).run(&["export", "--into-table", &missing]);
        assert!(ran.code == Some(2) && !here.path("missing.db").exists(), "{ran:?}");
        let empty = here.write("empty.db", "");
        let ran = Hub::on(&here).run(&["export", "--into-table", &format!("sqlite://{}", empty.display())]);
        assert!(ran.code == Some(1) && ran.stderr.contains("exchange_sender"), "{ran:?}");
        for words in [vec!["--into-table", "x", "--out", "y"], vec!["--into-table", "x", "--kinds", "Standard"], vec![]] {
            let ran = Hub::on(&here).run(&[vec!["export"], words].concat());
            assert_eq!(ran.code, Some(2), "{ran:?}");
        }
        let ran = sent(&here, &here, &["--all"]);
        assert_eq!(ran.json()["rows"], Value::from(0), "{ran:?}");
        let trail = Hub::on(&here).run(&["verify-log", "--json"]);
        assert_eq!(trail.json()["entries"], 1, "{trail:?}");
    }
}
