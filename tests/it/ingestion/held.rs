//! What looks wrong waits for a person: nothing is deleted before the run is released.

use std::ops::RangeInclusive;

use serde_json::Value;
use support::{Hub, TestDatabase, on_both};

use super::list::composed;
use super::tables::{events, number, words};

/// A database of a test with its binary.
struct Desk {
    database: TestDatabase,
    hub: Hub,
}

impl Desk {
    async fn new(engine: support::Engine) -> Self {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        Self { database, hub }
    }

    /// Takes a composed list in under one name, as of a day of August 2026.
    fn take(&self, numbers: RangeInclusive<u32>, day: u32, complete: bool) -> (Option<i32>, Value) {
        let file = self.database.write("list.csv", composed(numbers));
        let day = format!("2026-08-{day:02}");
        let mut more = vec!["--as-of", &day];
        more.extend(complete.then_some("--complete"));
        let ran = self.hub.ingest("standards-catalogue", &file, &more);
        (ran.code, ran.json())
    }

    async fn standards(&self) -> i64 {
        number(&self.database, "SELECT count(*) FROM standard").await
    }

    async fn deleted(&self) -> i64 {
        number(&self.database, "SELECT count(*) FROM feed WHERE op = 'DELETE'").await
    }
}

fn reason(closing: &Value) -> &str {
    closing["reason"].as_str().unwrap_or_default()
}

on_both! {
    async fn a_list_that_shrank(engine) {
        let desk = Desk::new(engine).await;
        assert_eq!(desk.take(1..=200, 1, false).0, Some(0));
        assert_eq!(desk.take(1..=160, 2, false).0, Some(0), "four fifths are enough");
        let (code, held) = desk.take(1..=100, 3, false);
        assert_eq!((code, held["state"].as_str()), (Some(3), Some("HELD")), "{held}");
        assert!(reason(&held).contains("100 rows") && reason(&held).contains("160"), "{held}");
        assert_eq!((desk.standards().await, desk.deleted().await), (200, 0));
        // The same again is still held; a list under another name has nothing to be compared with.
        assert_eq!(desk.take(1..=100, 3, false).0, Some(3));
        let other = desk.database.write("other.csv", composed(1..=20));
        assert_eq!(desk.hub.ingest("standards-catalogue", &other, &[]).code, Some(0));
    }

    async fn a_complete_list_that_leaves_much_out(engine) {
        let desk = Desk::new(engine).await;
        assert_eq!(desk.take(1..=700, 1, false).0, Some(0));
        let before = events(&desk.database).await;
        let (code, held) = desk.take(102..=700, 2, true);
        assert_eq!((code, held["state"].as_str()), (Some(3), Some("HELD")), "{held}");
        assert!(reason(&held).contains("101 of 700"), "{held}");
        assert_eq!((desk.standards().await, events(&desk.database).await), (700, before));

        let run = held["run"].as_str().unwrap_or_default();
        let released = desk.hub.run(&["runs", "release", run]);
        assert_eq!(released.code, Some(0), "{released:?}");
        assert!(released.stdout.contains("SUCCEEDED"), "{released:?}");
        assert_eq!((desk.standards().await, desk.deleted().await), (599, 101));
        assert_eq!(events(&desk.database).await, before + 101);
        let searched = number(&desk.database, "SELECT count(*) FROM search_entry").await;
        assert_eq!(searched, 599, "what is gone is not found");
        // A run is released once, and only one that exists.
        for (run, told) in [(run, "not HELD"), ("0000", "no such run")] {
            let again = desk.hub.run(&["runs", "release", run]);
            assert_eq!(again.code, Some(1), "{again:?}");
            assert!(again.stderr.contains(told), "{again:?}");
        }
    }

    async fn a_complete_list_that_leaves_little_out(engine) {
        let desk = Desk::new(engine).await;
        assert_eq!(desk.take(1..=300, 1, false).0, Some(0));
        let (code, closing) = desk.take(61..=300, 2, true);
        assert_eq!((code, closing["state"].as_str()), (Some(0), Some("SUCCEEDED")), "{closing}");
        assert_eq!((desk.standards().await, desk.deleted().await), (240, 60));
        // What is gone already does not count again.
        let (code, closing) = desk.take(106..=300, 3, true);
        assert_eq!(code, Some(0), "60 went before, 45 go now: {closing}");
        assert_eq!((desk.standards().await, desk.deleted().await), (195, 105));
    }

    async fn a_record_that_comes_again_lives_again(engine) {
        let desk = Desk::new(engine).await;
        assert_eq!(desk.take(1..=100, 1, false).0, Some(0));
        assert_eq!(desk.take(11..=100, 2, true).0, Some(0));
        assert_eq!((desk.standards().await, desk.deleted().await), (90, 10));
        // An older list tells nothing about today.
        let (_, older) = desk.take(1..=101, 1, false);
        assert_eq!((older["created"].as_i64(), desk.standards().await), (Some(1), 91), "{older}");
        let (code, later) = desk.take(1..=102, 3, false);
        assert_eq!((code, later["created"].as_i64()), (Some(0), Some(11)), "{later}");
        assert_eq!(desk.standards().await, 102);
        let versions = words(
            &desk.database,
            "SELECT op FROM feed WHERE record_key = 'GB/T900001-2020' ORDER BY pos",
        ).await;
        assert_eq!(versions, ["UPSERT", "DELETE", "UPSERT"]);
    }

    async fn more_in_quarantine_than_the_form_allows(engine) {
        let desk = Desk::new(engine).await;
        let mut text = composed(1..=300);
        text.push_str(",没有编号,,,,,,,,,,\n".repeat(4).as_str());
        let file = desk.database.write("list.csv", text);
        let ran = desk.hub.ingest("standards-catalogue", &file, &[]);
        let held = ran.json();
        assert_eq!((ran.code, held["state"].as_str()), (Some(3), Some("HELD")), "{held}");
        for word in ["4 of 304 rows", "1.3 %", "quarantine list", "release"] {
            assert!(reason(&held).contains(word), "{word}: {held}");
        }
        assert_eq!(desk.standards().await, 300, "what can be taken is taken");
        let released = desk.hub.run(&["runs", "release", held["run"].as_str().unwrap_or_default()]);
        assert_eq!(released.code, Some(0), "{released:?}");
    }

    async fn a_complete_list_whose_rows_tell_their_own_day(engine) {
        // Rows of csres.com say when each was read, which is before the list was put together.
        let desk = Desk::new(engine).await;
        let row = |number: u32| {
            format!("GB/T {}-2020,编造标准,,2020-07-01,现行,,2026-03-02 12:26:52\n", 900_000 + number)
        };
        let mut text = "std_num,title,department,implement_date,status,url,updated_at\n".to_owned();
        text.extend((1..=50).map(row));
        let file = desk.database.write("list.csv", text);
        let ran = desk.hub.ingest("standards-catalogue", &file, &["--complete", "--as-of", "2026-08-01"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!((desk.standards().await, desk.deleted().await), (50, 0), "what the list names is not gone");
    }
}
