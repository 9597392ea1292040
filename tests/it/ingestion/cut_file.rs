//! A file that was cut in the middle of a row: what is whole is taken, and a person has to look.

use support::{Hub, TestDatabase, on_both};

use super::list::{composed, real};
use super::tables::{number, words};

/// The first lines of a text, and of the one behind them only so many bytes.
fn cut(text: &str, lines: usize, bytes: usize) -> Vec<u8> {
    let mut kept = Vec::new();
    for line in text.split_inclusive('\n').take(lines) {
        kept.extend_from_slice(line.as_bytes());
    }
    let rest = text.split_inclusive('\n').nth(lines).unwrap_or_default();
    kept.extend_from_slice(rest.as_bytes().get(..bytes).unwrap_or_default());
    kept
}

on_both! {
    async fn it_is_held_and_the_place_is_told(engine) {
        let blocks = real("g_keyvalue_blocks_guojia.txt");
        let cases = [
            ("list.csv", cut(&composed(1..40), 17, 30), 17, 18),
            // In the middle of a character.
            ("character.csv", cut(&composed(1..40), 17, 18), 17, 18),
            // In the middle of a cell in quotation marks.
            ("quoted.csv", cut(&composed(1..40).replace("编造标准", "\"编造标准"), 3, 30), 3, 4),
            ("list.ndjson", cut(&real("d_samr_search.ndjson"), 16, 100), 17, 17),
            ("blocks.txt", cut(&blocks, 16 * 11 + 4, 10), 17, 16 * 11 + 1),
            // Between two lines of a block.
            ("between.txt", cut(&blocks, 16 * 11 + 4, 0), 17, 16 * 11 + 1),
        ];
        for (name, bytes, row, line) in cases {
            let database = TestDatabase::new(engine).await;
            let hub = Hub::on(&database);
            let held = hub.ingest("standards-catalogue", &database.write(name, bytes), &[]);
            assert_eq!(held.code, Some(3), "{name}: {held:?}");
            let held = held.json();
            assert_eq!(held["state"], "HELD", "{name}: {held}");
            let reason = held["reason"].as_str().unwrap_or_default();
            assert!(reason.contains(&format!("row {row} (line {line})")), "{name}: {reason}");
            assert!(reason.contains("ask the source") && reason.contains("release"), "{name}: {reason}");
            assert_eq!(held["read"], row, "{name}: {held}");
            let last = format!("SELECT count(*) FROM quarantine WHERE row_no = {row} AND line_no = {line}");
            assert_eq!(number(&database, &last).await, 1, "{name}: {held}");
            if name != "quoted.csv" {
                assert_eq!(held["quarantined"], 1, "{name}: {held}");
            }
        }
    }

    async fn a_last_line_without_its_end_is_no_cut(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        for (name, text) in [
            ("list.csv", composed(1..6)),
            ("list.ndjson", real("d_samr_search.ndjson").lines().take(5).collect::<Vec<_>>().join("\n")),
            ("blocks.txt", real("g_keyvalue_blocks_guojia.txt").lines().take(5 * 11 - 1).collect::<Vec<_>>().join("\n")),
        ] {
            let ran = hub.ingest("standards-catalogue", &database.write(name, text.trim_end()), &[]);
            assert_eq!((ran.code, ran.json()["read"].as_i64()), (Some(0), Some(5)), "{name}: {ran:?}");
        }
    }

    async fn the_whole_file_afterwards_is_taken_whole(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let half = database.write("half.csv", cut(&composed(1..40), 17, 30));
        assert_eq!(hub.ingest("standards-catalogue", &half, &[]).code, Some(3));
        let whole = hub.ingest("standards-catalogue", &database.write("whole.csv", composed(1..40)), &[]);
        assert_eq!(whole.code, Some(0), "{whole:?}");
        let whole = whole.json();
        assert_eq!((whole["created"].as_i64(), whole["unchanged"].as_i64()), (Some(23), Some(16)), "{whole}");
        let states = words(&database, "SELECT state FROM ingest_run ORDER BY state").await;
        assert_eq!(states, ["HELD", "SUCCEEDED"]);
    }
}
