//! Files that cannot be taken at all: each is refused with its reason, and nothing is written.

use std::path::Path;

use support::{Hub, TestDatabase, on_both};

use super::list::{HEADER, composed};
use super::tables::{events, number};

/// The counts of the closing line, in their order.
const CLOSING: [&str; 7] = [
    "run",
    "read",
    "created",
    "updated",
    "unchanged",
    "quarantined",
    "state",
];

/// Ingests a file that must fail; gives what is told on standard error.
fn refused(hub: &Hub, path: &Path) -> String {
    let ran = hub.ingest("standards-catalogue", path, &[]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let closing = ran.json();
    assert_eq!(closing["state"], "FAILED", "{closing}");
    let keys: Vec<&String> = closing
        .as_object()
        .map(|object| object.keys().collect())
        .unwrap_or_default();
    assert!(
        keys.len() == 8 && keys[..7] == CLOSING && keys[7] == "error",
        "{closing}"
    );
    let told = closing["error"].as_str().unwrap_or_default();
    assert!(ran.stderr.contains(told), "{ran:?}");
    assert!(!ran.stderr.contains("panicked"), "{ran:?}");
    told.to_owned()
}

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

on_both! {
    async fn each_is_refused_with_its_reason(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let cases: [(&str, Vec<u8>, &[&str]); 8] = [
            ("empty.csv", Vec::new(), &["empty.csv", "empty", "send it again"]),
            ("blank.csv", b"\n\n  \n".to_vec(), &["blank.csv", "empty"]),
            ("header.csv", format!("{HEADER}\n").into_bytes(), &["header.csv", "empty"]),
            (
                "other.csv",
                "编号,名称\nGB/T 1-2020,编造\n".into(),
                &["line 1", "编号, 名称", "biaozhun-csres-list"],
            ),
            (
                "nearly.csv",
                "标准编号,名称,标准状态\nGB/T 1-2020,编造,现行\n".into(),
                &["标准编号, 名称, 标准状态", "biaozhun-csres-list", "needs also: 标准名称"],
            ),
            ("wide.csv", utf16(&composed(1..5)), &["UTF-16", "UTF-8 or GB18030"]),
            ("nul.csv", format!("标准编号\0,{HEADER}\n").into_bytes(), &["line 1", "NUL"]),
            ("list.ndjson", b"{\"code\": \"GB/T 1-2020\", \"tit".to_vec(), &["line 1", "JSON"]),
        ];
        for (name, bytes, told) in cases {
            let message = refused(&hub, &database.write(name, bytes));
            for word in told {
                assert!(message.contains(word), "{name}: {message} does not tell {word}");
            }
        }
        let missing = refused(&hub, &database.path("nowhere.csv"));
        assert!(missing.contains("nowhere.csv") && missing.contains("check the path"), "{missing}");
        let directory = refused(&hub, database.folder());
        assert!(directory.contains("is a directory") && directory.contains("one of its files"), "{directory}");
        assert_eq!(number(&database, "SELECT count(*) FROM standard").await, 0);
        assert_eq!(events(&database).await, 0);
    }

    async fn wrong_usage_ends_with_two(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let file = database.write("list.csv", composed(1..5));
        let unknown = hub.ingest("no-such-adapter", &file, &[]);
        assert_eq!(unknown.code, Some(2), "{unknown:?}");
        assert!(unknown.stderr.contains("no-such-adapter") && unknown.stderr.contains("standards-catalogue"));
        for words in [&["ingest", "standards-catalogue"][..], &["ingest"], &["swallow"]] {
            let ran = hub.run(words);
            assert_eq!(ran.code, Some(2), "{ran:?}");
        }
    }

    async fn a_sound_file_ends_with_nought_and_one_line(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let ran = hub.ingest("standards-catalogue", &database.write("list.csv", composed(1..5)), &[]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(ran.stdout.lines().count(), 1, "{ran:?}");
        let closing = ran.json();
        let keys: Vec<&String> = closing.as_object().map(|object| object.keys().collect()).unwrap_or_default();
        assert_eq!(keys, CLOSING);
        assert_eq!(
            (closing["read"].as_i64(), closing["created"].as_i64(), closing["state"].as_str()),
            (Some(4), Some(4), Some("SUCCEEDED"))
        );
        // The same bytes under another name are the same file.
        let twin = hub.ingest("standards-catalogue", &database.write("twin.csv", composed(1..5)), &[]);
        let again = twin.json();
        assert_eq!((twin.code, &again["run"], again["unchanged"].as_i64()), (Some(0), &closing["run"], Some(4)));
        assert_eq!(events(&database).await, 4);
    }
}
