//! The real catalogue is taken as a whole: nothing of it is lost, and the same again changes nothing.

use std::collections::BTreeSet;

use support::catalogue::{bundled_file, catalogue};
use support::{Hub, TestDatabase, on_both};

use super::tables::{ask, events};

/// Rows of a file of the bundle, counted without the hub: no cell of them goes over several lines.
fn rows_of(name: &str) -> i64 {
    let text = std::fs::read_to_string(bundled_file(name)).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    let rows = match name.rsplit_once('.') {
        Some((_, "txt")) => lines / 10,
        Some((_, "csv")) => lines - 1,
        _ => lines,
    };
    i64::try_from(rows).unwrap_or_default()
}

on_both! {
    async fn every_file_is_taken_and_every_row_accounted_for(engine) {
        let reports = &catalogue(engine).await.reports;
        let taken: BTreeSet<String> = reports.iter().map(|(name, _)| name.clone()).collect();
        let files = std::fs::read_dir(bundled_file("standards")).into_iter().flatten().flatten();
        let there: BTreeSet<String> =
            files
            .map(|file| format!("standards/{}", file.file_name().to_string_lossy()))
            .filter(|name| !name.ends_with(".md"))
            .collect();
        assert!(there.len() >= 14, "{there:?}");
        assert_eq!(there.difference(&taken).count(), 0, "{there:?} {taken:?}");
        for (name, report) in reports {
            let counts = report.counts;
            assert_eq!(report.state.as_str(), "SUCCEEDED", "{name}: {report:?}");
            assert_eq!(
                counts.read,
                counts.created + counts.updated + counts.unchanged + counts.quarantined,
                "{name}: {counts:?}"
            );
            if there.contains(name) {
                assert_eq!(counts.read, rows_of(name), "{name}");
            }
        }
    }

    async fn of_the_large_list_a_hundredth_at_most_is_set_aside(engine) {
        let reports = &catalogue(engine).await.reports;
        let large = reports.iter().filter(|(name, _)| name.starts_with("standards/a_"));
        let (mut read, mut quarantined) = (0, 0);
        for (_, report) in large {
            read += report.counts.read;
            quarantined += report.counts.quarantined;
        }
        assert_eq!(read, 27_784);
        assert!(quarantined * 100 <= read, "{quarantined} of {read} rows are in quarantine");
    }

    async fn what_is_set_aside_tells_place_reason_and_remedy(engine) {
        let catalogue = catalogue(engine).await;
        let connection = match sea_orm::Database::connect(catalogue.url()).await {
            Ok(connection) => connection,
            Err(error) => panic!("{error}"),
        };
        let sql = "SELECT run_id, file_name, line_no, row_no, field, code, message, remedy, raw FROM quarantine";
        let mut rows = 0;
        for row in ask(&connection, sql).await {
            rows += 1;
            let text = |column: &str| row.try_get::<Option<String>>("", column).ok().flatten().unwrap_or_default();
            for column in ["file_name", "field", "code", "message", "remedy", "raw"] {
                assert!(!text(column).is_empty(), "{column} of {row:?}");
            }
            let line: i64 = row.try_get("", "line_no").unwrap_or_default();
            let number: i64 = row.try_get("", "row_no").unwrap_or_default();
            assert!(number >= 1 && line >= number, "{row:?}");
        }
        let told: i64 = catalogue.reports.iter().map(|(_, report)| report.counts.quarantined).sum();
        assert_eq!(rows, told, "rows in the table and in the reports");
        let standards = ask(&connection, "SELECT count(*) FROM standard").await;
        let standards: Option<i64> = standards.first().and_then(|row| row.try_get_by_index(0).ok());
        assert!(standards >= Some(30_000), "{standards:?} standards");
    }

    async fn the_same_file_again_changes_nothing(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let file = bundled_file("standards/f_bzfxw_lists.csv");
        let first = hub.ingest("standards-catalogue", &file, &[]);
        assert_eq!(first.code, Some(0), "{first:?}");
        let first = first.json();
        let before = events(&database).await;
        assert!(before > 200 && first["created"].as_i64() > Some(200), "{first}");
        // Once as it is; once under another name; once read anew, because the day is another one.
        let copy = database.path("copy.csv");
        assert!(std::fs::copy(&file, &copy).is_ok());
        let later: &[&str] = &["--as-of", "2026-10-01"];
        for (path, more, same_run) in [(&file, &[][..], true), (&copy, &[], true), (&file, later, false)] {
            let again = hub.ingest("standards-catalogue", path, more);
            assert_eq!(again.code, Some(0), "{again:?}");
            let again = again.json();
            assert_eq!(again["run"] == first["run"], same_run, "{again}");
            let taken = first["read"].as_i64().unwrap_or(-1) - first["quarantined"].as_i64().unwrap_or(-1);
            assert_eq!(again["unchanged"], taken, "{again}");
            for (count, expected) in [("created", 0), ("updated", 0), ("read", 357)] {
                assert_eq!(again[count], expected, "{count}: {again}");
            }
            assert_eq!(events(&database).await, before);
        }
    }
}
