//! A copy of a hub that goes on changing, forgets, and is restored: in the end it is what the hub shows.

use client::{Filter, Follower, Summary};
use support::stand_in_hub::{Rows, stem};
use support::{Chance, StandInHub};

use support::chance::seed;
use support::stand_in_trouble::Trouble;

use super::{FORMS, Place, copied, follower, impatient, round};

/// Rounds until one succeeds, as the command makes them.
async fn caught_up(follower: &mut Follower) {
    for _ in 0..50 {
        match follower.catch_up().await {
            Ok(()) => return,
            Err(error) => assert!(error.may_pass() || error.wants_snapshot(), "{error}"),
        }
    }
    panic!("it never catches up");
}

/// The rows that a filter lets through.
fn within(rows: &Rows, filter: &Filter) -> Rows {
    let fits = |list: &[String], test: &dyn Fn(&String) -> bool| list.is_empty() || list.iter().any(test);
    let kept = rows.iter().filter(|(_, row)| {
        fits(&filter.kinds, &|kind| *kind == row.kind)
            && (row.region.is_empty() || fits(&filter.regions, &|code| row.region.starts_with(stem(code))))
    });
    kept.map(|(name, row)| (name.clone(), row.clone())).collect()
}

#[test]
fn whatever_the_hub_does_meanwhile_the_copy_is_right_in_the_end() {
    let mut chance = Chance::new(seed(
        "whatever_the_hub_does_meanwhile_the_copy_is_right_in_the_end",
    ));
    let filters = [
        Filter::default(),
        Filter::new(vec!["Enterprise".to_owned()], Vec::new()).unwrap(),
        Filter::new(Vec::new(), vec!["320500".to_owned()]).unwrap(),
        Filter::new(
            vec!["Standard".to_owned()],
            vec!["320581".to_owned(), "330000".to_owned()],
        )
        .unwrap(),
    ];
    support::block_on(async {
        let mut whole = Summary::default();
        for name in FORMS {
            for _ in 0..12 {
                let place = Place::new(name);
                let hub = StandInHub::start(7, 5).await;
                (0..60).for_each(|_| hub.world().change(&mut chance));
                let backup = hub.rows();
                let settings = impatient(&hub.url());
                for stage in 0..6 {
                    hub.world().restless(Some(Chance::new(chance.draw())));
                    let trouble = [
                        Trouble::Cut,
                        Trouble::CutPage,
                        Trouble::Dropped,
                        Trouble::Status(503),
                    ];
                    let (trouble, spared, times) =
                        (chance.pick(&trouble).clone(), chance.below(4), chance.below(7));
                    let path = *chance.pick(&["/sync/snapshot", "/graphql"]);
                    hub.world().trouble(trouble, path, spared, times);
                    let filter = chance.pick(&filters).clone();
                    let mut follower = follower(&settings, &place.path(), &filter).await;
                    caught_up(&mut follower).await;
                    match chance.below(5) {
                        0 => hub.world().expire(),
                        1 => hub.world().restore(&format!("epoch {stage}"), backup.clone()),
                        _ => {}
                    }
                    hub.world().restless(None);
                    hub.world().behave();
                    caught_up(&mut follower).await;
                    let summary = follower.summary();
                    drop(follower);
                    assert_eq!(
                        copied(&place.path()).await,
                        within(&hub.rows(), &filter),
                        "{name}, stage {stage}, {filter:?}"
                    );
                    whole.snapshots += summary.snapshots;
                    whole.skipped += summary.skipped;
                    whole.left += summary.left;
                    whole.swept += summary.swept;
                }
            }
        }
        assert!(
            whole.snapshots > 30 && whole.skipped > 0 && whole.left > 0 && whole.swept > 0,
            "{whole:?}"
        );
    });
}

#[test]
fn a_restored_hub_gets_a_new_snapshot_and_what_it_does_not_hold_is_dropped() {
    support::block_on(async {
        for name in FORMS {
            let place = Place::new(name);
            let hub = StandInHub::start(3, 5).await;
            for number in 0..10 {
                hub.world().put("Standard", &number.to_string(), "", "before");
            }
            let backup = hub.rows();
            for number in 5..15 {
                hub.world().put("Standard", &number.to_string(), "", "lost");
            }
            hub.world().delete("Standard", "0");
            let settings = impatient(&hub.url());
            round(&settings, &place.path()).await.unwrap();
            hub.world().restore("second", backup);
            let summary = round(&settings, &place.path()).await.unwrap();
            // Five records that are gone, and nothing of those whose versions went back.
            assert_eq!(
                (summary.snapshots, summary.rows, summary.swept),
                (1, 10, 5),
                "{name}"
            );
            assert_eq!(copied(&place.path()).await, hub.rows(), "{name}");
            let again = round(&settings, &place.path()).await.unwrap();
            assert_eq!(again, Summary::default(), "{name}");
        }
    });
}

#[test]
fn a_snapshot_goes_on_where_it_was_interrupted() {
    support::block_on(async {
        for name in FORMS {
            let place = Place::new(name);
            let hub = StandInHub::start(10, 100).await;
            for number in 0..95 {
                hub.world().put("Standard", &format!("{number:02}"), "", "x");
            }
            let settings = impatient(&hub.url());
            hub.world().trouble(Trouble::Cut, "/sync/snapshot", 4, 1_000);
            let error = round(&settings, &place.path()).await.unwrap_err();
            assert!(
                error.may_pass() && error.to_string().contains("not whole"),
                "{error}"
            );
            hub.world().behave();
            let summary = round(&settings, &place.path()).await.unwrap();
            assert_eq!((summary.rows, summary.swept), (55, 0), "{name}");
            assert_eq!(copied(&place.path()).await, hub.rows(), "{name}");
        }
    });
}

#[test]
fn a_copy_follows_one_hub_unless_it_is_taken_anew() {
    support::block_on(async {
        let place = Place::new("copy.sqlite");
        let (one, other) = (StandInHub::start(10, 10).await, StandInHub::start(10, 10).await);
        one.world().put("Standard", "1", "", "one");
        other.world().put("Standard", "2", "", "other");
        round(&impatient(&one.url()), &place.path()).await.unwrap();
        let settings = impatient(&other.url());
        let error = round(&settings, &place.path()).await.unwrap_err().to_string();
        assert!(error.contains(&one.url()) && error.contains("--anew"), "{error}");
        let mut follower = follower(&settings, &place.path(), &Filter::default()).await;
        follower.begin_anew().await.unwrap();
        follower.catch_up().await.unwrap();
        drop(follower);
        assert_eq!(copied(&place.path()).await, other.rows());
    });
}

#[test]
fn a_leave_counts_whatever_its_version() {
    support::block_on(async {
        for name in FORMS {
            let place = Place::new(name);
            let hub = StandInHub::start(10, 10).await;
            (0..3).for_each(|_| hub.world().put("Standard", "1", "", "x"));
            round(&impatient(&hub.url()), &place.path()).await.unwrap();
            let mut store = client::open(&place.path()).await.unwrap();
            let change = |operation: &str, version: i64, text: Option<&str>| {
                let hash = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
                let told = serde_json::json!({
                    "operation": operation, "kind": "Standard", "key": "1", "recordId": "i", "version": version, "region": "",
                    "day": "2026-11-21", "body": text, "contentHash": text.map(|_| hash),
                });
                serde_json::from_value::<client::Change>(told).unwrap()
            };
            let mut summary = Summary::default();
            for (told, then) in [
                (change("DELETE", 2, None), Some(3)),
                (change("UPSERT", 2, Some("a")), Some(3)),
                (change("LEAVE", 1, None), None),
                (change("ENTER", 2, Some("a")), Some(2)),
                (change("UPSERT", 2, Some("a")), Some(2)),
                (change("DELETE", 4, None), Some(4)),
                (change("UPSERT", 3, Some("a")), Some(4)),
                (change("LEAVE", 3, None), None),
            ] {
                let said = format!("{name}: {told:?}");
                client::apply(store.as_mut(), told, &mut summary).await.unwrap();
                assert_eq!(store.version("Standard", "1").await.unwrap(), then, "{said}");
            }
            assert_eq!(
                (summary.skipped, summary.left, summary.written, summary.deleted),
                (3, 2, 2, 1)
            );
            let state = store.state().clone();
            store.commit(state).await.unwrap();
            drop(store);
            assert!(copied(&place.path()).await.is_empty());
        }
    });
}
