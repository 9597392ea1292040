//! A killed run of declarations goes on where it stopped, and ends as if nothing had happened.

use std::time::Duration;

use support::{Chance, Engine, Hub, TestDatabase, chance, on_both, repeat};

use super::county::{assert_same, deliveries, golden, plan, scale};
use crate::ingestion::process::Ingesting;

/// Rounds after which the test is given up: a run that is killed too early makes no progress.
const MOST_ROUNDS: u32 = 400;

on_both! {
    async fn killed_and_resumed(engine) {
        let mut chance = Chance::new(chance::seed("killed_and_resumed"));
        let folder = TestDatabase::new(Engine::Sqlite).await;
        let plan = plan(scale(), 7);
        let deliveries = deliveries(&plan, &folder.path("generated"));
        let adapter = "enterprise-standard-platform";
        let declared: Vec<_> = deliveries.iter().filter(|one| one.adapter.as_str() == adapter).collect();

        let undisturbed = TestDatabase::new(engine).await;
        let hub = Hub::on(&undisturbed);
        for delivery in &declared {
            let day = delivery.as_of.unwrap().to_string();
            let ran = hub.ingest(adapter, &delivery.path, &["--as-of", &day]);
            assert!(matches!(ran.code, Some(0 | 3)), "{ran:?}");
        }
        let expected = golden(&undisturbed).await;

        let mut kills = 0;
        let mut rounds = 0;
        while kills < repeat() {
            let database = TestDatabase::new(engine).await;
            let hub = Hub::on(&database);
            for delivery in &declared {
                let day = delivery.as_of.unwrap().to_string();
                loop {
                    rounds += 1;
                    assert!(rounds <= MOST_ROUNDS, "{kills} kills in {rounds} rounds");
                    let mut ingesting = Ingesting::start_adapter(&hub, adapter, &delivery.path, &["--as-of", &day]);
                    let stage = *chance.pick(&["stage=\"parse\"", "stage=\"commit\"", "stage=\"finalise\""]);
                    let met = kills < repeat() && ingesting.wait_for(&[stage], 1 + usize::try_from(chance.below(4)).unwrap());
                    if met {
                        // Somewhere behind the line, inside the transaction more often than not.
                        std::thread::sleep(Duration::from_millis(chance.below(60)));
                        ingesting.kill();
                    }
                    let ended = ingesting.end();
                    match ended.code {
                        None => kills += 1,
                        Some(0 | 3) => break,
                        Some(_) => panic!("{ended:?}"),
                    }
                }
            }
            assert_same(&expected, &golden(&database).await, &format!("after {kills} kills"));
        }
        println!("{kills} kills in {rounds} rounds");
    }
}
