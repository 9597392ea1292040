//! A raw file whose key is erased is read no more, by anybody, and the act stands in the audit trail.

use std::fs;

use sea_orm::ConnectionTrait;
use support::{Engine, Hub, TestDatabase, on_both};

use super::register;
use crate::ingestion::tables::{number, words};

on_both! {
    async fn an_erased_file_is_gone_and_says_so(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let path = database.write("list.csv", register(5));
        let ran = hub.ingest("enterprise-register", &path, &[]);
        assert_eq!(ran.json()["created"], 5, "{ran:?}");
        let sha256 = words(&database, "SELECT object_sha256 FROM ingest_run").await.remove(0);
        let wrapped = words(&database, "SELECT wrapped FROM raw_key").await.remove(0);

        let erased = hub.run(&["erase-raw", &sha256, "--json"]);
        assert_eq!(erased.json()["erased"], 1, "{erased:?}");
        assert!(!database.folder().join("data/objects").join(&sha256[..2]).join(&sha256).exists());
        assert_eq!(number(&database, "SELECT count(*) FROM raw_key WHERE wrapped IS NULL").await, 1);
        if engine == Engine::Sqlite {
            let file = fs::read(database.path("nqi-hub.db")).unwrap();
            let left = file.windows(wrapped.len()).any(|window| window == wrapped.as_bytes());
            assert!(!left, "the key stays in the file of the database");
        }
        let acts = "SELECT cast(object_ids AS text) FROM audit_entry WHERE operation_name = 'erase-raw'";
        let acts = words(&database, acts).await;
        assert!(acts.len() == 1 && acts[0].contains(&sha256), "{acts:?}");
        assert_eq!(hub.run(&["verify-log"]).code, Some(0));

        // What was taken stays; the file is read no more, neither for its row in quarantine nor when it comes again.
        assert_eq!(number(&database, "SELECT count(*) FROM enterprise WHERE merged_into IS NULL").await, 5);
        for words in [
            vec!["quarantine", "redrive"],
            vec!["ingest", "enterprise-register", path.to_str().unwrap()],
            vec!["ingest", "standards-catalogue", path.to_str().unwrap()],
        ] {
            let refused = hub.run(&words);
            assert!(refused.code == Some(1) && refused.stderr.contains("was erased on"), "{refused:?}");
        }
        let again = hub.run(&["erase-raw", &sha256]);
        assert!(again.code == Some(1) && again.stderr.contains("already"), "{again:?}");
    }

    async fn old_files_are_erased_together(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        for (name, rows) in [("old.csv", 3), ("older.csv", 4), ("new.csv", 5)] {
            let path = database.write(name, register(rows));
            assert!(hub.ingest("enterprise-register", &path, &[]).code.is_some());
        }
        // Sealed so many days ago.
        let raw = database.raw().await;
        for (name, days) in [("old.csv", 100_i64), ("older.csv", 4000)] {
            let back = format!(
                "UPDATE raw_key SET made_at = made_at - {} WHERE sha256 = (SELECT sha256 FROM raw_object WHERE name = '{name}')",
                days * 86_400_000_000
            );
            assert_eq!(raw.execute_unprepared(&back).await.unwrap().rows_affected(), 1);
        }
        let mut left = Vec::new();
        for days in ["5000", "3650", "90"] {
            let ran = hub.run(&["erase-raw", "--older-than", days, "--json"]);
            assert_eq!(ran.code, Some(0), "{ran:?}");
            left.push(number(&database, "SELECT count(*) FROM raw_key WHERE wrapped IS NOT NULL").await);
        }
        assert_eq!(left, [3, 2, 1]);
    }

    async fn a_file_that_lies_as_it_came_has_no_key_to_erase(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let path = database.write("list.csv", "标准编号,标准名称,标准状态\nGB/T 1001-2020,泵,现行\n");
        assert_eq!(hub.ingest("standards-catalogue", &path, &[]).json()["created"], 1);
        let sha256 = words(&database, "SELECT sha256 FROM raw_object").await.remove(0);
        let refused = hub.run(&["erase-raw", &sha256]);
        assert!(refused.code == Some(1) && refused.stderr.contains("no raw file"), "{refused:?}");
        for wrong in [vec!["erase-raw"], vec!["erase-raw", "abc"], vec!["erase-raw", &sha256, "--older-than", "3"]] {
            assert_eq!(hub.run(&wrong).code, Some(2), "{wrong:?}");
        }
    }
}
