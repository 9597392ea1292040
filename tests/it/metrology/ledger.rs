//! A ledger becomes instruments with their provenance; what cannot be used waits with its reason.

use super::*;
use support::on_both;

/// The invented sample of the documentation.
const SAMPLE: &str = include_str!("../../../docs/samples/instrument-ledger.csv");

on_both! {
    async fn a_row_of_a_ledger_comes_out_of_the_schema(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let text = ledger(&[Row {
            code: "320582-Q-0001".to_owned(),
            months: "12".to_owned(),
            range: "0～150 斤".to_owned(),
            registered: "是".to_owned(),
            filed: "否".to_owned(),
            certificate: "LX2026-0001".to_owned(),
            next_on: "2027-03-01".to_owned(),
            ..row("A-1", 1).verified("2026-03-01", "2027-02-28")
        }]);
        let report = bring(&database, &db, Adapter::MetrologyLedger, "ledger.csv", &text, "2026-10-01").await;
        assert_eq!((report.counts.created, report.counts.quarantined), (1, 0), "{report:?}");
        let desk = Desk::open(db);
        let shown = desk.staff("{ instruments { totalCount nodes { id name mandatoryCode serialNumber maker model range purposes status \
            statusWord period { count unit } periodWord site ownerName ownerCreditCode registered filed dueOn overdue flags \
            standing { day dueOn overdue forbidden reason message } \
            verifications { verifiedOn agency conclusion certificateNumber validUntil nextOn } \
            findings { rule basis severity message values { name value } } \
            provenance { source file row asOf fields } } } }").await;
        let one = &shown["instruments"]["nodes"][0];
        assert_eq!(shown["instruments"]["totalCount"], 1);
        assert_eq!(one["name"], "电子台秤");
        assert_eq!(one["mandatoryCode"], "320582-Q-0001");
        assert_eq!(one["ownerCreditCode"], credit_code(1).as_str());
        assert_eq!(one["period"], json!({ "count": 12, "unit": "MONTHS" }));
        assert_eq!((&one["registered"], &one["filed"]), (&json!(true), &json!(false)), "two facts (R59)");
        assert_eq!(one["purposes"], json!(["TRADE_SETTLEMENT"]));
        assert_eq!(one["dueOn"], "2027-02-28", "the certificate is believed");
        assert_eq!(one["standing"]["reason"], "VERIFIED");
        assert_eq!(words(&one["flags"]), ["VALIDITY_OFF_BY_ONE", "FICTITIOUS"]);
        let verification = &one["verifications"][0];
        assert_eq!((&verification["validUntil"], &verification["nextOn"]), (&json!("2027-02-28"), &json!("2027-03-01")));
        let rules: Vec<&str> = items(&one["findings"]).filter_map(|finding| finding["rule"].as_str()).collect();
        assert_eq!(rules, ["NOT_FILED", "UNIT_NOT_LEGAL"]);
        let provenance = &one["provenance"][0];
        assert_eq!((&provenance["source"], &provenance["file"], &provenance["row"]), (&json!("instrument-ledger"), &json!("ledger.csv"), &json!(1)));
        assert!(words(&provenance["fields"]).contains(&"validUntil".to_owned()), "{provenance}");
        let id = one["id"].as_str().unwrap();
        let again = desk.staff(&format!("{{ node(id: \"{id}\") {{ id }} instrument(id: \"{id}\") {{ serialNumber }} }}")).await;
        assert_eq!((&again["node"]["id"], &again["instrument"]["serialNumber"]), (&json!(id), &json!("A-1")));
    }

    async fn the_sample_of_the_documentation_is_taken_whole(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let report = bring(&database, &db, Adapter::MetrologyLedger, "instrument-ledger.csv", SAMPLE, "2026-10-01").await;
        assert_eq!((report.counts.created, report.counts.quarantined), (4, 0), "{report:?}");
        let desk = Desk::open(db);
        let shown = desk.staff("{ instruments { nodes { serialNumber flags standing { reason } findings { rule } } } }").await;
        let mut seen: Vec<(&str, &str, Vec<&str>)> = items(&shown["instruments"]["nodes"])
            .map(|one| (
                one["serialNumber"].as_str().unwrap(),
                one["standing"]["reason"].as_str().unwrap(),
                items(&one["findings"]).filter_map(|finding| finding["rule"].as_str()).collect(),
            ))
            .collect();
        seen.sort();
        assert_eq!(seen, [
            ("BZ-1001", "VERIFIED", vec![]),
            ("BZ-1002", "PAST_DUE", vec!["OVERDUE_IN_USE", "NOT_FILED"]),
            // In medicine 毫米汞柱 is allowed.
            ("BZ-1003", "FAILED", vec!["FAILED_IN_USE", "NOT_REGISTERED", "NOT_FILED"]),
            ("BZ-1004", "NOT_MEASURING", vec![]),
        ]);
    }

    async fn rows_that_are_no_instrument_wait_with_their_reason(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let nobody = Row { coded: false, region: String::new(), ..row("A-1", 1) };
        let swapped = Row { verified_on: "A-77".to_owned(), ..row("2026-03-01", 1) };
        let rows = [row("", 1), nobody, swapped, row("A-4", 1)];
        let report = bring(&database, &db, Adapter::MetrologyLedger, "bad.csv", &ledger(&rows), "2026-10-01").await;
        assert_eq!(report.counts.quarantined, 3, "{report:?}");
        let desk = Desk::open(db);
        let shown = desk.staff("{ quarantine(first: 10) { nodes { row code field remedy } } instruments { totalCount } }").await;
        let mut waiting: Vec<(i64, &str, &str)> = items(&shown["quarantine"]["nodes"])
            .map(|one| (one["row"].as_i64().unwrap(), one["code"].as_str().unwrap(), one["field"].as_str().unwrap()))
            .collect();
        waiting.sort_unstable();
        assert_eq!(waiting, [
            (1, "INSTRUMENT_UNIDENTIFIED", "出厂编号"),
            (2, "REGION_MISSING", "行政区划"),
            (3, "COLUMNS_SWAPPED", "出厂编号"),
        ]);
        assert_eq!(shown["instruments"]["totalCount"], 1);
    }

    async fn odd_rows_are_taken_and_flagged(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let rows = [
            row("future", 1).verified("2026-12-24", "2027-12-23"),
            Row { months: "0".to_owned(), ..row("none", 1).verified("2026-01-10", "") },
            Row { months: "-1".to_owned(), ..row("unset", 1).verified("2026-01-10", "") },
            Row { months: "每年".to_owned(), ..row("unread", 1) },
            row("reversed", 1).verified("2026-05-01", "2026-04-01"),
            Row { status: "坏了".to_owned(), verified_on: "某日".to_owned(), ..row("words", 1) },
        ];
        let report = bring(&database, &db, Adapter::MetrologyLedger, "odd.csv", &ledger(&rows), "2026-11-01").await;
        assert_eq!(report.counts.quarantined, 0, "{report:?}");
        let desk = Desk::open(db);
        let shown = desk.staff("{ instruments(first: 20) { nodes { serialNumber status periodWord period { count } flags standing { reason } } } }").await;
        let mut seen: Vec<(String, Vec<String>, String)> = items(&shown["instruments"]["nodes"])
            .map(|one| {
                let mut flags = words(&one["flags"]);
                flags.retain(|flag| flag != "FICTITIOUS");
                (one["serialNumber"].as_str().unwrap().to_owned(), flags, one["standing"]["reason"].as_str().unwrap().to_owned())
            })
            .collect();
        seen.sort();
        let expected = [
            ("future", vec!["DATE_IN_FUTURE"], "NEVER_VERIFIED"),
            ("none", vec![], "DUE_DAY_UNKNOWN"),
            ("reversed", vec!["VALIDITY_CONTRADICTS"], "PAST_DUE"),
            ("unread", vec!["PERIOD_UNREADABLE"], "NEVER_VERIFIED"),
            ("unset", vec![], "DUE_DAY_UNKNOWN"),
            ("words", vec!["DATE_UNREADABLE", "WORD_UNKNOWN"], "NEVER_VERIFIED"),
        ];
        let expected = expected.map(|(serial, flags, reason)| {
            (serial.to_owned(), flags.into_iter().map(str::to_owned).collect::<Vec<_>>(), reason.to_owned())
        });
        assert_eq!(seen, expected);
    }

    async fn what_an_agency_says_of_a_serial_number_counts_for_the_code(engine) {
        let agency = format!(
            "器具名称,出厂编号,制造厂家,委托单位,信用代码,行政区划,检定日期,检定结论,证书编号,有效期至\n\
             电子台秤,A-1,编造衡器厂,苏州编造1号超市有限公司,{},{HERE},2026-09-10,合格,LX-9,2027-09-09\n",
            credit_code(1)
        );
        let plain = ledger(&[row("A-1", 1).verified("2025-09-01", "2026-08-31")]);
        let coded = ledger(&[Row { code: "Q-1".to_owned(), ..row("A-1", 1) }]);
        let files = [("agency.csv", agency.as_str()), ("plain.csv", plain.as_str()), ("coded.csv", coded.as_str())];
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]] {
            let database = TestDatabase::new(engine).await;
            let db = database.open().await;
            for at in order {
                let (name, text) = files[at];
                bring(&database, &db, Adapter::MetrologyLedger, name, text, "2026-10-01").await;
            }
            let desk = Desk::open(db);
            let shown = desk.staff("{ instruments { totalCount nodes { id mandatoryCode dueOn verifications { verifiedOn certificateNumber } \
                provenance { source } } } }").await;
            assert_eq!(shown["instruments"]["totalCount"], 1, "{order:?}: {shown:#}");
            let one = &shown["instruments"]["nodes"][0];
            assert_eq!((&one["mandatoryCode"], &one["dueOn"]), (&json!("Q-1"), &json!("2027-09-09")), "{order:?}");
            assert_eq!(one["verifications"], json!([
                { "verifiedOn": "2025-09-01", "certificateNumber": null },
                { "verifiedOn": "2026-09-10", "certificateNumber": "LX-9" },
            ]), "{order:?}");
            let sources: Vec<&str> = items(&one["provenance"]).filter_map(|one| one["source"].as_str()).collect();
            assert!(sources.contains(&"verification-agency"), "{order:?}: {sources:?}");
        }
    }

    async fn a_serial_number_of_two_codes_stays_alone(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let coded = |code: &str| Row { code: code.to_owned(), ..row("A-1", 1) };
        let plain = row("A-1", 1).verified("2026-09-01", "2027-08-31");
        bring(&database, &db, Adapter::MetrologyLedger, "plain.csv", &ledger(&[plain]), "2026-10-01").await;
        bring(&database, &db, Adapter::MetrologyLedger, "one.csv", &ledger(&[coded("Q-1")]), "2026-10-01").await;
        bring(&database, &db, Adapter::MetrologyLedger, "two.csv", &ledger(&[coded("Q-2")]), "2026-10-01").await;
        let desk = Desk::open(db);
        let shown = desk.staff("{ instruments { nodes { mandatoryCode dueOn flags } } }").await;
        let mut seen: Vec<(Value, Value, bool)> = items(&shown["instruments"]["nodes"])
            .map(|one| (one["mandatoryCode"].clone(), one["dueOn"].clone(), words(&one["flags"]).contains(&"SERIAL_AMBIGUOUS".to_owned())))
            .collect();
        seen.sort_by_key(|row| row.0.to_string());
        assert_eq!(seen, [
            (json!("Q-1"), Value::Null, false),
            (json!("Q-2"), Value::Null, false),
            (Value::Null, json!("2027-08-31"), true),
        ]);
    }

    async fn personal_columns_are_dropped(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let text = format!("{HEADER},联系方式,检 定 员,手机号（负责人）\n{},13800000000,张三,13900000000\n", row("A-1", 1).line());
        bring(&database, &db, Adapter::MetrologyLedger, "ledger.csv", &text, "2026-10-01").await;
        let raw = database.raw().await;
        let statement = sea_orm::Statement::from_string(
            sea_orm::ConnectionTrait::get_database_backend(&raw),
            "SELECT body FROM assertion WHERE body LIKE '%13800000000%' OR body LIKE '%13900000000%' OR body LIKE '%张三%'",
        );
        let kept = sea_orm::ConnectionTrait::query_all_raw(&raw, statement).await.unwrap();
        assert!(kept.is_empty());
    }
}
