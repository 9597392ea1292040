//! What a clerk sees of the rows that were set aside.

use support::{Hub, TestDatabase, on_both};

use super::list::composed;
use super::tables::{ALL, assert_same, dump, words};

/// A list of composed rows with three that cannot be taken.
fn list() -> String {
    let mut text = composed(1..=400);
    text.push_str(",没有编号,现行,现行,,,,,,,,\n");
    text.push_str("第三章,没有前缀的编号,现行,现行,,,,,,,,\n");
    text.push_str("GB/T 1-2020,单元格太少\n");
    text
}

on_both! {
    async fn it_is_listed_for_scripts_and_for_people(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let empty = hub.run(&["quarantine", "list", "--json"]);
        assert_eq!((empty.code, empty.stdout.as_str()), (Some(0), ""), "{empty:?}");
        let ran = hub.ingest("standards-catalogue", &database.write("list.csv", list()), &[]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let run = ran.json()["run"].as_str().unwrap_or_default().to_owned();

        let listed = hub.run(&["quarantine", "list", "--json"]);
        assert_eq!(listed.code, Some(0), "{listed:?}");
        let rows = listed.json_lines();
        assert_eq!((rows.len(), listed.stdout.lines().count()), (3, 3), "{listed:?}");
        let mut lines: Vec<i64> = rows.iter().filter_map(|row| row["line"].as_i64()).collect();
        lines.sort_unstable();
        assert_eq!(lines, [402, 403, 404]);
        for row in &rows {
            for field in ["id", "run", "source", "file", "code", "message", "remedy", "raw", "state"] {
                assert!(row[field].as_str().is_some_and(|text| !text.is_empty()), "{field}: {row}");
            }
            assert_eq!((row["run"].as_str(), row["state"].as_str()), (Some(run.as_str()), Some("OPEN")), "{row}");
            assert_eq!((row["row"].as_i64(), row["attempts"].as_i64()), (row["line"].as_i64().map(|line| line - 1), Some(1)));
        }
        let number = rows.iter().find(|row| row["line"] == 402).cloned().unwrap_or_default();
        assert_eq!((number["code"].as_str(), number["field"].as_str()), (Some("NUMBER_EMPTY"), Some("标准编号")));
        assert!(number["raw"].as_str().unwrap_or_default().contains("没有编号"), "{number}");

        let told = hub.run(&["quarantine", "list"]).stdout;
        for word in ["list.csv, line 402, column 标准编号: ", "(NUMBER_EMPTY)", "    remedy: ", "    row 401: ,没有编号"] {
            assert!(told.contains(word), "{word}: {told}");
        }
        let other = hub.run(&["quarantine", "list", "--run", "0000", "--json"]);
        assert_eq!((other.code, other.stdout.as_str()), (Some(0), ""), "{other:?}");
        assert_eq!(hub.run(&["quarantine", "list", "--run", &run, "--json"]).json_lines().len(), 3);
    }

    async fn long_lists_are_listed_whole(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let mut text = composed(1..=10);
        text.push_str(",没有编号,,,,,,,,,,\n".repeat(450).as_str());
        let ran = hub.ingest("standards-catalogue", &database.write("list.csv", text), &[]);
        assert_eq!(ran.code, Some(3), "{ran:?}");
        let rows = hub.run(&["quarantine", "list", "--json"]).json_lines();
        let mut ids: Vec<&str> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((rows.len(), ids.len()), (450, 450));
    }

    async fn a_row_that_nobody_repaired_stays(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let ran = hub.ingest("standards-catalogue", &database.write("list.csv", list()), &[]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let kept: Vec<&str> = ALL.iter().copied().filter(|table| *table != "quarantine").collect();
        let before = dump(&database, &kept).await;
        for attempt in 2..4 {
            let again = hub.run(&["quarantine", "redrive", "--json"]);
            assert_eq!(again.code, Some(0), "{again:?}");
            assert_eq!(again.json(), serde_json::json!({ "tried": 3, "resolved": 0 }));
            let states = words(&database, "SELECT DISTINCT state || ' ' || attempts FROM quarantine").await;
            assert_eq!(states, [format!("OPEN {attempt}")]);
        }
        assert_same(&before, &dump(&database, &kept).await, "after a redrive");
        let told = hub.run(&["quarantine", "redrive", "--run", "0000"]);
        assert_eq!((told.code, told.stdout.trim()), (Some(0), "0 rows tried again, 0 taken"), "{told:?}");
    }
}
