//! One writer per source.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::ConnectionTrait;
use support::{Engine, Hub, Ran, TestDatabase, on_both};

use super::list::{composed, real};
use super::process::Ingesting;
use super::tables::{ALL, assert_same, dump, number, words};

/// Room in the log of the one that falls asleep: enough for a few chunks.
const ROOM: usize = 2_000;

/// A list that takes long enough to be met at work.
fn long_list(database: &TestDatabase) -> PathBuf {
    database.write("list.csv", real("a_biaozhun_csres.part1.csv"))
}

/// The whole list in a database of its own, taken in by one.
async fn alone(engine: Engine, file: &Path) -> TestDatabase {
    let database = TestDatabase::new(engine).await;
    let ran = Hub::on(&database).ingest("standards-catalogue", file, &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    database
}

/// Takes the file over as soon as the one at work has fallen asleep: the time of its lease is ended by hand, again for
/// every chunk that it still writes.
async fn taken_over(database: &TestDatabase, hub: &Hub, file: &Path) -> Ran {
    while number(database, "SELECT coalesce(max(checkpoint), 0) FROM ingest_run").await == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let connection = database.raw().await;
    for _ in 0..1_000 {
        // Refused while a chunk is being written: then it is tried again.
        let _ = connection
            .execute_unprepared("UPDATE source_lease SET expires_at = 0")
            .await;
        let ran = hub.ingest("standards-catalogue", file, &[]);
        if ran.code == Some(0) {
            return ran;
        }
        assert!(ran.stderr.contains("is being ingested by"), "{ran:?}");
    }
    panic!("the holder does not sleep");
}

on_both! {
    async fn the_second_is_refused_and_told_who_is_at_work(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let file = long_list(&database);
        assert_eq!(hub.run(&["migrate"]).code, Some(0));
        // It falls asleep over its log, so that it is at work however long the others take.
        let first = Ingesting::start_with_room(&hub, &file, &[], ROOM);
        while number(&database, "SELECT coalesce(max(checkpoint), 0) FROM ingest_run").await == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let other = database.write("other.csv", composed(1..=10));
        for path in [&file, &other] {
            let second = hub.ingest("standards-catalogue", path, &[]);
            assert_eq!(second.code, Some(1), "{second:?}");
            let holder = format!(":{}:", first.id());
            for word in ["biaozhun is being ingested by", &holder, "wait for it to end"] {
                assert!(second.stderr.contains(word), "{word}: {second:?}");
            }
            assert_eq!(second.json()["state"], "FAILED", "{second:?}");
        }
        let first = first.end();
        assert_eq!(first.code, Some(0), "{first:?}");
        let expected = dump(&alone(engine, &file).await, &["assertion", "feed", "ingest_run", "quarantine", "standard"]).await;
        let found = dump(&database, &["assertion", "feed", "ingest_run", "quarantine", "standard"]).await;
        assert_same(&expected, &found, "beside a second one");
        // Once the first has ended, the other is let in.
        assert_eq!(hub.ingest("standards-catalogue", &other, &[]).code, Some(0));
    }

    async fn a_holder_that_slept_cannot_write_over_its_successor(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let file = long_list(&database);
        assert_eq!(hub.run(&["migrate"]).code, Some(0));
        let sleeper = Ingesting::start_with_room(&hub, &file, &[], ROOM);
        let successor = taken_over(&database, &hub, &file).await;
        assert_eq!(successor.json()["read"], 13_892, "{successor:?}");
        let tokens = number(&database, "SELECT token FROM source_lease WHERE source = 'biaozhun'").await;
        assert_eq!(tokens, 2);
        let sleeper = sleeper.end();
        assert_eq!(sleeper.code, Some(1), "{sleeper:?}");
        let told = sleeper.log.iter().any(|line| line.contains("biaozhun is being ingested by a later ingester"));
        assert!(told, "{sleeper:?}");
        assert!(sleeper.stdout.contains("FAILED"), "{sleeper:?}");
        assert_eq!(words(&database, "SELECT state FROM ingest_run").await, ["SUCCEEDED"]);
        let expected = dump(&alone(engine, &file).await, ALL).await;
        assert_same(&expected, &dump(&database, ALL).await, "after a holder that slept");
    }
}
