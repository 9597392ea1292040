//! Both forms of a copy against a plain model: what is committed is there, and nothing else, whenever the process dies.

use std::collections::BTreeMap;
use std::path::Path;

use client::store::{State, Tombstone};
use client::{Record, Store};
use support::Chance;
use support::chance::seed;

use super::{FORMS, Place, copied};

/// What the model knows of a record: its version, its generation, and itself unless it is gone.
type Model = BTreeMap<(String, String), (i64, i64, Option<Record>)>;

fn record(chance: &mut Chance, version: i64) -> Record {
    let text = "文".repeat(usize::try_from(chance.below(300)).unwrap());
    Record {
        kind: (*chance.pick(&["Enterprise", "Standard"])).to_owned(),
        key: format!("k\"{}\n", chance.below(25)),
        record_id: "id".to_owned(),
        version,
        region: "320582".to_owned(),
        day: "2026-11-21".to_owned(),
        hash: chance.draw().to_string(),
        body: format!("{{\"text\":\"{text}\"}}"),
        claims: None,
    }
}

/// One thing that is done to a copy and to the model alike.
async fn step(store: &mut dyn Store, model: &mut Model, chance: &mut Chance, generation: i64) {
    let version = i64::try_from(chance.below(1_000)).unwrap();
    let record = record(chance, version);
    let name = (record.kind.clone(), record.key.clone());
    match chance.below(8) {
        0 => {
            let tombstone = Tombstone {
                kind: record.kind,
                key: record.key,
                version,
                day: record.day,
            };
            store.bury(&tombstone, generation).await.unwrap();
            model.insert(name, (version, generation, None));
        }
        1 => {
            store.forget(&record.kind, &record.key, generation).await.unwrap();
            model.remove(&name);
        }
        _ => {
            store.put(&record, generation).await.unwrap();
            model.insert(name, (version, generation, Some(record)));
        }
    }
}

async fn assert_same(store: &mut dyn Store, model: &Model) {
    for kind in ["Enterprise", "Standard"] {
        for number in 0..25 {
            let name = (kind.to_owned(), format!("k\"{number}\n"));
            let known = model.get(&name).map(|(version, ..)| *version);
            assert_eq!(store.version(kind, &name.1).await.unwrap(), known, "{name:?}");
        }
    }
}

/// Leaves the bytes of a line that was never finished where a killed process may leave them.
fn tear(path: &Path, chance: &mut Chance) {
    if !path.is_dir() {
        return;
    }
    let segments = std::fs::read_dir(path)
        .unwrap()
        .flatten()
        .map(|entry| entry.path());
    let segments: Vec<_> = segments
        .filter(|path| path.extension().is_some_and(|ending| ending == "ndjson"))
        .collect();
    if let Some(path) = segments.iter().max() {
        let mut bytes = std::fs::read(path).unwrap();
        bytes.extend(
            "{\"operation\":\"PUT\",\"kind\":\"Enter"
                .bytes()
                .take(usize::try_from(chance.below(40)).unwrap()),
        );
        std::fs::write(path, bytes).unwrap();
    }
    // The next state was half written, and a segment was begun.
    std::fs::write(path.join("state.json.next"), "{\"form\":").unwrap();
    std::fs::write(path.join("records-009999-000001.ndjson"), "{\"operation\":").unwrap();
}

#[test]
fn what_is_committed_is_there_and_nothing_else() {
    let mut chance = Chance::new(seed("what_is_committed_is_there_and_nothing_else"));
    for name in FORMS {
        let place = Place::new(name);
        support::block_on(async {
            let (mut committed, mut state) = (Model::new(), State::default());
            let mut kills = 0;
            for round in 0..60 {
                let mut store = client::open(&place.path()).await.unwrap();
                assert_eq!(store.state(), &state, "{name}, round {round}");
                assert_same(store.as_mut(), &committed).await;
                for _ in 0..chance.below(6) {
                    let mut model = committed.clone();
                    // A snapshot begins now and then.
                    let generation = state.generation + i64::from(chance.percent(20));
                    for _ in 0..chance.below(20) {
                        step(store.as_mut(), &mut model, &mut chance, generation.max(1)).await;
                    }
                    if chance.percent(25) {
                        let swept = store.sweep(generation.max(1)).await.unwrap();
                        let before = model.len();
                        model.retain(|_, (_, written, _)| *written == generation.max(1));
                        assert_eq!(swept, (before - model.len()) as u64);
                    }
                    assert_same(store.as_mut(), &model).await;
                    if chance.percent(30) {
                        store.roll_back().await.unwrap();
                        assert_same(store.as_mut(), &committed).await;
                        continue;
                    }
                    if chance.percent(20) {
                        // It dies here.
                        kills += 1;
                        break;
                    }
                    state = State {
                        generation: generation.max(1),
                        cursor: Some(chance.draw().to_string()),
                        ..state
                    };
                    store.commit(state.clone()).await.unwrap();
                    committed = model;
                }
                drop(store);
                tear(&place.path(), &mut chance);
                let alive: Vec<_> = committed
                    .values()
                    .filter_map(|(_, _, record)| record.clone())
                    .collect();
                if state != State::default() {
                    assert_eq!(
                        copied(&place.path()).await.into_values().collect::<Vec<_>>(),
                        alive,
                        "{name}, round {round}"
                    );
                }
            }
            assert!(kills > 3 && !committed.is_empty(), "{kills} kills");
        });
    }
}

#[test]
fn a_copy_has_one_writer() {
    support::block_on(async {
        for name in FORMS {
            let place = Place::new(name);
            let first = client::open(&place.path()).await.unwrap();
            let second = client::open(&place.path()).await.err().unwrap().to_string();
            assert!(second.contains("another process writes"), "{second}");
            drop(first);
            client::open(&place.path()).await.unwrap();
        }
    });
}

#[test]
fn what_is_no_copy_is_left_alone() {
    support::block_on(async {
        let place = Place::new("papers");
        std::fs::create_dir(place.path()).unwrap();
        std::fs::write(place.path().join("letter.txt"), "dear").unwrap();
        let refused = client::open(&place.path()).await.err().unwrap().to_string();
        assert!(
            refused.contains("letter.txt") && refused.contains("empty folder"),
            "{refused}"
        );

        let place = Place::new("other.sqlite");
        let made = other_database(&place.path()).await;
        assert!(made, "the other database was not made");
        let refused = client::open(&place.path()).await.err().unwrap().to_string();
        assert!(refused.contains("no copy of a hub"), "{refused}");

        let place = Place::new("text.db");
        std::fs::write(place.path(), "this is a text and no database ".repeat(100)).unwrap();
        assert!(client::open(&place.path()).await.is_err());
        assert!(
            std::fs::read_to_string(place.path())
                .unwrap()
                .starts_with("this is a text")
        );
    });
}

#[test]
fn a_folder_that_lost_bytes_says_so() {
    support::block_on(async {
        let place = Place::new("copy");
        let mut chance = Chance::new(7);
        let mut store = client::open(&place.path()).await.unwrap();
        for _ in 0..10 {
            step(store.as_mut(), &mut Model::new(), &mut chance, 1).await;
        }
        store
            .commit(State {
                generation: 1,
                ..State::default()
            })
            .await
            .unwrap();
        drop(store);
        let segment = place.path().join("records-000001-000001.ndjson");
        let bytes = std::fs::read(&segment).unwrap();
        std::fs::write(&segment, &bytes[..bytes.len() - 1]).unwrap();
        let refused = client::open(&place.path()).await.err().unwrap().to_string();
        assert!(
            refused.contains("somebody cut it") && refused.contains("--anew"),
            "{refused}"
        );
    });
}

/// A database of somebody else.
async fn other_database(path: &Path) -> bool {
    use sea_orm::ConnectionTrait;
    let url = format!("sqlite://{}?mode=rwc", path.display());
    let connection = sea_orm::Database::connect(&url).await.unwrap();
    let made = connection
        .execute_unprepared("CREATE TABLE letter (text TEXT)")
        .await;
    connection.close().await.unwrap();
    made.is_ok()
}
