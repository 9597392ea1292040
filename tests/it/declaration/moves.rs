//! Records that are corrected, deleted, sent again or contradicted, in every order.

use entity::value::Gtin;
use serde_json::json;
use support::{TestDatabase, on_both};

use super::identity::{after, column, declared, in_every_order, row, sorted, versions};
use super::record::{OTHER_NAME, Record, ask, assert_same, credit_code, golden, lines, taken, word};

on_both! {
    async fn a_record_corrected_to_another_standard_moves(engine) {
        let (old, new) = ("Q/320582TSA 001-2023", "Q/320582TSA 009-2023");
        let before = Record::new("moves", 1);
        let corrected = before.clone().with("standard_number", new);
        let there = [
            declared(&[before.clone(), Record::new("stays", 2)], "2026-03-01"),
            declared(std::slice::from_ref(&corrected), "2026-03-02"),
        ];
        let shown = in_every_order(engine, &there).await;
        assert_eq!(column(&shown["declarations"], "standardNumber"), ["Q/320582TSA 002-2023", new]);
        assert_eq!(row(&shown, "declarations", "recordId", "moves")["standardNumber"], new);
        for (number, count) in [(old, 0), (new, 1)] {
            assert_eq!(row(&shown, "standards", "number", number)["declarations"]["totalCount"], count, "{number}");
        }
        let product = row(&shown, "products", "model", "A-1");
        assert_eq!(product["standardsInForce"].as_array().map(Vec::len), Some(1), "{product:#}");
        assert_eq!(product["standardsInForce"][0]["standard"]["number"], new);

        // And back again.
        let back = [
            declared(std::slice::from_ref(&before), "2026-03-01"),
            declared(&[corrected], "2026-03-02"),
            declared(&[before.with("address", "乙路2号")], "2026-03-03"),
        ];
        let shown = in_every_order(engine, &back).await;
        assert_eq!(column(&shown["declarations"], "standardNumber"), [old]);
    }

    async fn a_record_corrected_to_another_enterprise_moves(engine) {
        let (first, second) = (credit_code(1), credit_code(2));
        let record = Record::new("moves", 1);
        let corrected = record.clone().by(&second, OTHER_NAME);
        let deliveries = [declared(&[record], "2026-03-01"), declared(&[corrected], "2026-03-02")];
        let shown = in_every_order(engine, &deliveries).await;
        assert_eq!(shown["declarations"]["totalCount"], 1, "{shown:#}");
        let cases: [(&str, &[&str]); 2] = [(&first, &[]), (&second, &["moves"])];
        for (code, records) in cases {
            let enterprise = row(&shown, "enterprises", "creditCode", code);
            assert_eq!(column(&enterprise["declarations"], "recordId"), records, "{enterprise:#}");
        }
    }

    async fn a_deletion_by_the_id_alone_keeps_the_record_as_deleted(engine) {
        let told = declared(&[Record::new("gone", 1), Record::new("stays", 2)], "2026-03-01");
        let deleted = declared(&[Record::deleted("gone")], "2026-03-05");
        let deliveries = [told, deleted];
        let shown = in_every_order(engine, &deliveries).await;
        let gone = row(&shown, "declarations", "recordId", "gone");
        assert_eq!((word(&gone["status"]), word(&gone["endedOn"])), ("DELETED_AT_SOURCE", "2026-03-05"), "{gone:#}");
        assert_eq!(versions(gone), [
            ("DECLARED", "2023-05-12", Some("2026-03-05")),
            ("DELETED_AT_SOURCE", "2026-03-05", None),
        ]);
        assert_eq!(gone["standardNumber"], "Q/320582TSA 001-2023", "what it was can still be read");
        let stays = row(&shown, "declarations", "recordId", "stays");
        assert_eq!((word(&stays["status"]), versions(stays)), ("CURRENT", vec![("DECLARED", "2023-05-12", None)]));
        let product = row(&shown, "products", "model", "A-1");
        assert_eq!(product["standardsInForce"], json!([]), "nobody makes it to the standard any more");

        // The source has it again on a later day.
        let [told, deleted] = deliveries;
        let again = declared(&[Record::new("gone", 1)], "2026-03-09");
        let shown = in_every_order(engine, &[told, deleted, again]).await;
        assert_eq!(row(&shown, "declarations", "recordId", "gone")["status"], "CURRENT", "{shown:#}");
    }

    async fn an_old_file_after_a_newer_one_changes_nothing(engine) {
        let old = lines(&[Record::new("ended", 1), Record::new("moved", 2), Record::new("same", 3)]);
        let ended = Record::new("ended", 1)
            .with("status", "废止")
            .with("abolished_on", "2026-02-01")
            .with("standard_name", "新离心泵");
        let database = TestDatabase::new(engine).await;
        taken(&database, &old, "2026-03-01");
        taken(&database, &lines(&[ended, Record::new("moved", 9)]), "2026-03-02");
        let head = "{ hubInfo { dataAsOf { position } } }";
        let (before, position) = (golden(&database).await, ask(&database, head, json!({})).await);
        assert_eq!(row(&before, "declarations", "recordId", "ended")["status"], "WITHDRAWN");
        // The same bytes; the same records in other bytes; one of them alone.
        let turned: Vec<String> = old.iter().rev().cloned().collect();
        for told in [&old[..], &turned[..], &old[..1]] {
            let again = taken(&database, told, "2026-03-01").json();
            assert_eq!((&again["created"], &again["updated"]), (&json!(0), &json!(0)), "{again}");
            assert_eq!(again["unchanged"], told.len(), "{again}");
            assert_same(&golden(&database).await, &before, "the old file again");
            assert_eq!(ask(&database, head, json!({})).await, position, "nothing is told to those who follow");
        }
    }

    async fn files_of_one_day_that_contradict_each_other_give_the_same_rows(engine) {
        let gtin = |body: &str| Gtin::with_check_digit(body).unwrap().as_str().to_owned();
        let (left, right): (Vec<Record>, Vec<Record>) = (1..=6_u32).map(|serial| {
            let record = Record::new(&format!("record-{serial}"), serial);
            let left = record.clone().with("products", json!([
                { "name": "离心泵", "gtin": gtin("952000001001") }, { "name": "左泵" },
            ]));
            let right = record
                .with("enterprise_name", "苏州右甲乙泵业有限公司")
                .with("address", "右路3号")
                .with("standard_name", "右离心泵")
                .with("published_on", "2023-04-30")
                .with("declared_at", "2023-05-13 08:00")
                .with("status", "废止")
                .with("abolished_on", "2026-02-01")
                .with("text_public", "否")
                .with("pledge", "右承诺")
                .with("products", json!([{ "name": "离心泵", "gtin": gtin("952000001002"), "category": "泵" }]))
                .with("indicators", json!([]));
            // In half of them the record stands under another number, too.
            let right = if serial % 2 == 0 {
                right.with("standard_number", format!("Q/320582TSA {:03}-2023", serial + 50))
            } else {
                right
            };
            (left, right)
        }).unzip();
        let deliveries = [declared(&left, "2026-03-01"), declared(&right, "2026-03-01")];
        let shown = in_every_order(engine, &deliveries).await;
        assert_eq!(shown["declarations"]["totalCount"], 6, "a record stands in one place: {shown:#}");
        let pump = row(&shown, "products", "name", "离心泵");
        assert!(sorted(&pump["flags"]).contains(&"SEVERAL_BARCODES"), "{pump:#}");
        // One file with both, in either order of its lines, is no other case.
        let together: Vec<Record> = left.iter().chain(&right).cloned().collect();
        let turned: Vec<Record> = together.iter().rev().cloned().collect();
        for records in [together, turned] {
            let database = after(engine, &[&declared(&records, "2026-03-01")]).await;
            assert_same(&golden(&database).await, &shown, "both in one file");
        }
    }
}
