//! What one hub writes as packages (双公示), another takes in: the same licences and penalties.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{Days, NaiveDate};
use entity::Clock;
use ingest::generate::Plan;
use ingest::{Ingester, Silent};
use serde_json::Value;
use support::chance::seed;
use support::{Engine, Hub, TestDatabase, on_both, test_clock};

use super::office::{LICENCES, Office, PENALTIES, PUBLICITY, Penalty};
use crate::declaration::record::credit_code;
use crate::ingestion::order::dump::dump;
use crate::ingestion::tables::{events, number};

/// What packages carry of licences and penalties, of those in some view. Flags and the spelling of amounts tell of a file, and a repair
/// has become the last day of the showing.
fn golden(audiences: &str) -> [(&'static str, String); 2] {
    let of = |table: &str, kind: &str, columns: &str| {
        format!(
            "SELECT key, owner_key, owner, subject_name, subject_kind, document_number, document_key, content, decided_on, \
             valid_until, organ, organ_code, status_word, remark, public_from, public_until, audience, region, {columns} \
             FROM {table} WHERE key IN (SELECT r.key FROM record r WHERE r.kind = '{kind}' AND r.audience IN ({audiences})) ORDER BY key"
        )
    };
    [
        (
            "licence",
            of(
                "licence",
                "Licence",
                "document_name, kind, certificate_name, certificate_number, valid_from, status",
            ),
        ),
        (
            "penalty",
            of(
                "penalty",
                "Penalty",
                "title, violation, facts, basis, kinds, kind_words, fine, confiscated, certificate, published_on, term",
            ),
        ),
    ]
}

async fn told(database: &TestDatabase, audiences: &str) -> BTreeMap<&'static str, Vec<String>> {
    let queries = golden(audiences);
    let queries: Vec<(&'static str, &str)> =
        queries.iter().map(|(name, sql)| (*name, sql.as_str())).collect();
    dump(&database.raw().await, &queries).await
}

/// Exports packages, and gives the manifest.
fn packed(from: &TestDatabase, out: &Path, more: &[&str]) -> Value {
    let words = [
        &[
            "export",
            "--json",
            "--form",
            "package",
            "--out",
            out.to_str().unwrap(),
        ],
        more,
    ]
    .concat();
    let ran = Hub::on(from).run(&words);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran.json()
}

fn names(manifest: &Value) -> Vec<String> {
    let files = manifest["files"].as_array().unwrap();
    files
        .iter()
        .map(|file| file["name"].as_str().unwrap().to_owned())
        .collect()
}

/// Takes the packages of a manifest, without a quarantined row; gives how many records were new or changed.
fn taken(to: &TestDatabase, out: &Path, manifest: &Value) -> i64 {
    let mut written = 0;
    for name in names(manifest) {
        let ran = Hub::on(to).ingest(PUBLICITY, &out.join(&name), &["--as-of", &today()]);
        let report = ran.json();
        assert!(
            ran.code == Some(0) && report["quarantined"] == 0,
            "{name}: {ran:?}"
        );
        written += report["created"].as_i64().unwrap() + report["updated"].as_i64().unwrap();
    }
    written
}

/// The day on which the commands run: of what is public for a time, they write what is public then.
fn today() -> String {
    Clock::System.today().to_string()
}

async fn another(engine: Engine) -> TestDatabase {
    let database = TestDatabase::new(engine).await;
    database.open().await.close().await.unwrap();
    database
}

/// The generated county, and what it does not have: amounts to the fen, names for codes, codes for names, signs of XML.
async fn office(engine: Engine, name: &str) -> Office {
    let office = Office::open(engine).await;
    let plan = Plan {
        seed: seed(name),
        ..Plan::county().unwrap()
    };
    let data = office.database.folder().join("data");
    let ingester = Ingester::new(office.db.clone(), test_clock(), data)
        .await
        .unwrap();
    for delivery in plan
        .credit_deliveries(&office.database.folder().join("generated"))
        .unwrap()
    {
        ingester.ingest(&delivery, &Silent).await.unwrap();
    }
    let decided = Clock::System.today().checked_sub_days(Days::new(30)).unwrap();
    let plain = Penalty {
        name: "苏州<甲>&乙泵业\u{3000}有限公司",
        kind: "法人及非法人组织",
        code: credit_code(901),
        identity_number: "",
        number: "苏市监处罚〔2026〕901号".to_owned(),
        words: "罚款、没收违法所得",
        fine: "1234.567891".to_owned(),
        confiscated: "0.000001",
        decided,
        published: Some(decided),
        deadline: None,
        op: "",
    };
    let rows = [
        plain.clone(),
        // Known by its name only, and by its code only.
        Penalty {
            code: String::new(),
            number: "甲字第2号".to_owned(),
            ..plain.clone()
        },
        Penalty {
            name: "",
            code: credit_code(902),
            number: "甲字第3号".to_owned(),
            fine: "2000.01元".to_owned(),
            ..plain.clone()
        },
        Penalty {
            kind: "个体工商户",
            code: credit_code(903),
            words: "警告",
            fine: String::new(),
            confiscated: "",
            ..plain.clone()
        },
        Penalty {
            name: "龘靐三",
            kind: "自然人",
            code: String::new(),
            identity_number: "11010519491231002X",
            ..plain.clone()
        },
    ];
    let lines: String = rows.iter().map(Penalty::line).collect();
    office
        .accepted(PUBLICITY, &format!("{PENALTIES}{lines}"), &today())
        .await;
    let licence = format!(
        "{LICENCES}\"苏州\"\"甲\"\"\r\n<乙>有限公司\",法人及非法人组织,{},,苏市监许可〔2024〕7号,普通,工业产品生产许可证,XK13-001,\"生产\r\n销售\",2024-05-06,\
         2024-05-06,2029-05-05,江苏省市场监督管理局,320582,注销,\n",
        credit_code(904)
    );
    office.accepted(PUBLICITY, &licence, &today()).await;
    office
}

on_both! {
    async fn what_one_hub_exports_another_takes_in(engine) {
        let office = office(engine, "what_one_hub_exports_another_takes_in").await;
        let out = office.database.path("out");
        let manifest = packed(&office.database, &out, &["--sender", "张家港市市场监督管理局"]);
        assert_eq!(names(&manifest), ["Licence-0001.xml", "Penalty-0001.xml"]);
        let there = another(engine).await;
        assert!(taken(&there, &out, &manifest) > 20);
        let (left, right) = (told(&office.database, "'PUBLIC'").await, told(&there, "'PUBLIC'").await);
        for (table, file) in [("licence", 0), ("penalty", 1)] {
            assert_eq!(left[table], right[table], "{table}");
            assert_eq!(manifest["files"][file]["rows"], left[table].len());
            let sql = format!("SELECT count(*) FROM {table}");
            assert_eq!(usize::try_from(number(&there, &sql).await).ok(), Some(left[table].len()));
        }
        let text = std::fs::read_to_string(out.join("Penalty-0001.xml")).unwrap();
        assert!(text.contains("<SENDER>张家港市市场监督管理局</SENDER>") && text.contains("<CF_NR_FK>1234.567891</CF_NR_FK>"));
        assert!(text.contains("<CF_NR_WFFF>0.000001</CF_NR_WFFF>") && text.contains("<CF_NR_FK>0.200001</CF_NR_FK>"));

        // The same packages again, and packages of a later export: nothing is new.
        let before = events(&there).await;
        taken(&there, &out, &manifest);
        std::thread::sleep(std::time::Duration::from_millis(1_100));
        let later = office.database.path("later");
        let manifest = packed(&office.database, &later, &["--encoding", "gb18030"]);
        assert_eq!(taken(&there, &later, &manifest), 0);
        assert_eq!(events(&there).await, before);
        let bytes = std::fs::read(later.join("Licence-0001.xml")).unwrap();
        assert!(std::str::from_utf8(&bytes).is_err(), "it is no UTF-8");
    }

    async fn what_is_not_public_needs_a_word_and_nobody_is_named(engine) {
        let office = office(engine, "what_is_not_public_needs_a_word_and_nobody_is_named").await;
        let (some, all) = (office.database.path("some"), office.database.path("all"));
        let public = packed(&office.database, &some, &[]);
        let manifest = packed(&office.database, &all, &["--all"]);
        let rows = |manifest: &Value| manifest["files"][1]["rows"].as_u64().unwrap();
        assert!(rows(&manifest) > rows(&public));
        for folder in [&some, &all] {
            let text = std::fs::read_to_string(folder.join("Penalty-0001.xml")).unwrap();
            assert!(!text.contains("龘靐") && !text.contains("19491231"));
            assert_eq!(text.contains("<CF_XDR_MC>龘〇〇</CF_XDR_MC>"), folder == &all);
        }
        let there = another(engine).await;
        taken(&there, &all, &manifest);
        let everybody = "'PUBLIC', 'ENTERPRISE', 'STAFF'";
        let (left, right) = (told(&office.database, everybody).await, told(&there, everybody).await);
        // Who sees what is the same, of what was repaired, too.
        assert!(number(&office.database, "SELECT count(*) FROM penalty WHERE repaired_on IS NOT NULL").await > 0);
        assert_eq!(left, right);
    }

    async fn what_ceased_to_be_public_is_not_written(engine) {
        let office = Office::open(engine).await;
        let today: NaiveDate = Clock::System.today();
        let old = today.checked_sub_days(Days::new(4 * 366)).unwrap();
        let line = |code: u32, decided: NaiveDate| format!(
            "泵业公司,法人及非法人组织,{},,,苏市监处罚〔2026〕{code}号,,,吊销许可证件,吊销,,,{decided},,,,320582,,,\n", credit_code(code)
        );
        let rows = format!("{PENALTIES}{}", line(1, old));
        office.take_on(PUBLICITY, "csv", rows, &old.to_string(), old).await;
        // Nobody looked at it since its publication ended: the export does.
        let public = "SELECT count(*) FROM record WHERE kind = 'Penalty' AND audience = 'PUBLIC'";
        assert_eq!(number(&office.database, public).await, 1);
        packed(&office.database, &office.database.path("nothing"), &[]);
        assert_eq!(number(&office.database, public).await, 0);
        let rows = format!("{PENALTIES}{}", line(2, today));
        office.take_on(PUBLICITY, "csv", rows, &today.to_string(), today).await;
        let manifest = packed(&office.database, &office.database.path("out"), &[]);
        assert_eq!((manifest["files"][0]["rows"].as_i64(), names(&manifest).len()), (Some(1), 1), "{manifest:#}");
        let manifest = Hub::on(&office.database).run(&[
            "export", "--json", "--kinds", "Penalty", "--out", office.database.path("lines").to_str().unwrap(),
        ]).json();
        assert_eq!(manifest["files"][0]["rows"], 1);
    }

    async fn packages_have_a_bounded_size(engine) {
        let office = Office::open(engine).await;
        let day = today();
        let rows: String = (1..=5_001).map(|number| format!(
            "苏州编造{number}号泵业有限公司,法人及非法人组织,,,,编字{number}号,,,吊销,吊销,,,{day},,,,320582,,,\n"
        )).collect();
        office.accepted(PUBLICITY, &format!("{PENALTIES}{rows}"), &day).await;
        let out = office.database.path("out");
        let manifest = packed(&office.database, &out, &["--kinds", "Penalty"]);
        assert_eq!(names(&manifest), ["Penalty-0001.xml", "Penalty-0002.xml"]);
        assert_eq!((manifest["files"][0]["rows"].as_i64(), manifest["files"][1]["rows"].as_i64()), (Some(5_000), Some(1)));
        let there = another(engine).await;
        assert_eq!(taken(&there, &out, &manifest), 5_001);
        let refused = Hub::on(&there).run(&["export", "--form", "package", "--kinds", "Penalty,Standard", "--out", "x"]);
        assert!(refused.code == Some(1) && refused.stderr.contains("Standard"), "{refused:?}");
    }
}
