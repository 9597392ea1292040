//! A disk that is full: the remedy is told, and the same command goes on once there is room.
//!
//! A bound on the size of files stands for the full disk: writing fails in the same places. PostgreSQL keeps its own
//! files, so only the embedded database is met by it.

use std::path::Path;
use std::process::Command;

use support::{Engine, Hub, Ran, TestDatabase, block_on};

use super::list::first_rows;
use super::tables::{ALL, assert_same, dump, number};

/// Rows of the real list: the database grows far above the bounds below.
const ROWS: usize = 6_000;

/// Runs `ingest` with files of at most so many KiB.
fn bounded(hub: &Hub, path: &Path, kibibytes: u32) -> Ran {
    let path = path.to_string_lossy();
    let command = hub.command(&["ingest", "standards-catalogue", &path, "--json"]);
    let script = format!("trap '' XFSZ; ulimit -f {kibibytes}; exec \"$@\"");
    let mut bash = Command::new("bash");
    bash.args(["-c", &script, "bash"])
        .arg(command.get_program())
        .args(command.get_args());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("NQI_")) {
        bash.env_remove(name);
    }
    match bash.output() {
        Ok(output) => Ran {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        },
        Err(cause) => panic!("{cause}"),
    }
}

#[test]
fn a_full_disk_is_told_and_the_run_goes_on_afterwards() {
    block_on(async {
        let whole = TestDatabase::new(Engine::Sqlite).await;
        let file = whole.write("list.csv", first_rows(ROWS));
        assert_eq!(
            Hub::on(&whole).ingest("standards-catalogue", &file, &[]).code,
            Some(0)
        );
        let expected = dump(&whole, ALL).await;

        let database = TestDatabase::new(Engine::Sqlite).await;
        let hub = Hub::on(&database);
        // In turn: the copy of the file, the schema, and twice the rows do not fit.
        for (kibibytes, begun) in [(64, false), (256, false), (6_000, true), (9_000, true)] {
            let ran = bounded(&hub, &file, kibibytes);
            assert_eq!(ran.code, Some(1), "{kibibytes} KiB: {ran:?}");
            for word in ["free some space", "run the same command again"] {
                assert!(ran.stderr.contains(word), "{kibibytes} KiB, {word}: {ran:?}");
            }
            assert!(!ran.stderr.contains("panicked"), "{ran:?}");
            assert_eq!(ran.json()["state"], "FAILED", "{ran:?}");
            if begun {
                let done = number(&database, "SELECT checkpoint FROM ingest_run").await;
                assert!(done > 0 && done < 6_000, "{kibibytes} KiB: {done} rows are done");
            }
        }
        let ran = hub.ingest("standards-catalogue", &file, &[]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_same(&expected, &dump(&database, ALL).await, "after a full disk");
    });
}
