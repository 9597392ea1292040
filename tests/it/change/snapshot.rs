//! The snapshot that a copy begins with.

use std::collections::BTreeMap;

use api::identity::Grant;
use entity::access::Role;
use entity::record::{hex, sha256_hex};
use serde_json::Value;
use sha2::{Digest, Sha256};
use support::bureau::staff;
use support::on_both;

use super::office::{Copy, Office, credit};

/// What a path of the hub answers to somebody.
pub(super) async fn get(office: &Office, subject: &str, grant: &Grant, path: &str) -> (u16, String) {
    let token = office.bureau.token(subject, grant.clone());
    let request = office
        .server
        .client()
        .get(office.server.url(path))
        .bearer_auth(token);
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// The lines before the last one, and the manifest in the last one, which has to be true.
pub(super) fn proved(text: &str) -> (Vec<Value>, Value) {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let last: Value = serde_json::from_str(lines.pop().unwrap_or_default()).unwrap();
    let manifest = last["manifest"].clone();
    assert_eq!(manifest["rows"], lines.len(), "{manifest:#}");
    assert_eq!(
        manifest["sha256"],
        hex(&Sha256::digest(lines.concat().as_bytes()))
    );
    assert_eq!(manifest["sm3"].as_str().map(str::len), Some(64));
    let lines = lines.iter().map(|line| serde_json::from_str(line).unwrap());
    (lines.collect(), manifest)
}

/// A whole snapshot as a copy.
async fn snapshot(office: &Office, subject: &str, grant: &Grant, filter: &str) -> Copy {
    let mut rows = BTreeMap::new();
    let mut after = String::new();
    loop {
        let (status, text) = get(office, subject, grant, &format!("/sync/snapshot?{filter}{after}")).await;
        assert_eq!(status, 200, "{text}");
        let (lines, manifest) = proved(&text);
        for line in &lines {
            let word = |name: &str| line[name].as_str().unwrap().to_owned();
            assert_eq!(word("hash"), sha256_hex(word("body").as_bytes()));
            let name = (word("kind"), word("key"));
            assert!(
                rows.keys().next_back().is_none_or(|last| *last < name),
                "{name:?} is out of order"
            );
            rows.insert(name, word("body"));
        }
        match manifest["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => {
                let cursor = manifest["cursor"].as_str().map(str::to_owned);
                return Copy {
                    rows,
                    cursor,
                    told: Vec::new(),
                };
            }
        }
    }
}

on_both! {
    async fn a_snapshot_is_what_reading_from_the_start_gives_and_the_feed_goes_on_from_it(engine) {
        let office = Office::open(engine).await;
        office.ingest("二", 2);
        for (number, grant) in [
            Grant::new(Role::Auditor),
            staff("320582"),
            credit("320500", &["Enterprise", "Declaration"]),
            Grant::new(Role::SystemAdmin),
        ].iter().enumerate() {
            let subject = format!("reader{number}");
            let mut copy = snapshot(&office, &subject, grant, "").await;
            assert_eq!(copy.rows, office.anew(grant).await, "{grant:?}");
            office.follow(&subject, grant, &mut copy).await;
            assert_eq!(copy.told, [""; 0]);
            office.ingest(&format!("三{number}"), 3 + u32::try_from(number).unwrap());
            office.follow(&subject, grant, &mut copy).await;
            assert_eq!(copy.rows, office.anew(grant).await, "{grant:?}");
        }
    }

    async fn a_snapshot_of_some_kinds_and_regions_goes_on_with_the_same(engine) {
        let office = Office::open(engine).await;
        let auditor = Grant::new(Role::Auditor);
        let mut copy = snapshot(&office, "one", &auditor, "kinds=Enterprise,Standard&regions=320582").await;
        let asked: (&[&str], &[&str]) = (&["Standard", "Enterprise"], &["320582"]);
        let mut anew = Copy::default();
        office.follow_some("two", &auditor, asked, &mut anew).await;
        assert_eq!(copy.rows, anew.rows);
        office.follow_some("one", &auditor, asked, &mut copy).await;
        assert_eq!(copy.told, [""; 0], "nothing crosses");
    }

    async fn the_paths_of_sync_clients_refuse_like_the_rest(engine) {
        let office = Office::open(engine).await;
        let auditor = Grant::new(Role::Auditor);
        let code = |text: &str| {
            let answer: Value = serde_json::from_str(text).unwrap_or_default();
            answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
        };
        let copy = snapshot(&office, "own", &auditor, "").await;
        let cursor = copy.cursor.unwrap();
        let aggregator = Grant { region: Some("320500".to_owned()), ..Grant::new(Role::Aggregator) };
        for (subject, grant, path, told) in [
            ("own", &auditor, "/sync/snapshot?what=1".to_owned(), (400, "BAD_REQUEST")),
            ("own", &auditor, "/sync/snapshot?kinds=Thing".to_owned(), (400, "BAD_REQUEST")),
            ("own", &auditor, "/sync/snapshot?after=AQ".to_owned(), (400, "CURSOR_INVALID")),
            ("own", &auditor, format!("/sync/snapshot?after={cursor}"), (400, "CURSOR_INVALID")),
            ("own", &auditor, "/sync/rows?kind=Standard".to_owned(), (400, "BAD_REQUEST")),
            ("own", &auditor, "/sync/rows?kind=Standard&day=2026-13-01".to_owned(), (400, "BAD_REQUEST")),
            ("thief", &auditor, format!("/sync/reconciliation?at={cursor}"), (400, "CURSOR_INVALID")),
            ("own", &aggregator, "/sync/snapshot".to_owned(), (403, "FORBIDDEN")),
        ] {
            let (status, text) = get(&office, subject, grant, &path).await;
            assert_eq!((status, code(&text).as_str()), told, "{path}: {text}");
        }
        let stranger = office.server.client().get(office.server.url("/sync/snapshot")).bearer_auth("x.y.z");
        let answer = stranger.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 401);
        assert!(answer.headers().contains_key("www-authenticate"));
        office.run("UPDATE feed_head SET epoch = 'after-a-restore'").await;
        let (status, text) = get(&office, "own", &auditor, &format!("/sync/reconciliation?at={cursor}")).await;
        assert_eq!((status, code(&text).as_str()), (410, "CURSOR_EPOCH_CHANGED"), "{text}");
    }
}
