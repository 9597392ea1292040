//! What a change tells beside the record: which fields, why, from whom, and a hash to check it by.

use api::identity::Grant;
use entity::access::Role;
use entity::record::sha256_hex;
use serde_json::{Value, json};
use support::{Hub, on_both};

use super::office::Office;

const QUERY: &str = "{ changes(first: 1000) { nodes { operation kind key version region day body contentHash changedFields changeReason source } } }";

/// The events of a record, in their order.
async fn events(office: &Office, key: &str) -> Vec<Value> {
    let answer = office
        .query("reader", &Grant::new(Role::Auditor), QUERY, json!({}))
        .await;
    let nodes = answer["data"]["changes"]["nodes"].as_array();
    let nodes = nodes.unwrap_or_else(|| panic!("{answer:#}"));
    nodes.iter().filter(|node| node["key"] == key).cloned().collect()
}

fn ingest(office: &Office, name: &str, text: &str, more: &[&str]) {
    let path = office.database.write(name, text);
    let ran = Hub::on(&office.database).ingest("standards-catalogue", &path, more);
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

on_both! {
    async fn a_change_names_its_fields_its_reason_its_source_and_its_hash(engine) {
        let office = Office::open(engine).await;
        office.ingest("二", 2);
        let told = events(&office, "GB/T20-2020").await;
        let [first, second] = told.as_slice() else { panic!("{told:#?}") };
        assert_eq!(first["changedFields"], Value::Null, "it is new: {first:#}");
        assert_eq!(second["changedFields"], json!(["name", "name_reported"]), "{second:#}");
        for event in [first, second] {
            assert_eq!(event["changeReason"], "SOURCE");
            assert_eq!(event["contentHash"], sha256_hex(event["body"].as_str().unwrap().as_bytes()));
            assert!(event["source"].as_str().is_some_and(|source| !source.is_empty()), "{event:#}");
            assert_eq!(event["day"].as_str().map(str::len), Some(10));
        }
    }

    async fn another_word_about_the_same_day_is_a_correction_and_taking_back_a_withdrawal(engine) {
        let office = Office::open(engine).await;
        let list = |word: &str| format!("标准编号,标准名称,标准状态\nGB/T 31-2020,标准{word},现行\nGB/T 32-2020,另一标准,现行\n");
        ingest(&office, "more.csv", &list("甲"), &["--as-of", "2026-04-01"]);
        ingest(&office, "more.csv", &list("乙"), &["--as-of", "2026-04-01"]);
        let told = events(&office, "GB/T31-2020").await;
        let reasons: Vec<&Value> = told.iter().map(|event| &event["changeReason"]).collect();
        // The greater hash of the two words of one day stands, so the second may change nothing.
        assert!(reasons == ["SOURCE", "CORRECTION"] || reasons == ["SOURCE"], "{told:#?}");
        let other = "标准编号,标准名称,标准状态\nGB/T 31-2020,标准丙,现行\n";
        let path = office.database.write("more.csv", other);
        Hub::on(&office.database).ingest("standards-catalogue", &path, &["--as-of", "2026-05-01", "--complete"]);
        for run in Hub::on(&office.database).run(&["runs", "--json"]).json_lines() {
            if run["state"] == "HELD" {
                Hub::on(&office.database).run(&["runs", "release", run["run"].as_str().unwrap()]);
            }
        }
        let told = events(&office, "GB/T32-2020").await;
        let last = told.last().unwrap();
        assert_eq!((&last["operation"], &last["changeReason"]), (&json!("DELETE"), &json!("WITHDRAWAL")), "{told:#?}");
        assert_eq!((&last["body"], &last["contentHash"], &last["changedFields"]), (&Value::Null, &Value::Null, &Value::Null));
    }

    async fn fields_of_what_a_reader_may_not_see_are_not_compared(engine) {
        let office = Office::open(engine).await;
        office.ingest("二", 2);
        // The version before was for staff of another district.
        office.run("UPDATE feed SET audience = 'STAFF', region = '330000' WHERE record_key = 'GB/T20-2020' AND version = 1").await;
        let answer = office.query("reader", &Grant::new(Role::SystemAdmin), QUERY, json!({})).await;
        let nodes = answer["data"]["changes"]["nodes"].as_array().unwrap();
        let seen: Vec<&Value> = nodes.iter().filter(|node| node["key"] == "GB/T20-2020").collect();
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0]["changedFields"], Value::Null, "{seen:#?}");
    }
}
