//! The same list in another encoding gives the same records.

use encoding_rs::{Encoding, GB18030, GBK};
use support::{Engine, Hub, TestDatabase, on_both};

use super::list::real;
use super::tables::{GOLDEN, assert_same, dump, words};

/// A real list whose text GBK can write.
const LIST: &str = "b_csres_list.csv";
/// Rows of it that are taken.
const ROWS: usize = 2500;

fn text() -> String {
    real(LIST).lines().take(ROWS).collect::<Vec<_>>().join("\n")
}

fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding.encode(text);
    assert!(!unmappable, "{} cannot write the list", encoding.name());
    assert_ne!(bytes.as_ref(), text.as_bytes());
    bytes.into_owned()
}

async fn taken(engine: Engine, bytes: Vec<u8>, told: &str) -> TestDatabase {
    let database = TestDatabase::new(engine).await;
    let ran = Hub::on(&database).ingest("standards-catalogue", &database.write("list.csv", bytes), &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let notes = words(&database, "SELECT notes FROM ingest_run").await;
    assert!(notes[0].contains(told), "{notes:?}");
    database
}

on_both! {
    async fn every_encoding_gives_the_same_records(engine) {
        let text = text();
        let plain = taken(engine, text.clone().into_bytes(), "encoding UTF-8").await;
        let plain = dump(&plain, GOLDEN).await;
        assert!(plain["standard"].len() > 2000);
        let mut marked = b"\xEF\xBB\xBF".to_vec();
        marked.extend_from_slice(text.as_bytes());
        let copies = [
            ("UTF-8 with BOM", marked, "encoding UTF-8"),
            ("GBK", encoded(GBK, &text), "encoding GB18030"),
            ("GB18030", encoded(GB18030, &text), "encoding GB18030"),
            ("UTF-8 with CR LF", text.replace('\n', "\r\n").into_bytes(), "encoding UTF-8"),
        ];
        for (name, bytes, told) in copies {
            let copy = taken(engine, bytes, told).await;
            assert_same(&plain, &dump(&copy, GOLDEN).await, name);
        }
    }

    async fn a_rare_character_of_gb18030_is_kept(engine) {
        let row = "DB42/T 99999-2011,编造的𠀀字标准,湖北省质量技术监督局,2012-02-01,废止,,2026-03-02 12:26:52";
        let text = format!("{}\n{row}\n", text());
        let database = taken(engine, encoded(GB18030, &text), "encoding GB18030").await;
        let names = words(&database, "SELECT name FROM standard WHERE key = 'DB42/T99999-2011'").await;
        assert_eq!(names, ["编造的𠀀字标准"]);
    }
}
