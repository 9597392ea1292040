//! A source changes its list without notice: nothing slips into the wrong field, and nothing is lost.

use serde_json::Value;
use support::{Hub, TestDatabase, on_both};

use super::list::{HEADER, composed, first_rows};
use super::tables::{GOLDEN, assert_same, dump, words};

/// The list with other columns: each is given by its place in the real one.
fn with_columns(text: &str, order: &[usize]) -> String {
    let mut reordered = String::new();
    for line in text.lines().filter(|line| !line.contains('"')) {
        let cells: Vec<&str> = line.split(',').collect();
        let moved: Vec<&str> = order.iter().map(|place| cells[*place]).collect();
        reordered.push_str(&moved.join(","));
        reordered.push('\n');
    }
    reordered
}

/// The body of the claim about a standard.
async fn claim(database: &TestDatabase, key: &str) -> Value {
    let bodies = words(
        database,
        &format!("SELECT body FROM assertion WHERE key = '{key}'"),
    )
    .await;
    assert_eq!(bodies.len(), 1, "{key}: {bodies:?}");
    serde_json::from_str(&bodies[0]).unwrap_or_default()
}

on_both! {
    async fn columns_in_another_order_give_the_same_records(engine) {
        let text = first_rows(1_500);
        let as_it_is: Vec<usize> = (0..12).collect();
        let turned: Vec<usize> = (0..12).rev().collect();
        let mut dumps = Vec::new();
        for order in [as_it_is, turned] {
            let database = TestDatabase::new(engine).await;
            let file = database.write("list.csv", with_columns(&text, &order));
            let ran = Hub::on(&database).ingest("standards-catalogue", &file, &[]);
            assert_eq!(ran.code, Some(0), "{ran:?}");
            dumps.push(dump(&database, GOLDEN).await);
        }
        assert!(dumps[0]["standard"].len() > 1_000);
        assert_same(&dumps[0], &dumps[1], "columns turned round");
    }

    async fn a_required_column_under_another_name_is_missed(engine) {
        let database = TestDatabase::new(engine).await;
        let file = database.write("list.csv", composed(1..=20).replacen("标准编号", "标准代号", 1));
        let ran = Hub::on(&database).ingest("standards-catalogue", &file, &[]);
        assert_eq!((ran.code, ran.json()["state"].as_str()), (Some(1), Some("FAILED")), "{ran:?}");
        for word in ["needs also: 标准编号", "标准代号", "biaozhun-csres-list", "line 1"] {
            assert!(ran.stderr.contains(word), "{word}: {ran:?}");
        }
        assert!(words(&database, "SELECT key FROM standard").await.is_empty());
    }

    async fn an_unknown_column_is_kept_and_told(engine) {
        let database = TestDatabase::new(engine).await;
        let plain = composed(1..=20);
        let mut text = format!("归口说明,{HEADER}\n");
        for (line, number) in plain.lines().skip(1).zip(1..) {
            text.push_str(&format!("说明{number},{line}\n"));
        }
        let file = database.write("list.csv", text);
        let hub = Hub::on(&database);
        let ran = hub.ingest("standards-catalogue", &file, &[]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let notes = words(&database, "SELECT notes FROM ingest_run").await;
        assert!(notes[0].contains("归口说明") && notes[0].contains("biaozhun-csres-list"), "{notes:?}");
        let told = claim(&database, "GB/T900007-2020").await;
        assert_eq!(told["extra"], serde_json::json!({ "归口说明": "说明7" }), "{told}");
        // It shifted nothing: the records are those of the list without it.
        let other = TestDatabase::new(engine).await;
        let ran = Hub::on(&other).ingest("standards-catalogue", &other.write("list.csv", plain), &[]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_same(&dump(&other, GOLDEN).await, &dump(&database, GOLDEN).await, "one more column");
    }

    async fn an_optional_column_under_another_name_is_kept_as_unknown(engine) {
        let database = TestDatabase::new(engine).await;
        let file = database.write("list.csv", composed(1..=20).replacen("发布日期", "发布时间", 1));
        let ran = Hub::on(&database).ingest("standards-catalogue", &file, &[]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let told = claim(&database, "GB/T900001-2020").await;
        assert_eq!(told["extra"]["发布时间"], "2020-01-02", "{told}");
        assert_eq!(told["effective_on"], "2020-07-01", "{told}");
        assert!(told.get("issued_on").is_none(), "{told}");
        let notes = words(&database, "SELECT notes FROM ingest_run").await;
        assert!(notes[0].contains("发布时间"), "{notes:?}");
    }

    async fn an_unknown_status_word_is_kept_and_flagged(engine) {
        let database = TestDatabase::new(engine).await;
        let file = database.write("list.csv", composed(1..=20).replace(",现行,现行,", ",试行待定,,"));
        let ran = Hub::on(&database).ingest("standards-catalogue", &file, &[]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let states = "SELECT DISTINCT status_reported || ' ' || status_word || ' ' || flags FROM standard";
        let states = words(&database, states).await;
        assert_eq!(states.len(), 1, "{states:?}");
        for word in ["UNKNOWN", "试行待定", "STATUS_WORD_UNKNOWN"] {
            assert!(states[0].contains(word), "{word}: {states:?}");
        }
    }

    async fn a_row_with_a_cell_too_few_shifts_nothing(engine) {
        let database = TestDatabase::new(engine).await;
        let text = composed(1..=200).replace("编造标准 第77部分,现行,", "编造标准 第77部分,");
        let ran = Hub::on(&database).ingest("standards-catalogue", &database.write("list.csv", text), &[]);
        let closing = ran.json();
        assert_eq!((closing["created"].as_i64(), closing["quarantined"].as_i64()), (Some(199), Some(1)), "{closing}");
        let dates = words(&database, "SELECT DISTINCT cast(effective_on AS text) FROM standard").await;
        assert_eq!(dates, ["2020-07-01"]);
    }
}
