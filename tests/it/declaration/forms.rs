//! The forms of exchange: the same records as lines of JSON, as a table and as a workbook become the same rows, and a
//! file that is not as it should be says so.

use entity::value::Gtin;
use serde_json::{Value, json};
use support::chance::seed;
use support::{Chance, Engine, TestDatabase, on_both};

use super::record::{
    OTHER_NAME, PLATFORM, Record, WITHDRAWN, accepted, ask, assert_same, bring, golden, indicator, items,
    lines, word,
};
use super::table::Table;

/// The day of every file.
const DAY: &str = "2026-03-01";

/// Records with lists of different lengths, and texts that a table has to quote.
fn sample() -> Vec<Record> {
    let gtin = Gtin::with_check_digit("952000001001").unwrap();
    vec![
        Record::new("full", 1)
            .with("pledge", "本企业承诺：\n真实、准确,“合法”, \"合规\"。")
            .with(
                "products",
                json!([
                    { "name": "立式离心泵", "generic_name": "离心泵", "brand": "甲乙", "gtin": gtin.as_str(),
                      "spec": "DN50, 3\"", "model": "A-1", "category": "通用设备" },
                    { "name": "卧式离心泵", "model": "B-1" },
                ]),
            )
            .with(
                "indicators",
                json!([
                    indicator("外观", "功能", "目测"),
                    { "name": "扬程", "requirement": "≥12.5, \"甲\"级", "unit": "m", "category": "性能",
                      "test_method": "按 GB/T 900001-2010 第5章", "level_note": "国内先进" },
                    indicator("噪声", "安全", ""),
                ]),
            ),
        Record::new("by-name", 2)
            .by("", OTHER_NAME)
            .with("organization_code", "MA0000023")
            .of_standard(WITHDRAWN, "国家标准")
            .with("status", "废止")
            .with("abolished_on", "2024-03-05")
            .with("text_public", "")
            .with("indicators", json!([])),
        Record::new("bare", 3)
            .with("products", json!([]))
            .with("indicators", json!([]))
            .with("declared_at", "2023-06-12 23:59")
            .with("status", "待核验"),
        Record::new("wide", 4)
            .with(
                "products",
                json!([{ "name": "甲泵" }, { "name": "乙泵" }, { "name": "丙泵" }]),
            )
            .with("indicators", json!([indicator("扬程", "性能", "目测")])),
    ]
}

/// The lines of a file.
fn ndjson(records: &[Record]) -> String {
    lines(records).join("\n") + "\n"
}

/// A database into which one file was taken.
async fn filled(engine: Engine, ending: &str, bytes: impl AsRef<[u8]>) -> TestDatabase {
    let database = TestDatabase::new(engine).await;
    accepted(&database, PLATFORM, ending, bytes, DAY);
    database
}

/// What the hub shows of the sample when it came as lines of JSON.
async fn of_lines(engine: Engine) -> Value {
    let shown = golden(&filled(engine, "ndjson", ndjson(&sample())).await).await;
    let count = |list: &str| shown[list]["totalCount"].as_i64();
    let counts = (count("declarations"), count("enterprises"), count("products"));
    assert_eq!(counts, (Some(4), Some(2), Some(6)), "{shown:#}");
    let full = items(&shown["declarations"]["nodes"]).find(|node| node["recordId"] == "full");
    let full = full.cloned().unwrap_or_default();
    assert_eq!(items(&full["indicators"]).count(), 3, "{full:#}");
    assert_eq!(items(&full["products"]["nodes"]).count(), 2, "{full:#}");
    assert_eq!(full["declaredOn"], "2023-05-12", "{full:#}");
    shown
}

/// What the runs noted.
async fn notes(database: &TestDatabase) -> String {
    let shown = ask(database, "{ ingestionRuns { nodes { notes } } }", json!({})).await;
    shown["ingestionRuns"]["nodes"].to_string()
}

on_both! {
    async fn every_form_gives_the_same_rows(engine) {
        let expected = of_lines(engine).await;
        let table = Table::of(&sample());
        for (what, ending, bytes) in [
            ("a table", "csv", table.csv().into_bytes()),
            ("ids in every row", "csv", table.with_ids_repeated().csv().into_bytes()),
            ("a workbook", "xlsx", table.workbook(Some("yyyy-mm-dd hh:mm"))),
            ("days in Chinese", "xlsx", table.workbook(Some("yyyy\"年\"m\"月\"d\"日\""))),
        ] {
            let database = filled(engine, ending, bytes).await;
            assert_same(&golden(&database).await, &expected, what);
        }
    }

    async fn columns_in_any_order_give_the_same_rows(engine) {
        let expected = of_lines(engine).await;
        let table = Table::of(&sample());
        let mut order: Vec<usize> = (0..table.names.len()).rev().collect();
        let backwards = table.ordered(&order);
        Chance::new(seed("columns_in_any_order_give_the_same_rows")).shuffle(&mut order);
        let shuffled = table.ordered(&order);
        for (what, ending, bytes) in [
            ("backwards", "csv", backwards.csv().into_bytes()),
            ("shuffled", "csv", shuffled.csv().into_bytes()),
            ("shuffled", "xlsx", shuffled.workbook(Some("yyyy-mm-dd"))),
        ] {
            let database = filled(engine, ending, bytes).await;
            assert_same(&golden(&database).await, &expected, &format!("{what} {ending}: {order:?}"));
        }
    }

    async fn days_as_plain_numbers_give_the_same_rows(engine) {
        let expected = of_lines(engine).await;
        let table = Table::of(&sample());
        assert!(table.with_plain_days().csv().contains("\"45047\",\"45058.438"));
        for (ending, bytes) in [("csv", table.with_plain_days().csv().into_bytes()), ("xlsx", table.workbook(None))] {
            let database = filled(engine, ending, bytes).await;
            assert_same(&golden(&database).await, &expected, ending);
        }
    }

    async fn an_unknown_column_is_taken_and_noted(engine) {
        let expected = of_lines(engine).await;
        let table = Table::of(&sample()).with_column("备注", "某备注");
        let records: Vec<Record> = sample().into_iter().map(|record| record.with("备注", "某备注")).collect();
        for (ending, bytes) in [
            ("ndjson", ndjson(&records).into_bytes()),
            ("csv", table.csv().into_bytes()),
            ("xlsx", table.workbook(Some("yyyy-mm-dd"))),
        ] {
            let database = filled(engine, ending, bytes).await;
            assert_same(&golden(&database).await, &expected, ending);
            let noted = notes(&database).await;
            assert!(noted.contains("does not know") && noted.contains("备注"), "{ending}: {noted}");
        }
        let noted = notes(&filled(engine, "ndjson", ndjson(&sample())).await).await;
        assert!(!noted.contains("does not know"), "{noted}");
    }

    async fn a_needed_column_under_another_name_is_missed(engine) {
        let database = TestDatabase::new(engine).await;
        let table = Table::of(&sample());
        let without_id = ndjson(&sample()).replace("\"record_id\"", "\"id\"");
        for (ending, bytes, missing, other) in [
            ("csv", table.renamed("企业名称", "公司").csv().into_bytes(), "企业名称", "公司"),
            ("csv", table.renamed("标准编号", "标准代号").csv().into_bytes(), "标准编号", "标准代号"),
            ("xlsx", table.renamed("标准编号", "标准代号").workbook(None), "标准编号", "标准代号"),
            ("ndjson", without_id.into_bytes(), "record_id", "id"),
        ] {
            let ran = bring(&database, PLATFORM, ending, bytes, DAY);
            let closing = ran.json();
            assert_eq!((ran.code, word(&closing["state"])), (Some(1), "FAILED"), "{ending}: {ran:?}");
            let needs = format!("needs also: {missing}");
            assert!(ran.stderr.contains(&needs) && ran.stderr.contains(other), "{ending}: {ran:?}");
            assert!(word(&closing["error"]).contains(&needs), "{closing}");
        }
        assert_eq!(golden(&database).await["declarations"]["totalCount"], 0);
    }

    async fn lines_cut_anywhere_are_taken_up_to_the_cut(engine) {
        let text = ndjson(&sample());
        let expected = of_lines(engine).await;
        let database = TestDatabase::new(engine).await;
        let bytes = text.as_bytes();
        let first = text.find('\n').unwrap();
        for end in (0..bytes.len()).step_by(37).chain([first, first + 1]) {
            let cut = bytes.get(..end).unwrap();
            let whole = cut.iter().filter(|byte| **byte == b'\n').count();
            let rest = cut.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
            let rest_is_whole = serde_json::from_slice::<Value>(rest).is_ok();
            let ran = bring(&database, PLATFORM, "ndjson", cut, DAY);
            let closing = ran.json();
            let count = |name: &str| closing[name].as_i64().unwrap_or(-1);
            let (taken, aside) = (count("created") + count("updated") + count("unchanged"), count("quarantined"));
            assert_eq!(count("read"), taken + aside, "{end}: {ran:?}");
            let lines = i64::try_from(whole).unwrap() + i64::from(rest_is_whole);
            assert_eq!(taken, lines, "{end}: {ran:?}");
            match (ran.code, word(&closing["state"])) {
                // Nothing tells the form of a file whose first line is cut.
                (Some(1), "FAILED") => {
                    assert_eq!(lines, 0, "{end}: {ran:?}");
                    assert!(!ran.stderr.trim().is_empty() && !word(&closing["error"]).is_empty(), "{end}: {ran:?}");
                }
                (Some(3), "HELD") => {
                    let place = format!("in the middle of row {} (line {})", whole + 1, whole + 1);
                    assert!(word(&closing["reason"]).contains(&place), "{end}: {closing}");
                    assert_eq!(aside, 1, "{end}: {closing}");
                }
                (Some(0), "SUCCEEDED") => assert!(aside == 0 && (rest.is_empty() || rest_is_whole), "{end}: {ran:?}"),
                other => panic!("{end}: {other:?}: {ran:?}"),
            }
        }
        accepted(&database, PLATFORM, "ndjson", bytes, DAY);
        assert_same(&golden(&database).await, &expected, "the whole file behind its parts");
    }

    async fn a_cut_inside_a_character_does_not_garble_the_lines_before(engine) {
        // Texts of an even number of characters are sound GB18030, too.
        let record = |id: &str, serial: u32| {
            Record::new(id, serial)
                .by("", "苏州甲乙泵业有限公司")
                .with("address", "")
                .with("standard_name", "")
                .with("standard_type", "企业标准")
                .with("pledge", "")
                .with("text_public", "")
                .with("below_recommended", "")
                .with("products", json!([]))
                .with("indicators", json!([]))
        };
        let text = ndjson(&[record("one", 1), record("two", 2)]);
        let place = text.rfind('泵').unwrap();
        for within in [1, 2] {
            let database = TestDatabase::new(engine).await;
            let ran = bring(&database, PLATFORM, "ndjson", &text.as_bytes()[..place + within], DAY);
            assert_eq!(ran.code, Some(3), "{ran:?}");
            let (shown, noted) = (golden(&database).await, notes(&database).await);
            let one = &shown["declarations"]["nodes"][0];
            assert_eq!(one["recordId"], "one", "{shown:#}");
            assert_eq!(one["enterpriseName"], "苏州甲乙泵业有限公司", "{noted}");
            assert_eq!(one["status"], "CURRENT", "{one:#}");
        }
    }
}
