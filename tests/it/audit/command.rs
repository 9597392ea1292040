//! `nqi-hub verify-log` and `nqi-hub audit-head` as people and scripts run them, and signing by `serve`.

use std::process::Stdio;
use std::time::Duration;

use entity::audit::newest_head;
use support::{Engine, Hub, TestDatabase, block_on, on_both};

use super::trail::{entries, fill, found, key, proved, run, signed, unguard};

on_both! {
    async fn a_whole_trail_ends_with_0_and_a_broken_one_with_1(engine) {
        let database = signed(engine).await;
        let hub = Hub::on(&database);
        let good = hub.run(&["verify-log"]);
        assert_eq!(good.code, Some(0), "{good:?}");
        assert!(good.stdout.contains("entries   12, up to entry 12\nheads     3, the last of entry 12 at 2026-11-21T04:00:00"), "{good:?}");
        assert!(good.stdout.ends_with("ok        every entry follows from the one before it\n"), "{good:?}");
        let head = hub.run(&["audit-head"]);
        assert_eq!((head.code, head.stdout.lines().count()), (Some(0), 1), "{head:?}");
        let line = head.stdout.trim_end();
        let mark = line.split(' ').next().unwrap_or_default();
        for kept in [line, mark] {
            let held = hub.run(&["verify-log", "--head", kept]);
            assert!(held.code == Some(0) && held.stdout.contains("entry 12 is the one that was kept outside"), "{held:?}");
        }
        let json = hub.run(&["verify-log", "--json"]).json();
        assert_eq!((&json["ok"], &json["entries"], &json["signed"]), (&true.into(), &12.into(), &12.into()));
        let own = json["key"].as_str().unwrap_or_default().to_owned();
        assert_eq!(hub.run(&["verify-log", "--key", &own]).code, Some(0));
        assert_eq!(hub.run(&["verify-log", "--key", &"0".repeat(64)]).code, Some(1));

        let raw = database.raw().await;
        unguard(&raw).await;
        run(&raw, &["DELETE FROM audit_entry WHERE seq = 6"]).await;
        let bad = hub.run(&["verify-log"]);
        assert_eq!(bad.code, Some(1), "{bad:?}");
        assert!(bad.stdout.contains("TROUBLE   entry 6: MISSING: it is not there\n"), "{bad:?}");
        let json = hub.run(&["verify-log", "--json"]).json();
        assert_eq!((&json["ok"], &json["trouble"]["entry"]), (&false.into(), &6.into()));
        assert_eq!(json["trouble"]["fault"], "MISSING");
    }

    async fn a_hub_that_serves_signs_by_itself_and_goes_on_with_the_hash_of_the_configuration(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        fill(&db, 1..=2).await;
        let own = key(&db).await;
        assert_eq!(newest_head(&db, &own).await.unwrap(), None);
        let mut serving = Hub::on(&database)
            .command(&["serve", "--listen", "127.0.0.1:0"])
            .env("NQI_AUDIT_HASH", "sm3")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut head = None;
        for _ in 0..300 {
            head = newest_head(&db, &own).await.unwrap();
            if head.is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        serving.kill().unwrap();
        serving.wait().unwrap();
        assert_eq!(head.map(|head| head.seq), Some(2));
        fill(&db, 3..=3).await;
        let hashes: Vec<String> = entries(&db).await.into_iter().map(|entry| entry.algorithm).collect();
        assert_eq!(hashes, ["SHA-256", "SHA-256", "SM3"]);
        assert_eq!(found(&proved(&db).await), None);
    }
}

#[test]
fn wrong_words_are_told_and_an_empty_trail_has_no_head() {
    let database = block_on(TestDatabase::new(Engine::Sqlite));
    let hub = Hub::on(&database);
    let empty = hub.run(&["verify-log"]);
    assert!(
        empty.code == Some(0) && empty.stdout.contains("entries   0"),
        "{empty:?}"
    );
    let head = hub.run(&["audit-head"]);
    assert!(head.code == Some(1) && head.stderr.contains("empty"), "{head:?}");
    for words in [["--head", "17"], ["--key", "abc"]] {
        let wrong = hub.run(&["verify-log", words[0], words[1]]);
        assert!(
            wrong.code == Some(2) && wrong.stderr.contains("hexadecimal digits"),
            "{wrong:?}"
        );
    }
}

#[test]
fn a_trail_that_is_kept_too_short_or_hashed_otherwise_is_refused_at_the_start() {
    let database = block_on(TestDatabase::new(Engine::Sqlite));
    let started = |name: &str, value: &str| {
        let mut command = Hub::on(&database).command(&["migrate"]);
        let ended = command.env(name, value).output().unwrap();
        (
            ended.status.code(),
            String::from_utf8_lossy(&ended.stderr).into_owned(),
        )
    };
    for (name, value, remedy) in [
        ("NQI_AUDIT_RETENTION_DAYS", "183", "网络安全法"),
        ("NQI_AUDIT_RETENTION_DAYS", "a year", "a number of days"),
        ("NQI_AUDIT_HASH", "md5", "neither sha256 nor sm3"),
    ] {
        let (code, why) = started(name, value);
        let key = name.trim_start_matches("NQI_").to_lowercase();
        assert!(
            code == Some(1) && why.contains(&key) && why.contains(remedy),
            "{value}: {code:?} {why}"
        );
    }
    assert_eq!(started("NQI_AUDIT_RETENTION_DAYS", "184").0, Some(0));
    assert_eq!(started("NQI_AUDIT_HASH", "sm3").0, Some(0));
}
