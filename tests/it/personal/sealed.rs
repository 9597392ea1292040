//! A raw file of an adapter with personal columns is stored under seal and read as if it were not.

use std::fs;
use std::path::PathBuf;

use rust_xlsxwriter::Workbook;
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use support::{Hub, TestDatabase, on_both};

use super::register;
use crate::access::reader::credit_code;
use crate::ingestion::tables::{number, words};

/// Where the bytes of a file lie.
fn stored(database: &TestDatabase, bytes: &[u8]) -> PathBuf {
    let sha256: String = Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    database
        .folder()
        .join("data/objects")
        .join(&sha256[..2])
        .join(sha256)
}

fn holds(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

on_both! {
    async fn the_bytes_on_the_disk_tell_nothing_and_are_read_again(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let text = register(40);
        let path = database.write("list.csv", &text);
        let first = hub.ingest("enterprise-register", &path, &[]);
        assert_eq!(first.json()["created"], 40, "{first:?}");
        assert_eq!(first.json()["quarantined"], 1);

        // Its name is the hash of what came; what lies there is something else.
        let bytes = fs::read(stored(&database, text.as_bytes())).unwrap();
        assert!(bytes.starts_with(b"NQISEAL1") && bytes.len() > text.len());
        for part in ["龘靐", "泵业", "13800"] {
            assert!(holds(text.as_bytes(), part) && !holds(&bytes, part), "{part}");
        }
        assert_eq!(number(&database, "SELECT count(*) FROM raw_key WHERE wrapped IS NOT NULL").await, 1);

        // The same file again changes nothing, not even the sealed bytes; its row in quarantine is read again from the store.
        let again = hub.ingest("enterprise-register", &path, &[]);
        assert_eq!((again.json()["run"].clone(), again.json()["unchanged"].as_i64()), (first.json()["run"].clone(), Some(40)));
        assert_eq!(fs::read(stored(&database, text.as_bytes())).unwrap(), bytes);
        let redriven = hub.run(&["quarantine", "redrive", "--json"]);
        assert_eq!(redriven.json()["tried"], 1, "{redriven:?}");

        // Nothing else is left in the folder of the store.
        let loose: Vec<_> = fs::read_dir(database.folder().join("data/objects"))
            .unwrap()
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| !path.is_dir())
            .collect();
        assert!(loose.is_empty(), "{loose:?}");
    }

    async fn a_workbook_is_read_by_the_child_without_a_plain_file(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let path = database.path("list.xlsx");
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let rows = [
            ["统一社会信用代码".to_owned(), "企业名称".to_owned(), "法定代表人".to_owned()],
            [credit_code(1), "编造1号泵业有限公司".to_owned(), "龘靐一".to_owned()],
            [credit_code(2), "编造2号泵业有限公司".to_owned(), "龘靐二".to_owned()],
        ];
        for (row, cells) in (0..).zip(&rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write(row, column, cell).unwrap();
            }
        }
        workbook.save(&path).unwrap();
        let ran = hub.ingest("enterprise-register", &path, &[]);
        assert_eq!(ran.json()["created"], 2, "{ran:?}");
        let bytes = fs::read(stored(&database, &fs::read(&path).unwrap())).unwrap();
        assert!(bytes.starts_with(b"NQISEAL1"));
    }

    async fn what_was_stored_without_a_seal_gets_one(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let text = register(3);
        let path = database.write("list.csv", &text);
        let place = stored(&database, text.as_bytes());
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&place, &text).unwrap();
        assert_eq!(hub.ingest("enterprise-register", &path, &[]).json()["created"], 3);
        assert!(fs::read(&place).unwrap().starts_with(b"NQISEAL1"));

        // An adapter without personal columns that meets the same bytes leaves the seal on them.
        let refused = hub.ingest("standards-catalogue", &path, &[]);
        assert_eq!(refused.code, Some(1), "{refused:?}");
        assert!(fs::read(&place).unwrap().starts_with(b"NQISEAL1"));
    }

    async fn a_list_of_standards_lies_as_it_came(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let text = "标准编号,标准名称,标准状态\nGB/T 1001-2020,泵,现行\n";
        let path = database.write("list.csv", text);
        assert_eq!(hub.ingest("standards-catalogue", &path, &[]).json()["created"], 1);
        assert_eq!(fs::read(stored(&database, text.as_bytes())).unwrap(), text.as_bytes());
        assert_eq!(number(&database, "SELECT count(*) FROM raw_key").await, 0);
    }

    async fn another_secret_or_changed_bytes_are_told(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let text = register(2);
        let path = database.write("list.csv", &text);
        assert_eq!(hub.ingest("enterprise-register", &path, &[]).json()["created"], 2);
        let place = stored(&database, text.as_bytes());
        let mut bytes = fs::read(&place).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&place, &bytes).unwrap();
        let changed = hub.run(&["quarantine", "redrive"]);
        assert!(changed.code == Some(1) && changed.stderr.contains("does not open with its key"), "{changed:?}");

        let other = "UPDATE hub_secret SET value = 'other' WHERE name = 'raw'";
        database.raw().await.execute_unprepared(other).await.unwrap();
        let lost = hub.run(&["quarantine", "redrive"]);
        assert!(lost.code == Some(1) && lost.stderr.contains("wrapped with another secret"), "{lost:?}");
    }

    async fn numbers_in_text_are_masked_flagged_and_noted(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let (one, two) = (credit_code(1), credit_code(2));
        let text = format!(
            "统一社会信用代码,企业名称,备注\n{one},编造1号泵业有限公司,联系13800138000\n{two},编造2号泵业有限公司,无\n"
        );
        let path = database.write("list.csv", text);
        assert_eq!(hub.ingest("enterprise-register", &path, &[]).json()["created"], 2);
        let flags = words(&database, "SELECT cast(flags AS text) FROM enterprise ORDER BY key").await;
        let flagged: Vec<bool> = flags.iter().map(|flags| flags.contains("PERSONAL_DATA_IN_TEXT")).collect();
        assert_eq!(flagged.iter().filter(|flagged| **flagged).count(), 1, "{flags:?}");
        let notes = words(&database, "SELECT notes FROM ingest_run").await;
        assert!(notes[0].contains("PERSONAL_DATA_IN_TEXT") && notes[0].contains("备注"), "{notes:?}");
        let bodies = words(&database, "SELECT body FROM assertion WHERE body LIKE '%联系%'").await;
        assert!(!bodies.is_empty() && bodies.iter().all(|body| body.contains("138****8000")), "{bodies:?}");
    }
}
