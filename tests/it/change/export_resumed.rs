//! An export that is killed goes on where it stopped, and ends like one that was not.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use entity::clock::instant_text;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use support::{Engine, Hub, TestDatabase, feed, on_both};

const ROWS: u64 = 30_000;

async fn office(engine: Engine) -> TestDatabase {
    let database = TestDatabase::new(engine).await;
    database.open().await.close().await.unwrap();
    feed::fill(&database, engine, ROWS).await;
    database
}

fn words<'a>(out: &'a Path, form: &'a str) -> Vec<&'a str> {
    vec![
        "export",
        "--json",
        "--kinds",
        "Standard",
        "--form",
        form,
        "--out",
        out.to_str().unwrap(),
    ]
}

/// What the export noted of itself, while it is not finished.
fn progress(out: &Path) -> Value {
    let text = std::fs::read_to_string(out.join("manifest.json.part")).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Starts an export and kills it when some of its records are safe; gives the key of the last of them.
fn killed(database: &TestDatabase, out: &Path, form: &str) -> String {
    let mut command = Hub::on(database).command(&words(out, form));
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begin = Instant::now();
    loop {
        let progress = progress(out);
        if let Some(key) = progress["current"]["key"].as_str() {
            child.kill().unwrap();
            child.wait().unwrap();
            return key.to_owned();
        }
        assert!(
            child.try_wait().unwrap().is_none(),
            "it ended before anything was safe"
        );
        assert!(
            begin.elapsed() < Duration::from_secs(60),
            "nothing is safe after a minute"
        );
        std::thread::sleep(Duration::from_millis(1));
    }
}

on_both! {
    async fn a_killed_export_goes_on_where_it_stopped(engine) {
        let database = office(engine).await;
        for form in ["ndjson", "csv"] {
            let whole = database.path(&format!("whole-{form}"));
            let ran = Hub::on(&database).run(&words(&whole, form));
            assert_eq!(ran.code, Some(0), "{ran:?}");
            let out = database.path(&format!("out-{form}"));
            let last = killed(&database, &out, form);
            // A byte behind what is safe, as a kill in the middle of a line leaves it.
            let file = format!("Standard.{form}");
            let part = out.join(format!("{file}.part"));
            let mut bytes = std::fs::read(&part).unwrap();
            bytes.extend_from_slice(b"{\"key\":\"Q/");
            std::fs::write(&part, &bytes).unwrap();
            // What was written is not asked for again: the database does not have it any more.
            let safe = out.join("manifest.json.part");
            let noted = std::fs::read_to_string(&safe).unwrap();
            let noted: Value = serde_json::from_str(&noted).unwrap();
            let last = noted["current"]["key"].as_str().unwrap_or(&last).to_owned();
            let connection = database.raw().await;
            let hide = |audience: &str| format!("UPDATE feed SET audience = '{audience}' WHERE record_key <= '{last}'");
            connection.execute_unprepared(&hide("STAFF")).await.unwrap();
            let ran = Hub::on(&database).run(&words(&out, form));
            assert_eq!(ran.code, Some(0), "{ran:?}");
            connection.execute_unprepared(&hide("PUBLIC")).await.unwrap();
            let manifest = ran.json();
            assert_eq!(manifest["files"][0]["rows"], ROWS);
            let (went_on, at_once) = (std::fs::read(out.join(&file)).unwrap(), std::fs::read(whole.join(&file)).unwrap());
            assert!(went_on == at_once, "{form}: {} and {} bytes", went_on.len(), at_once.len());
            let hashes = |manifest: &Value| (manifest["files"][0]["sha256"].clone(), manifest["files"][0]["sm3"].clone());
            let uninterrupted: Value = serde_json::from_slice(&std::fs::read(whole.join("manifest.json")).unwrap()).unwrap();
            assert_eq!(hashes(&manifest), hashes(&uninterrupted));
            assert!(!safe.exists() && !part.exists());
        }
    }

    async fn it_goes_on_only_on_the_day_on_which_it_began(engine) {
        let database = office(engine).await;
        let out = database.path("out");
        killed(&database, &out, "ndjson");
        let safe = out.join("manifest.json.part");
        let mut noted = progress(&out);
        let begun: DateTime<Utc> = noted["written_at"].as_str().unwrap().parse().unwrap();
        noted["written_at"] = json!(instant_text(begun - TimeDelta::days(1)));
        std::fs::write(&safe, noted.to_string()).unwrap();
        let part = out.join("Standard.ndjson.part");
        let bytes = std::fs::metadata(&part).unwrap().len();
        let ran = Hub::on(&database).run(&words(&out, "ndjson"));
        assert!(ran.code == Some(1) && ran.stderr.contains("another day") && ran.stderr.contains("empty directory"), "{ran:?}");
        assert_eq!(std::fs::metadata(&part).unwrap().len(), bytes);
        assert!(!out.join("Standard.ndjson").exists() && !out.join("manifest.json").exists());
    }

    async fn what_left_the_view_since_is_not_written(engine) {
        let database = office(engine).await;
        let out = database.path("out");
        killed(&database, &out, "ndjson");
        // The last two records are still to be written: one leaves the view, the other changes.
        let connection = database.raw().await;
        for (number, op, body) in [(ROWS - 1, "LEAVE", "'null'"), (ROWS, "UPSERT", "body")] {
            let sql = format!(
                "INSERT INTO feed (pos, kind, op, record_key, version, audience, region, owner, run_id, body, at) \
                 SELECT (SELECT last_pos + 1 FROM feed_head), kind, '{op}', record_key, 2, audience, region, owner, run_id, {body}, at \
                 FROM feed WHERE record_key = '{}'",
                feed::key(number)
            );
            connection.execute_unprepared(&sql).await.unwrap();
            connection.execute_unprepared("UPDATE feed_head SET last_pos = last_pos + 1").await.unwrap();
        }
        let ran = Hub::on(&database).run(&words(&out, "ndjson"));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(ran.json()["files"][0]["rows"], ROWS - 1);
        let text = std::fs::read_to_string(out.join("Standard.ndjson")).unwrap();
        assert!(!text.contains(&feed::key(ROWS - 1)));
        let last: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
        assert_eq!((&last["key"], &last["version"]), (&json!(feed::key(ROWS)), &json!(1)), "as it stood when the export began");
    }

    async fn one_that_was_killed_during_its_first_note_begins_anew(engine) {
        let database = office(engine).await;
        let out = database.path("out");
        std::fs::create_dir(&out).unwrap();
        std::fs::write(out.join("manifest.json.part.new"), "{\"words\":[\"form nd").unwrap();
        let ran = Hub::on(&database).run(&words(&out, "ndjson"));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(ran.json()["files"][0]["rows"], ROWS);
        let left = std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name());
        let left: std::collections::BTreeSet<_> = left.collect();
        assert_eq!(left, ["Standard.ndjson", "manifest.json"].map(Into::into).into());
    }

    async fn it_goes_on_with_nothing_but_itself(engine) {
        let database = office(engine).await;
        let out = database.path("out");
        killed(&database, &out, "ndjson");
        let ran = Hub::on(&database).run(&words(&out, "csv"));
        assert!(ran.code == Some(1) && ran.stderr.contains("begun with other words"), "{ran:?}");
        let renewed = Hub::on(&database).run(&["renew-epoch", "--because", "restored"]);
        assert_eq!(renewed.code, Some(0), "{renewed:?}");
        let ran = Hub::on(&database).run(&words(&out, "ndjson"));
        assert!(ran.code == Some(1) && ran.stderr.contains("cannot be finished"), "{ran:?}");
    }
}
