//! A killed run goes on where it stopped, and ends as if nothing had happened.

use std::collections::BTreeMap;
use std::path::Path;

use support::{Engine, Hub, TestDatabase, on_both, repeat};

use super::list::{composed, first_rows};
use super::process::Ingesting;
use super::tables::{ALL, assert_same, dump, words};

/// Rows of the real list that are taken: twelve chunks.
const ROWS: usize = 6_000;
/// Rounds after which a stage that was not hit often enough is given up.
const MOST_ROUNDS: u32 = 60;

/// Numbers that follow from a seed (SplitMix64), so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    /// `NQI_TEST_SEED`, or the number of the process. It is printed: a failing test shows it.
    fn new(what: &str) -> Self {
        let given = std::env::var("NQI_TEST_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| u64::from(std::process::id()));
        println!("{what}: NQI_TEST_SEED={seed}");
        Self(seed)
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).unwrap_or_default() + 1
    }
}

/// A database as an uninterrupted series of runs leaves it.
async fn uninterrupted(engine: Engine, files: &[(&Path, &[&str])]) -> BTreeMap<String, Vec<String>> {
    let database = TestDatabase::new(engine).await;
    let hub = Hub::on(&database);
    for (file, more) in files {
        let ran = hub.ingest("standards-catalogue", file, more);
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
    dump(&database, ALL).await
}

/// Starts the run and kills it at the `times`-th line with these words; the stage that was hit, or none if it ended.
fn killed(hub: &Hub, file: &Path, more: &[&str], line: &[&str], times: usize) -> Option<String> {
    let mut ingesting = Ingesting::start(hub, file, more);
    if ingesting.wait_for(line, times) {
        ingesting.kill();
    }
    let ended = ingesting.end();
    assert!(matches!(ended.code, None | Some(0)), "{ended:?}");
    match ended.code {
        None => ended.last_stage().map(str::to_owned),
        Some(_) => None,
    }
}

fn enough(hits: &BTreeMap<String, u32>) -> bool {
    ["parse", "commit"]
        .iter()
        .all(|stage| hits.get(*stage).is_some_and(|hits| *hits >= repeat()))
}

on_both! {
    async fn killed_in_parse_and_commit(engine) {
        let folder = TestDatabase::new(engine).await;
        let file = folder.write("list.csv", first_rows(ROWS));
        let expected = uninterrupted(engine, &[(&file, &[])]).await;
        assert!(expected["standard"].len() > 2_000 && expected["feed"].len() > 2_000);
        let mut dice = Dice::new("killed in parse and commit");
        let mut hits: BTreeMap<String, u32> = BTreeMap::new();
        let mut rounds = 0;
        while !enough(&hits) {
            rounds += 1;
            assert!(rounds <= MOST_ROUNDS, "{hits:?} after {rounds} rounds");
            let database = TestDatabase::new(engine).await;
            let hub = Hub::on(&database);
            loop {
                let count = |stage: &str| hits.get(stage).copied().unwrap_or(0);
                let hit = if count("parse") <= count("commit") {
                    killed(&hub, &file, &[], &["stage=\"parse\""], dice.roll(4))
                } else {
                    killed(&hub, &file, &[], &["stage=\"commit\"", "begin"], dice.roll(2))
                };
                let Some(stage) = hit else { break };
                *hits.entry(stage).or_default() += 1;
                if enough(&hits) {
                    break;
                }
            }
            let last = hub.ingest("standards-catalogue", &file, &[]);
            assert_eq!(last.code, Some(0), "{last:?}");
            assert_same(&expected, &dump(&database, ALL).await, &format!("round {rounds}, {hits:?}"));
        }
        println!("{hits:?} in {rounds} rounds");
    }

    async fn killed_in_finalise(engine) {
        let folder = TestDatabase::new(engine).await;
        let before = folder.write("list.csv", composed(1..=600));
        let after = folder.write("shorter.csv", composed(91..=600));
        // A complete list that leaves 90 records out: closing the run takes them back.
        let complete: &[&str] = &["--complete", "--as-of", "2026-08-01"];
        let expected = uninterrupted(engine, &[(&before, &[]), (&after, complete)]).await;
        assert_eq!(expected["standard"].len(), 510);
        assert_eq!(expected["feed"].iter().filter(|event| event.contains("DELETE")).count(), 90);
        let mut hits = 0;
        let mut rounds = 0;
        while hits < repeat() {
            rounds += 1;
            assert!(rounds <= MOST_ROUNDS, "{hits} hits after {rounds} rounds");
            let database = TestDatabase::new(engine).await;
            let hub = Hub::on(&database);
            assert_eq!(hub.ingest("standards-catalogue", &before, &[]).code, Some(0));
            // Nothing but the closing state tells that a run is closed: until then it is begun again.
            while hits < repeat() {
                match killed(&hub, &after, complete, &["stage=\"finalise\"", "begin"], 1) {
                    Some(stage) if stage == "finalise" => hits += 1,
                    _ => break,
                }
                if words(&database, "SELECT state FROM ingest_run WHERE complete").await == ["SUCCEEDED"] {
                    break;
                }
            }
            let last = hub.ingest("standards-catalogue", &after, complete);
            assert_eq!(last.code, Some(0), "{last:?}");
            assert_same(&expected, &dump(&database, ALL).await, &format!("round {rounds}, {hits} hits"));
        }
        println!("{hits} hits in {rounds} rounds");
    }
}
