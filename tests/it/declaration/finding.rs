//! What a machine finds to be wrong with a declaration: for every rule a case for and one against, and three ways to
//! ask (the filter of lists, the declaration, the enterprise) that must say the same.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use support::{Engine, TestDatabase, on_both};

use super::record::{
    CATALOGUE, IN_FORCE, NAME, OTHER_NAME, REGISTER, Record, STANDARDS, WITHDRAWN, accepted, ask,
    credit_code, indicator, items, lines, register, taken, word,
};

/// The findings by rule and record.
type Judged = BTreeMap<String, BTreeMap<String, Vec<Value>>>;

/// The day of the first delivery.
const DAY: &str = "2026-03-01";
/// The day of the catalogue and of the register.
pub(super) const LATER: &str = "2026-07-11";
/// 标准类型 of standards that nobody has to disclose the content of (R71).
const NATIONAL: &str = "国家标准";

/// Every rule there is.
pub(super) async fn rules(database: &TestDatabase) -> Vec<String> {
    let query = "{ __type(name: \"FindingRule\") { enumValues { name } } }";
    let found = ask(database, query, json!({})).await;
    let rules: Vec<String> = items(&found["__type"]["enumValues"])
        .map(|value| word(&value["name"]).to_owned())
        .collect();
    assert!(rules.len() >= 7, "{rules:?}");
    rules
}

/// Findings of declarations and of their enterprises on a day.
const FOUND: &str = "query($on: Date) { declarations(first: 50) { totalCount nodes { recordId \
    findings(on: $on) { rule basis severity message english: message(lang: EN) values { name value } } \
    enterprise { creditCode findings(on: $on) { rule basis severity message english: message(lang: EN) \
      values { name value } declaration { recordId } } } } } }";

/// Declarations and enterprises with one of the rules on a day.
const FILTERED: &str = "query($rules: [FindingRule!]!, $on: Date) { \
    declarations(first: 50, filter: { finding: { rules: $rules, on: $on } }) { totalCount nodes { recordId } } \
    enterprises(first: 50, filter: { finding: { rules: $rules, on: $on } }) { totalCount nodes { creditCode } } }";

/// What is found on a day (none: today), after the three ways to ask were compared.
async fn judged(database: &TestDatabase, on: Option<&str>) -> Judged {
    let shown = ask(database, FOUND, json!({ "on": on })).await;
    let declarations: Vec<&Value> = items(&shown["declarations"]["nodes"]).collect();
    assert_eq!(shown["declarations"]["totalCount"], json!(declarations.len()));
    let mut judged = Judged::new();
    let mut enterprises: BTreeMap<&str, &Value> = BTreeMap::new();
    let mut enterprises_with: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for declaration in declarations {
        let enterprise = &declaration["enterprise"];
        let code = word(&enterprise["creditCode"]);
        enterprises.insert(code, &enterprise["findings"]);
        for finding in items(&declaration["findings"]) {
            check_words(finding);
            let rule = word(&finding["rule"]);
            enterprises_with.entry(rule).or_default().insert(code);
            add(&mut judged, rule, &declaration["recordId"], finding.clone());
        }
    }
    let mut by_enterprise = Judged::new();
    for finding in enterprises.into_values().flat_map(items) {
        let mut plain = finding.clone();
        if let Some(members) = plain.as_object_mut() {
            members.remove("declaration");
        }
        let record = &finding["declaration"]["recordId"];
        add(&mut by_enterprise, word(&finding["rule"]), record, plain);
    }
    assert_eq!(by_enterprise, judged, "what enterprises show");
    for rule in rules(database).await {
        let filtered = ask(database, FILTERED, json!({ "rules": [rule], "on": on })).await;
        let records: BTreeSet<&str> = judged
            .get(&rule)
            .into_iter()
            .flatten()
            .map(|(one, _)| one.as_str())
            .collect();
        assert_eq!(shown_of(&filtered, "declarations", "recordId"), records, "{rule}");
        let codes = enterprises_with.remove(rule.as_str()).unwrap_or_default();
        assert_eq!(shown_of(&filtered, "enterprises", "creditCode"), codes, "{rule}");
    }
    judged
}

fn add(judged: &mut Judged, rule: &str, record: &Value, finding: Value) {
    let records = judged.entry(rule.to_owned()).or_default();
    records.entry(word(record).to_owned()).or_default().push(finding);
}

/// The names in a list, which must be there once each and all on the page.
fn shown_of<'a>(shown: &'a Value, list: &str, name: &str) -> BTreeSet<&'a str> {
    let names: BTreeSet<&str> = items(&shown[list]["nodes"])
        .map(|node| word(&node[name]))
        .collect();
    assert_eq!(shown[list]["totalCount"], json!(names.len()), "{shown}");
    names
}

/// A finding says in both languages what is wrong, names a rule of the notices or the law, and shows its values.
fn check_words(finding: &Value) {
    let (chinese, english) = (word(&finding["message"]), word(&finding["english"]));
    assert!(
        chinese
            .chars()
            .any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign)),
        "{finding:#}"
    );
    assert!(
        english.starts_with(|sign: char| sign.is_ascii_uppercase()),
        "{finding:#}"
    );
    assert_ne!(chinese, english);
    assert!(word(&finding["basis"]).starts_with('R'), "{finding:#}");
    assert!(
        matches!(word(&finding["severity"]), "INFO" | "WARNING" | "SERIOUS"),
        "{finding:#}"
    );
    assert!(items(&finding["values"]).count() > 0, "{finding:#}");
}

/// The records that have something, by rule.
fn found(judged: &Judged) -> Vec<(&str, Vec<&str>)> {
    judged
        .iter()
        .map(|(rule, found)| (rule.as_str(), found.keys().map(String::as_str).collect()))
        .collect()
}

/// Checks severity, basis and values of the one finding that a record has by a rule.
fn check(
    judged: &Judged,
    (rule, record): (&str, &str),
    (severity, basis): (&str, &str),
    values: &[(&str, &str)],
) {
    let findings = &judged[rule][record];
    assert_eq!(findings.len(), 1, "{findings:#?}");
    let finding = &findings[0];
    assert_eq!(finding["severity"], severity, "{finding:#}");
    assert!(
        word(&finding["basis"]).starts_with(&format!("{basis}；")),
        "{finding:#}"
    );
    let told: Vec<(&str, &str)> = items(&finding["values"])
        .map(|value| (word(&value["name"]), word(&value["value"])))
        .collect();
    assert_eq!(told, values, "{finding:#}");
}

/// A database into which the records were declared.
async fn declared(engine: Engine, records: &[Record]) -> TestDatabase {
    let database = TestDatabase::new(engine).await;
    taken(&database, &lines(records), DAY);
    database
}

/// A declaration with every fault that the declaration itself shows, by an enterprise of its own; what it cites is
/// withdrawn.
fn faulty(serial: u32) -> Record {
    Record::new(&format!("faulty-{serial}"), serial)
        .by(&credit_code(serial), &format!("苏州旧名{serial}阀门有限公司"))
        .with("standard_number", format!("企业标准{serial:03}号"))
        .with("declared_at", "2023-07-01 08:00")
        .with(
            "indicators",
            json!([
                indicator("扬程", "性能", ""),
                indicator("噪声", "性能", WITHDRAWN)
            ]),
        )
}

/// A declaration of a withdrawn standard by the same enterprise.
fn of_withdrawn(serial: u32) -> Record {
    Record::new(&format!("withdrawn-{serial}"), serial)
        .by(&credit_code(serial), &format!("苏州旧名{serial}阀门有限公司"))
        .of_standard(WITHDRAWN, NATIONAL)
}

on_both! {
    async fn r71_test_method_missing(engine) {
        let untested = json!([
            indicator("外观", "功能", "目测"), indicator("硬度", "性能", ""), indicator("噪声", "安全", "——"),
        ]);
        let database = declared(engine, &[
            Record::new("untested", 1).with("indicators", untested.clone()),
            Record::new("group", 2).of_standard("T/XNXH 002-2023", "团体标准").with("indicators", untested.clone()),
            Record::new("tested", 3),
            // Of a standard that everybody can read, number and name are enough.
            Record::new("national", 4).of_standard(IN_FORCE, NATIONAL).with("indicators", untested),
        ]).await;
        let now = judged(&database, None).await;
        assert_eq!(found(&now), [("TEST_METHOD_MISSING", vec!["group", "untested"])]);
        for record in ["group", "untested"] {
            let values = [("indicator", "硬度"), ("indicator", "噪声")];
            check(&now, ("TEST_METHOD_MISSING", record), ("WARNING", "R71"), &values);
        }
    }

    async fn r62_indicators_missing(engine) {
        let functional = json!([indicator("外观", "功能", "目测"), indicator("噪声", "安全指标", "听")]);
        let untold = json!([indicator("外观", "", "目测")]);
        let database = declared(engine, &[
            Record::new("none", 1).with("indicators", json!([])),
            Record::new("group", 2).of_standard("T/XNXH 002-2023", "团体标准").with("indicators", json!([])),
            Record::new("functional", 3).with("indicators", functional),
            Record::new("both", 4),
            // Nobody can tell what an indicator without a category is.
            Record::new("untold", 5).with("indicators", untold),
            Record::new("national", 6).of_standard(IN_FORCE, NATIONAL).with("indicators", json!([])),
        ]).await;
        let now = judged(&database, None).await;
        assert_eq!(found(&now), [("INDICATORS_MISSING", vec!["functional", "group", "none"])]);
        for record in ["group", "none"] {
            let values = [("missing", "FUNCTIONAL"), ("missing", "PERFORMANCE")];
            check(&now, ("INDICATORS_MISSING", record), ("SERIOUS", "R62"), &values);
        }
        check(&now, ("INDICATORS_MISSING", "functional"), ("WARNING", "R62"), &[("missing", "PERFORMANCE")]);
    }

    async fn r61_number_form(engine) {
        let wrong = [
            ("name", "企业标准001号", "UNREADABLE"),
            ("serial", "ABC-01", "UNREADABLE"),
            ("yearless", "Q/TSA 001", "YEAR_MISSING"),
            ("short-year", "Q/TSA 002-98", "YEAR_OF_TWO_DIGITS"),
        ];
        let right = [
            ("plain", "Q/320582TSA 001-2023", "企业标准"),
            ("wide", "ｑ／TSA 003—2023", "企业标准"),
            ("national", IN_FORCE, NATIONAL),
            // The numbers of the last century stay as they are.
            ("old", "GB 12345-90", NATIONAL),
        ];
        let mut records: Vec<Record> =
            wrong.iter().map(|(id, number, _)| Record::new(id, 1).with("standard_number", *number)).collect();
        records.extend(right.iter().map(|(id, number, level)| Record::new(id, 1).of_standard(number, level)));
        let database = declared(engine, &records).await;
        let now = judged(&database, None).await;
        assert_eq!(found(&now), [("NUMBER_FORM", vec!["name", "serial", "short-year", "yearless"])]);
        for (id, number, fault) in wrong {
            check(&now, ("NUMBER_FORM", id), ("WARNING", "R61"), &[("standard", number), ("fault", fault)]);
        }
    }

    async fn r70_declared_later_than_thirty_days(engine) {
        // The notice of 广东 was in force from 2017-01-10 to 2022-01-09 (R79).
        let (jiangsu, guangdong) = ("320582", "440300");
        let table = [
            ("same-day", jiangsu, "2023-05-01", "2023-05-01 08:00", None),
            ("day-30", jiangsu, "2023-05-01", "2023-05-31 23:59", None),
            ("day-31", jiangsu, "2023-05-01", "2023-06-01 00:00", Some(("INFO", "2023-05-31", "2023-06-01"))),
            ("unpublished", jiangsu, "", "2023-06-01 00:00", None),
            ("elsewhere", jiangsu, "2018-05-01", "2018-06-01 10:00", Some(("INFO", "2018-05-31", "2018-06-01"))),
            ("there", guangdong, "2018-05-01", "2018-06-01 10:00", Some(("WARNING", "2018-05-31", "2018-06-01"))),
            ("there-in-time", guangdong, "2018-05-01", "2018-05-31 10:00", None),
            ("day-before", guangdong, "2017-01-09", "2017-02-09 10:00", Some(("INFO", "2017-02-08", "2017-02-09"))),
            ("first-day", guangdong, "2017-01-10", "2017-02-10 10:00", Some(("WARNING", "2017-02-09", "2017-02-10"))),
            ("last-day", guangdong, "2022-01-09", "2022-02-09 10:00", Some(("WARNING", "2022-02-08", "2022-02-09"))),
            ("day-after", guangdong, "2022-01-10", "2022-02-10 10:00", Some(("INFO", "2022-02-09", "2022-02-10"))),
        ];
        let records: Vec<Record> = (1..).zip(&table).map(|(serial, (id, region, published, declared, _))| {
            Record::new(id, serial)
                .with("region_code", *region)
                .with("published_on", *published)
                .with("declared_at", *declared)
        }).collect();
        let database = declared(engine, &records).await;
        let now = judged(&database, None).await;
        let mut late: Vec<&str> = table.iter().filter(|row| row.4.is_some()).map(|row| row.0).collect();
        late.sort_unstable();
        assert_eq!(found(&now), [("DECLARED_LATE", late)]);
        for (id, _, published, _, expected) in table {
            if let Some((severity, due, declared)) = expected {
                let values = [("publishedOn", published), ("dueOn", due), ("declaredOn", declared)];
                check(&now, ("DECLARED_LATE", id), (severity, "R70"), &values);
            }
        }
    }

    async fn r73_declared_standard_withdrawn(engine) {
        let database = declared(engine, &[
            Record::new("withdrawn", 1).of_standard(WITHDRAWN, NATIONAL),
            Record::new("in-force", 2).of_standard(IN_FORCE, NATIONAL),
            Record::new("unknown", 3).of_standard("GB/T 900003-2020", NATIONAL),
            Record::new("own", 4),
        ]).await;
        assert!(judged(&database, None).await.is_empty(), "nothing is known of the standards");
        accepted(&database, CATALOGUE, "csv", STANDARDS, LATER);
        let now = judged(&database, None).await;
        assert_eq!(found(&now), [("STANDARD_NOT_IN_FORCE", vec!["withdrawn"])]);
        let because = word(&now["STANDARD_NOT_IN_FORCE"]["withdrawn"][0]["values"][2]["value"]);
        assert!(because.contains("作废") && because.contains(LATER), "{because}");
        let values = [("standard", WITHDRAWN), ("status", "WITHDRAWN"), ("because", because)];
        check(&now, ("STANDARD_NOT_IN_FORCE", "withdrawn"), ("SERIOUS", "R73"), &values);
        // The list was first read on that day: before it, the standard is taken to have been in force.
        assert_eq!(found(&judged(&database, Some(LATER)).await), [("STANDARD_NOT_IN_FORCE", vec!["withdrawn"])]);
        assert!(judged(&database, Some("2026-07-10")).await.is_empty());
    }

    async fn r76_cited_standard_withdrawn(engine) {
        let tested = |method: &str| json!([indicator("外观", "功能", "目测"), indicator("扬程", "性能", method)]);
        let database = declared(engine, &[
            Record::new("cites", 1).with("indicators", tested("按 GB/T 900001-2010 第5章")),
            Record::new("spelled", 2).with("indicators", tested("gb/t900001—2010、GB/T 900002-2020")),
            Record::new("in-force", 3).with("indicators", tested("GB/T 900002-2020 第5章")),
            Record::new("other-year", 4).with("indicators", tested("GB/T 900001-2011")),
            Record::new("none", 5),
        ]).await;
        accepted(&database, CATALOGUE, "csv", STANDARDS, LATER);
        let now = judged(&database, None).await;
        assert_eq!(found(&now), [("CITED_STANDARD_NOT_IN_FORCE", vec!["cites", "spelled"])]);
        for record in ["cites", "spelled"] {
            let because = word(&now["CITED_STANDARD_NOT_IN_FORCE"][record][0]["values"][2]["value"]);
            let values = [("standard", WITHDRAWN), ("status", "WITHDRAWN"), ("because", because)];
            check(&now, ("CITED_STANDARD_NOT_IN_FORCE", record), ("WARNING", "R76"), &values);
        }
        assert!(judged(&database, Some("2026-07-10")).await.is_empty());
    }

    async fn r74_enterprise_renamed(engine) {
        let new_name = "苏州新名阀门有限公司";
        let (renamed, faithful) = (credit_code(2), credit_code(3));
        let database = declared(engine, &[
            // The register writes the name with half-width brackets and a blank.
            Record::new("spelled", 1),
            Record::new("renamed", 2).by(&renamed, OTHER_NAME),
            Record::new("before", 3).by(&faithful, "苏州旧名轴承有限公司"),
            Record::new("anew", 3)
                .by(&faithful, "苏州新名轴承有限公司")
                .with("published_on", "2024-05-02")
                .with("declared_at", "2024-05-12 09:00"),
        ]).await;
        assert!(judged(&database, None).await.is_empty(), "the platform knows no other name");
        let spelled = NAME.replace('（', " (").replace('）', ")");
        let list = register(&[
            (&credit_code(1), &spelled), (&renamed, new_name), (&faithful, "苏州新名轴承有限公司"),
        ]);
        accepted(&database, REGISTER, "csv", list, LATER);
        let now = judged(&database, None).await;
        assert_eq!(found(&now), [("ENTERPRISE_RENAMED", vec!["renamed"])]);
        let values = [("declaredName", OTHER_NAME), ("presentName", new_name)];
        check(&now, ("ENTERPRISE_RENAMED", "renamed"), ("WARNING", "R74"), &values);
    }

    async fn ended_declarations_have_no_findings(engine) {
        let mut records: Vec<Record> = (1..=5).flat_map(|serial| [faulty(serial), of_withdrawn(serial)]).collect();
        let database = declared(engine, &records).await;
        accepted(&database, CATALOGUE, "csv", STANDARDS, LATER);
        let names: Vec<(String, String)> =
            (1..=5).map(|serial| (credit_code(serial), format!("苏州新名{serial}阀门有限公司"))).collect();
        let names: Vec<(&str, &str)> = names.iter().map(|(code, name)| (code.as_str(), name.as_str())).collect();
        accepted(&database, REGISTER, "csv", register(&names), LATER);
        let limits = "标准编号,指标名称,限值,计量单位\nGB 990009-2021,噪声,≥20,m\n";
        accepted(&database, "mandatory-limits", "csv", limits, LATER);

        let faulty_ids = vec!["faulty-1", "faulty-2", "faulty-3", "faulty-4", "faulty-5"];
        let withdrawn = vec!["withdrawn-1", "withdrawn-2", "withdrawn-3", "withdrawn-4", "withdrawn-5"];
        let all: Vec<&str> = faulty_ids.iter().chain(&withdrawn).copied().collect();
        let of_rule = |rule: &str| match rule {
            "STANDARD_NOT_IN_FORCE" => withdrawn.clone(),
            "ENTERPRISE_RENAMED" => all.clone(),
            _ => faulty_ids.clone(),
        };
        let mut expected: Vec<String> = rules(&database).await;
        expected.sort();
        let expected: Vec<(&str, Vec<&str>)> =
            expected.iter().map(|rule| (rule.as_str(), of_rule(rule))).collect();
        assert_eq!(found(&judged(&database, None).await), expected, "while they stand");

        // The word of the fifth is not understood: as far as anybody said, it stands.
        let ends = [("废止", "2026-07-20"), ("被代替", ""), ("删除", ""), ("现行有效", ""), ("待核验", "")];
        records = (1..).zip(ends).flat_map(|(serial, (status, ended))| {
            [faulty(serial), of_withdrawn(serial)]
                .map(|record| record.with("status", status).with("abolished_on", ended))
        }).collect();
        for (place, id) in [(6, "faulty-4"), (7, "withdrawn-4")] {
            records[place] = Record::deleted(id);
        }
        taken(&database, &lines(&records), "2026-08-01");
        let standing = judged(&database, None).await;
        for (rule, records) in found(&standing) {
            assert!(records.iter().all(|record| record.ends_with("-5")), "{rule}: {records:?}");
        }
        assert_eq!(standing.len(), expected.len(), "{standing:#?}");
    }
}
