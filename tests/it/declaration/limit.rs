//! Mandatory limits: the bureau's table, and the declarations below it.

use serde_json::{Value, json};
use support::{Engine, Hub, TestDatabase, on_both};

use super::record::{Record, accepted, ask, bring, items, lines, taken, word};

/// The adapter of the table.
const LIMITS: &str = "mandatory-limits";
/// The invented sample of the documentation.
const SAMPLE: &str = include_str!("../../../docs/samples/mandatory-limits.csv");
const HEADER: &str = "标准编号,条款,指标名称,指标别名,限值,计量单位,适用产品,生效日期,失效日期";
const DAY: &str = "2026-03-01";

fn safety(name: &str, requirement: &str, unit: &str) -> Value {
    json!([
        { "name": "外观", "requirement": "平整", "category": "功能", "test_method": "目测" },
        { "name": "强度", "requirement": "≥5", "category": "性能", "test_method": "附录A" },
        { "name": name, "requirement": requirement, "unit": unit, "category": "安全", "test_method": "附录B" },
    ])
}

/// A declaration of one product with one indicator that a limit may speak of.
fn declared(id: &str, serial: u32, product: Value, indicators: Value) -> Record {
    Record::new(id, serial)
        .with("products", json!([product]))
        .with("indicators", indicators)
}

/// The records that are below a limit on a day, with standard, clause, requirement and limit, in two ways that agree.
async fn below(database: &TestDatabase, on: &str) -> Vec<Value> {
    let query = "query($on: Date) { declarations(first: 50) { nodes { recordId \
        findings(on: $on) { rule severity basis message english: message(lang: EN) values { name value } } } } \
        filtered: declarations(first: 50, filter: { finding: { rules: [BELOW_MANDATORY_LIMIT], on: $on } }) { \
        totalCount nodes { recordId } } }";
    let shown = ask(database, query, json!({ "on": on })).await;
    let mut found = Vec::new();
    for declaration in items(&shown["declarations"]["nodes"]) {
        for finding in items(&declaration["findings"]) {
            if finding["rule"] != "BELOW_MANDATORY_LIMIT" {
                continue;
            }
            let value = |name: &str| {
                let held = items(&finding["values"]).find(|value| value["name"] == name);
                held.map_or(Value::Null, |held| held["value"].clone())
            };
            assert_eq!(finding["severity"], "SERIOUS");
            assert!(word(&finding["basis"]).contains("第二十一条"), "{finding}");
            assert!(
                word(&finding["message"]).contains(word(&value("limit"))),
                "{finding}"
            );
            assert!(
                word(&finding["english"]).contains(word(&value("standard"))),
                "{finding}"
            );
            found.push(json!([
                declaration["recordId"],
                value("standard"),
                value("clause"),
                value("requirement"),
                value("limit"),
            ]));
        }
    }
    found.sort_by_key(ToString::to_string);
    let mut records: Vec<&Value> = found.iter().map(|row| &row[0]).collect();
    records.dedup();
    let mut filtered: Vec<&Value> = items(&shown["filtered"]["nodes"])
        .map(|node| &node["recordId"])
        .collect();
    filtered.sort_by_key(|id| id.to_string());
    assert_eq!(filtered, records, "the filter on {on}");
    assert_eq!(shown["filtered"]["totalCount"], json!(records.len()));
    found
}

async fn filled(engine: Engine) -> TestDatabase {
    let database = TestDatabase::new(engine).await;
    let textile = |name: &str| json!({ "name": name, "category": "纺织品" });
    let (plain, pump) = (json!({ "name": "电泵" }), json!({ "name": "离心泵" }));
    let records = [
        declared("over", 1, textile("床单"), safety("甲醛", "≤300", "mg/kg")),
        declared("at", 2, textile("床单"), safety("甲醛含量", "≤75", "mg/kg")),
        declared(
            "spelled",
            3,
            textile("床单"),
            safety("游离甲醛 含量", "不大于0.3", "g/kg"),
        ),
        declared(
            "child",
            4,
            json!({ "name": "儿童校服", "category": "服装" }),
            safety("甲醛含量", "≤75", "mg/kg"),
        ),
        declared(
            "other-goods",
            5,
            pump.clone(),
            safety("甲醛含量", "≤300", "mg/kg"),
        ),
        declared(
            "other-name",
            6,
            textile("床单"),
            safety("甲醛释放量", "≤300", "mg/kg"),
        ),
        declared(
            "other-unit",
            7,
            textile("床单"),
            safety("甲醛含量", "≤300", "mg/m³"),
        ),
        declared(
            "unread",
            8,
            textile("床单"),
            safety("甲醛含量", "A类≤20，B类≤300", "mg/kg"),
        ),
        declared("range", 9, textile("床单"), safety("PH值", "4.0～8.5", "")),
        declared("resistance", 10, plain.clone(), safety("绝缘电阻", "≥30", "MΩ")),
        declared("earth", 11, plain.clone(), safety("接地电阻", "≤0.1", "Ω")),
        declared("earth-weak", 12, plain, safety("接地电阻", "<0.2", "Ω")),
        declared("ended", 13, textile("床单"), safety("甲醛", "≤300", "mg/kg")).with("status", "废止"),
    ];
    taken(&database, &lines(&records), DAY);
    database
}

on_both! {
    async fn r76_below_mandatory_limit(engine) {
        let database = filled(engine).await;
        assert!(below(&database, "2026-11-01").await.is_empty(), "there is no limit yet");
        accepted(&database, LIMITS, "csv", SAMPLE, "2026-06-01");
        let textile = |id: &str, said: &str| json!([id, "GB 990001-2020", "4.1", said, "≤75 mg/kg"]);
        assert_eq!(below(&database, "2026-11-01").await, [
            json!(["child", "GB 990001-2020", "4.1", "≤75 mg/kg", "≤20 mg/kg"]),
            json!(["earth-weak", "GB 990004-2019", "3.2", "<0.2 Ω", "≤100 mΩ"]),
            textile("over", "≤300 mg/kg"),
            json!(["range", "GB 990001-2020", "4.2", "4.0~8.5", "4.0~7.5"]),
            json!(["resistance", "GB 990003-2022", "6.1", "≥30 MΩ", "≥50 MΩ"]),
            textile("spelled", "≤0.3 g/kg"),
        ]);
    }

    async fn r76_a_limit_holds_from_its_first_to_the_day_before_its_last(engine) {
        let database = filled(engine).await;
        accepted(&database, LIMITS, "csv", SAMPLE, "2026-06-01");
        let resistance = |found: Vec<Value>| found.iter().any(|row| row[0] == "resistance");
        // 30 MΩ keeps the former limit of 20 MΩ and breaks that of 50 MΩ, which holds from 2023-01-01.
        assert!(!resistance(below(&database, "2022-12-31").await));
        assert!(resistance(below(&database, "2023-01-01").await));
        // Nothing but the limit without a first day held before 2016.
        let early = below(&database, "2010-01-01").await;
        assert_eq!(early.iter().map(|row| &row[0]).collect::<Vec<_>>(), [&json!("earth-weak")]);
    }

    async fn a_limit_is_corrected_and_taken_back(engine) {
        let database = filled(engine).await;
        let row = |limit: &str| format!("{HEADER}\nGB 990009-2021,1,甲醛,,{limit},mg/kg,,2021-01-01,\n");
        accepted(&database, LIMITS, "csv", row("≤75"), "2026-05-01");
        let over = |found: &[Value]| found.iter().any(|row| row[0] == "over");
        assert!(over(&below(&database, DAY).await));
        accepted(&database, LIMITS, "csv", row("≤300"), "2026-05-02");
        assert!(!over(&below(&database, DAY).await), "the later value counts");
        // An older file that comes late changes nothing.
        accepted(&database, LIMITS, "csv", row("≤100"), "2026-04-30");
        assert!(!over(&below(&database, DAY).await));
        accepted(&database, LIMITS, "csv", row("≤50"), "2026-05-03");
        assert!(over(&below(&database, DAY).await));
        let other = format!("{HEADER}\nGB 990010-2021,1,别的指标,,≤1,,,,\n");
        let path = database.write("complete.csv", other);
        let ran = Hub::on(&database).ingest(LIMITS, &path, &["--as-of", "2026-05-04", "--complete"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(!over(&below(&database, DAY).await), "the complete table leaves the limit out");
    }

    async fn rows_that_are_no_limit_wait_with_their_reason(engine) {
        let database = filled(engine).await;
        let bad = [
            ("甲醛标准,1,甲醛,,≤75,mg/kg,,,", "NUMBER_UNREADABLE", "标准编号"),
            ("GB 990001-2020,1,,,≤75,mg/kg,,,", "INDICATOR_EMPTY", "指标名称"),
            ("GB 990001-2020,1,甲醛,,75,mg/kg,,,", "LIMIT_UNREADABLE", "限值"),
            ("GB 990001-2020,1,甲醛,,见附录A,,,,", "LIMIT_UNREADABLE", "限值"),
            ("GB 990001-2020,1,甲醛,,≤75,mg/kg,,某日,", "DATE_UNREADABLE", "生效日期"),
            ("GB 990001-2020,1,甲醛,,≤75,mg/kg,,2022-01-01,2022-01-01", "PERIOD_EMPTY", "失效日期"),
        ];
        let text: String = std::iter::once(HEADER).chain(bad.iter().map(|row| row.0)).map(|row| format!("{row}\n")).collect();
        let ran = bring(&database, LIMITS, "csv", text, DAY);
        assert_eq!(ran.code, Some(3), "held for a person: {ran:?}");
        let query = "{ quarantine(first: 20) { nodes { row code field message remedy } } }";
        let mut waiting: Vec<Value> = items(&ask(&database, query, json!({})).await["quarantine"]["nodes"]).cloned().collect();
        waiting.sort_by_key(|row| row["row"].as_i64());
        let shown: Vec<(&str, &str)> = waiting.iter().map(|row| (word(&row["code"]), word(&row["field"]))).collect();
        assert_eq!(shown, bad.map(|(_, code, field)| (code, field)));
        assert!(waiting.iter().all(|row| !word(&row["remedy"]).is_empty()), "{waiting:?}");
        assert!(below(&database, "2026-11-01").await.is_empty());
    }

    async fn the_command_tells_the_same_findings(engine) {
        let database = filled(engine).await;
        accepted(&database, LIMITS, "csv", SAMPLE, "2026-06-01");
        let query = "{ declarations(first: 50) { nodes { recordId findings(on: \"2026-11-01\") { rule message } } } }";
        let mut shown: Vec<Value> = Vec::new();
        for declaration in items(&ask(&database, query, json!({})).await["declarations"]["nodes"]) {
            let told = |finding: &Value| json!([declaration["recordId"], finding["rule"], finding["message"]]);
            shown.extend(items(&declaration["findings"]).map(told));
        }
        shown.sort_by_key(ToString::to_string);
        assert!(shown.len() >= 6, "{shown:?}");
        let hub = Hub::on(&database);
        let check = |more: &[&str]| {
            let mut words = vec!["check", "--findings", "--on", "2026-11-01"];
            words.extend(more);
            let ran = hub.run(&words);
            assert_eq!(ran.code, Some(0), "{ran:?}");
            ran
        };
        let rows = |ran: &support::Ran| {
            let mut rows: Vec<Value> = ran
                .json_lines()
                .iter()
                .map(|line| json!([line["recordId"], line["rule"], line["message"]]))
                .collect();
            rows.sort_by_key(ToString::to_string);
            rows
        };
        assert_eq!(rows(&check(&["--json"])), shown);
        shown.retain(|row| row[1] == "BELOW_MANDATORY_LIMIT");
        assert_eq!(rows(&check(&["--json", "--rule", "below_mandatory_limit"])), shown);
        assert_eq!(rows(&check(&["--json", "--rule", "BELOW_MANDATORY_LIMIT", "--region", "320582"])), shown);
        assert!(rows(&check(&["--json", "--region", "440000"])).is_empty());
        let text = check(&["--rule", "BELOW_MANDATORY_LIMIT"]).stdout;
        assert!(text.contains("6 findings") && text.contains("GB 990001-2020 第 4.1 条"), "{text}");
        let wrong = hub.run(&["check", "--findings", "--rule", "NO_SUCH_RULE"]);
        assert_eq!(wrong.code, Some(2), "{wrong:?}");
        assert!(wrong.stderr.contains("BELOW_MANDATORY_LIMIT"), "{wrong:?}");
        assert_eq!(hub.run(&["check"]).code, Some(2));
    }
}
