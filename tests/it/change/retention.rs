//! How long changes are kept: who stood still for too long begins anew, and everybody else misses nothing.

use api::identity::Grant;
use chrono::{DateTime, TimeDelta, Utc};
use entity::Clock;
use entity::access::Role;
use entity::change::{FeedRetention, prune};
use serde_json::{Value, json};
use support::bureau::staff;
use support::on_both;

use super::office::{Copy, Office};
use super::snapshot::get;

/// A clock so many days behind the newest event.
async fn later(office: &Office, days: i64) -> Clock {
    let answer = office
        .query(
            "clock",
            &Grant::new(Role::Auditor),
            "{ changes(first: 1000) { nodes { at } } }",
            json!({}),
        )
        .await;
    let nodes = answer["data"]["changes"]["nodes"].as_array().unwrap();
    let last: DateTime<Utc> = nodes.last().unwrap()["at"].as_str().unwrap().parse().unwrap();
    Clock::Fixed(last + TimeDelta::days(days))
}

async fn prune_all(office: &Office, clock: &Clock) -> u64 {
    let mut all = 0;
    loop {
        let old = prune(&office.server.db, clock, FeedRetention::default())
            .await
            .unwrap();
        if old == 0 {
            return all;
        }
        all += old;
    }
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("OK")
}

on_both! {
    async fn who_stood_still_too_long_is_told_to_begin_anew_and_nothing_is_lost(engine) {
        let office = Office::open(engine).await;
        let (auditor, county) = (Grant::new(Role::Auditor), staff("320582"));
        let mut idle = Copy::default();
        office.follow("idle", &auditor, &mut idle).await;
        office.ingest("二", 2);
        let mut quick = Copy::default();
        office.follow("quick", &auditor, &mut quick).await;
        let (all, some) = (office.anew(&auditor).await, office.anew(&county).await);

        assert_eq!(prune_all(&office, &later(&office, 399).await).await, 0, "its time is not over");
        let clock = later(&office, 401).await;
        assert!(prune_all(&office, &clock).await > 0);
        assert_eq!(prune_all(&office, &clock).await, 0, "twice is once");

        let expired = office.ask("idle", &auditor, idle.cursor.as_deref()).await;
        assert_eq!(code(&expired), "CURSOR_EXPIRED", "{expired:#}");
        assert!(expired["errors"][0]["message"].as_str().unwrap().contains("/sync/snapshot"));
        let (status, text) = get(&office, "idle", &auditor, &format!("/sync/reconciliation?at={}", idle.cursor.unwrap())).await;
        assert_eq!(status, 410, "{text}");
        office.follow("quick", &auditor, &mut quick).await;
        assert_eq!(quick.told, [""; 0], "who was told everything goes on");
        // Whoever begins at the start gets everything, page by page.
        assert_eq!(office.anew(&auditor).await, all);
        assert_eq!(office.anew(&county).await, some);
        office.ingest("三", 3);
        office.follow("quick", &auditor, &mut quick).await;
        assert_eq!(quick.rows, office.anew(&auditor).await);
    }

    async fn the_first_and_the_last_cursor_are_told_and_are_good(engine) {
        let office = Office::open(engine).await;
        office.ingest("二", 2);
        let auditor = Grant::new(Role::Auditor);
        let query = "{ syncInfo { epoch latestCursor earliestCursor retentionDays snapshotPath reconciliationPath } }";
        for pruned in [false, true] {
            if pruned {
                prune_all(&office, &later(&office, 500).await).await;
            }
            let info = office.query("one", &auditor, query, json!({})).await["data"]["syncInfo"].clone();
            assert_eq!(info["retentionDays"], 400, "{info:#}");
            let mut latest = Copy { cursor: info["latestCursor"].as_str().map(str::to_owned), ..Copy::default() };
            office.follow("one", &auditor, &mut latest).await;
            assert_eq!(latest.told, [""; 0]);
            let mut earliest = Copy { cursor: info["earliestCursor"].as_str().map(str::to_owned), ..Copy::default() };
            office.follow("one", &auditor, &mut earliest).await;
            assert_eq!(earliest.told.is_empty(), pruned);
            let (status, _) = get(&office, "one", &auditor, info["snapshotPath"].as_str().unwrap()).await;
            assert_eq!(status, 200);
        }
    }

    async fn reading_from_the_start_begins_anew_when_it_is_overtaken(engine) {
        let office = Office::open(engine).await;
        let auditor = Grant::new(Role::Auditor);
        let half = office.ask("slow", &auditor, None).await["data"]["changes"].clone();
        assert_eq!(half["hasNextPage"], true);
        let cursor = half["endCursor"].as_str().unwrap();
        assert_eq!(code(&office.ask("slow", &auditor, Some(cursor)).await), "OK");
        prune_all(&office, &later(&office, 500).await).await;
        assert_eq!(code(&office.ask("slow", &auditor, Some(cursor)).await), "CURSOR_EXPIRED");
    }
}

#[test]
fn a_retention_that_is_too_short_is_refused() {
    assert!(FeedRetention::of_days(30).is_ok());
    assert!(FeedRetention::of_days(29).is_err());
}
