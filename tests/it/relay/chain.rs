//! A hub below that changes, is killed, restored from a backup or moved; in the end the hub above has what it has.

use std::time::Duration;

use serde_json::json;
use support::chance::seed;
use support::{Chance, TestDatabase, on_both, repeat};

use super::below::Below;
use super::{Source, empty, kinds, relayed, relaying, served, shown};

on_both! {
    async fn r68_the_hub_above_has_every_record_of_the_hub_below(engine) {
        let mut chance = Chance::new(seed("r68_the_hub_above_has_every_record_of_the_hub_below"));
        let below = Below::open(engine).await;
        let above = empty(engine).await;
        let told = relayed(&above, &below.0, "suzhou", &[]);
        let there = shown(&below.0).await;
        assert_eq!((&told["snapshots"], &told["rows"]), (&json!(1), &json!(there.len())));
        for kind in ["Standard", "Enterprise", "Product", "Declaration", "Penalty", "Licence", "CreditListing", "CreditRepair", "RiskRating",
            "MeasuringInstrument", "TestingInstitution", "InstitutionMisconduct"] {
            assert!(kinds(&there).contains_key(kind), "{kind}: {:?}", kinds(&there));
        }
        assert_eq!(shown(&above).await, there);
        // Nothing is told twice.
        let told = relayed(&above, &below.0, "suzhou", &[]);
        assert_eq!((&told["snapshots"], &told["changes"]), (&json!(0), &json!(0)));
        for day in 3..15 {
            below.change(day, &mut chance);
            relayed(&above, &below.0, "suzhou", &[]);
            assert_eq!(shown(&above).await, shown(&below.0).await, "day {day}");
        }
        // The same files, read from the beginning, in one snapshot.
        let anew = relayed(&above, &below.0, "suzhou", &["--anew"]);
        assert_eq!(anew["snapshots"], 1);
        assert_eq!(shown(&above).await, shown(&below.0).await);
        let feed = change_count(&above).await;
        relayed(&above, &below.0, "suzhou", &["--anew"]);
        assert_eq!(change_count(&above).await, feed, "what is known already is no change");
    }

    async fn r68_killed_and_restored_hubs_converge(engine) {
        let mut chance = Chance::new(seed("r68_killed_and_restored_hubs_converge"));
        let _built = support::hub::binary();
        let mut below = Below::open(engine).await;
        let mut above = empty(engine).await;
        let mut day = 3;
        let mut backup: Option<TestDatabase> = None;
        for turn in 0..repeat() {
            below.change(day, &mut chance);
            day += 1;
            let mut child = relaying(&above, &below.0, "suzhou", &[]).stdout(std::process::Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(chance.below(900)));
            below.change(day, &mut chance);
            day += 1;
            child.kill().unwrap();
            child.wait().unwrap();
            if turn == 1 {
                let url = below.0.url();
                backup = Some(copy(&mut below.0, engine).await);
                moved(&above, &url, &below.0.url()).await;
            }
            if turn == 4 {
                // The hub below loses what came since.
                let of_below = backup.take().unwrap();
                let url = below.0.url();
                below.0 = restored(of_below, below.0).await;
                moved(&above, &url, &below.0.url()).await;
            }
            if turn == 7 {
                // The hub above stands where it stood when its backup was made.
                let backup = copy(&mut above, engine).await;
                below.change(day, &mut chance);
                day += 1;
                relayed(&above, &below.0, "suzhou", &[]);
                above = restored(backup, above).await;
            }
        }
        relayed(&above, &below.0, "suzhou", &[]);
        assert_eq!(shown(&above).await, shown(&below.0).await);
    }

    async fn three_hubs_one_above_the_other(engine) {
        let mut chance = Chance::new(seed("three_hubs_one_above_the_other"));
        let county = Below::open(engine).await;
        let (city, province) = (empty(engine).await, empty(engine).await);
        city.list("市", 1, |number| number < 40);
        for day in 3..7 {
            relayed(&city, &county.0, "zhangjiagang", &["--rank", "300"]);
            relayed(&province, &city, "suzhou", &[]);
            let there = shown(&city).await;
            assert!(there.len() > 150, "{}", there.len());
            assert_eq!(shown(&province).await, there, "day {day}");
            county.change(day, &mut chance);
        }
        // The word of the city outweighs that of the county in both.
        let query = "{ standard(number: \"GB/T 90007-2020\") { name provenance { source } } }";
        for (hub, source) in [(&city, "biaozhun"), (&province, "suzhou/biaozhun")] {
            let found = hub.server.data(query, json!({})).await;
            let sources: Vec<&str> = found["standard"]["provenance"].as_array().unwrap().iter().filter_map(|one| one["source"].as_str()).collect();
            assert_eq!(sources.first(), Some(&source), "{found}");
            assert_eq!(found["standard"]["name"], "标准市");
        }
    }
}

async fn change_count(hub: &Source) -> i64 {
    use sea_orm::{ConnectionTrait, Statement};
    let raw = hub.database.raw().await;
    let statement = Statement::from_string(raw.get_database_backend(), "SELECT last_pos FROM feed_head");
    raw.query_one_raw(statement)
        .await
        .unwrap()
        .unwrap()
        .try_get("", "last_pos")
        .unwrap()
}

/// A copy of the database of a hub, which is stopped for it.
async fn copy(hub: &mut Source, engine: support::Engine) -> TestDatabase {
    hub.server.db.clone().close().await.unwrap();
    let backup = TestDatabase::copy_of(&hub.database, engine).await;
    hub.server = served(hub.database.open().await, &hub.bureau);
    backup
}

/// The hub over its backup, with a new epoch as its operator gives it.
async fn restored(backup: TestDatabase, hub: Source) -> Source {
    let renewed = support::Hub::on(&backup).run(&["renew-epoch", "--because", "restored"]);
    assert_eq!(renewed.code, Some(0), "{renewed:?}");
    Source {
        server: served(backup.open().await, &hub.bureau),
        database: backup,
        bureau: hub.bureau,
    }
}

/// Lets the hub above follow another address, as when the name of a host is given to another machine.
async fn moved(above: &Source, from: &str, to: &str) {
    use sea_orm::ConnectionTrait;
    let sql = format!("UPDATE peer SET address = '{to}', state = replace(state, '{from}', '{to}')");
    // Whoever was killed early enough left nothing.
    above.database.raw().await.execute_unprepared(&sql).await.unwrap();
}
