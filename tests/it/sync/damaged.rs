//! Copies that somebody damaged: comparing them with the hub names exactly the days and rows that differ.

use std::collections::BTreeMap;
use std::path::Path;

use client::{Bucket, Filter, Hub, Report, Way, reconcile};
use sea_orm::ConnectionTrait;
use support::StandInHub;
use support::stand_in_hub::DAY;
use support::stand_in_trouble::Trouble;

use super::{FORMS, Place, copied, follower, impatient, round};

/// What a comparison found, by kind, region and key.
fn found(report: &Report) -> BTreeMap<(String, String, String), Way> {
    let mut found = BTreeMap::new();
    for differing in &report.differing {
        let Bucket { day, kind, region } = &differing.bucket;
        assert_eq!(day, DAY);
        for (key, way) in &differing.rows {
            found.insert((kind.clone(), region.clone(), key.clone()), way.clone());
        }
    }
    found
}

/// Changes a copy behind the back of its program: one record has another body, one another version, one is gone, one came.
async fn damage(path: &Path) {
    if path.is_dir() {
        let segment = path.join("records-000001-000001.ndjson");
        let text = std::fs::read_to_string(&segment).unwrap();
        let swapped = text
            .replace(
                "\"key\":\"3\",\"recordId\":\"Standard:3\",\"version\":1",
                "\"key\":\"3\",\"recordId\":\"Standard:3\",\"version\":9",
            )
            .replace("文4", "文5")
            .replace("\"key\":\"6\"", "\"key\":\"x\"");
        assert_eq!(text.len(), swapped.len());
        std::fs::write(&segment, swapped).unwrap();
        return;
    }
    let url = format!("sqlite://{}", path.display());
    let connection = sea_orm::Database::connect(&url).await.unwrap();
    for sql in [
        "UPDATE record SET version = 9 WHERE key = '3'",
        "UPDATE record SET body = replace(body, '文4', '文5') WHERE key = '4'",
        "UPDATE record SET key = 'x' WHERE key = '6'",
    ] {
        assert_eq!(
            connection.execute_unprepared(sql).await.unwrap().rows_affected(),
            1,
            "{sql}"
        );
    }
    connection.close().await.unwrap();
}

#[test]
fn a_comparison_names_what_differs_and_nothing_else() {
    support::block_on(async {
        for name in FORMS {
            let place = Place::new(name);
            let hub = StandInHub::start(5, 5).await;
            for number in 0..20 {
                let region = ["320582", "320581", ""][number % 3];
                hub.world()
                    .put("Standard", &number.to_string(), region, &format!("文{number}"));
            }
            let settings = impatient(&hub.url());
            round(&settings, &place.path()).await.unwrap();
            let mut asked = Hub::new(&settings).unwrap();
            let report = reconcile(&mut asked, &place.path()).await.unwrap();
            assert_eq!((report.buckets, report.records), (3, 20), "{report:?}");
            assert_eq!(found(&report), BTreeMap::new());

            damage(&place.path()).await;
            let differ = |region: &str, key: &str, way: Way| {
                (("Standard".to_owned(), region.to_owned(), key.to_owned()), way)
            };
            let expected = BTreeMap::from([
                differ("320582", "3", Way::OtherVersion { here: 9, there: 1 }),
                differ("320581", "4", Way::OtherContent { here: 1 }),
                differ("320582", "6", Way::Missing { there: 1 }),
                differ("320582", "x", Way::Surplus { here: 1 }),
            ]);
            // What the feed is yet to tell is no damage.
            hub.world().put("Standard", "9", "320582", "new");
            hub.world().put("Standard", "10", "330000", "moved");
            hub.world().delete("Standard", "11");
            hub.world().put("Standard", "fresh", "", "new");
            for path in ["reconciliation", "rows"] {
                hub.world().trouble(Trouble::CutPage, path, 0, 2);
            }
            let report = reconcile(&mut asked, &place.path()).await.unwrap();
            assert_eq!(found(&report), expected, "{name}");

            // A new snapshot mends it.
            let mut follower = follower(&settings, &place.path(), &Filter::default()).await;
            follower.begin_anew().await.unwrap();
            follower.catch_up().await.unwrap();
            drop(follower);
            let report = reconcile(&mut asked, &place.path()).await.unwrap();
            assert_eq!(found(&report), BTreeMap::new());
            assert_eq!(copied(&place.path()).await, hub.rows());
        }
    });
}

#[test]
fn a_copy_that_cannot_be_compared_says_what_to_do() {
    support::block_on(async {
        for name in FORMS {
            let place = Place::new(name);
            let hub = StandInHub::start(5, 5).await;
            (0..20).for_each(|number| hub.world().put("Standard", &number.to_string(), "", "x"));
            let settings = impatient(&hub.url());
            let mut asked = Hub::new(&settings).unwrap();
            let error = reconcile(&mut asked, &place.path())
                .await
                .unwrap_err()
                .to_string();
            assert!(error.contains("there is no copy"), "{error}");
            hub.world().trouble(Trouble::Cut, "/sync/snapshot", 2, 100);
            round(&settings, &place.path()).await.unwrap_err();
            let error = reconcile(&mut asked, &place.path())
                .await
                .unwrap_err()
                .to_string();
            assert!(
                error.contains("not whole yet") && error.contains("nqi-hub sync"),
                "{error}"
            );
        }
    });
}
