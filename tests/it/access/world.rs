//! A hub with a few rows of every kind, in three sets: the first is public, the second and third can be hidden or taken away.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use entity::Database;
use entity::Scope;
use entity::audit::Asked;
use entity::declaration::{self, Declare, DeclaredContent, DeclaredProduct, Submission, Submitted};
use entity::declaration::{Indicator, IndicatorCategory};
use ingest::{Adapter, Ingester, Request, Silent};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::{Value, json};
use support::bureau::Bureau;
use support::{Engine, Server, TestDatabase, test_clock};

use super::ledgers;
use super::reader::{HERE, Reader, credit_code};

/// Tables with records, and their kinds.
pub(super) const RECORDS: [(&str, &str, &str); 15] = [
    ("standard", "key", "Standard"),
    ("standard_project", "key", "StandardProject"),
    ("region", "code", "Region"),
    ("enterprise", "key", "Enterprise"),
    ("product", "key", "Product"),
    ("declaration", "key", "Declaration"),
    ("annotation", "key", "Annotation"),
    ("measuring_instrument", "key", "MeasuringInstrument"),
    ("testing_institution", "key", "TestingInstitution"),
    ("type_approval", "key", "TypeApproval"),
    ("penalty", "key", "Penalty"),
    ("licence", "key", "Licence"),
    ("credit_listing", "key", "CreditListing"),
    ("credit_repair", "key", "CreditRepair"),
    ("risk_rating", "key", "RiskRating"),
];

/// Tables whose rows are public for a time.
pub(super) const DATED: [&str; 5] = [
    "penalty",
    "licence",
    "credit_listing",
    "credit_repair",
    "risk_rating",
];

/// A hub that answers over HTTP.
pub(crate) struct World {
    _database: TestDatabase,
    pub(crate) raw: DatabaseConnection,
    pub(crate) server: Server,
    pub(crate) bureau: Arc<Bureau>,
}

/// An answer: everything of it that a reader sees, but when and how fast it was given.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) text: String,
}

impl Reply {
    pub(super) fn json(&self) -> Value {
        match serde_json::from_str(&self.text) {
            Ok(value) => value,
            Err(error) => panic!("no JSON: {error}: {}", self.text),
        }
    }

    /// The code of the first error.
    pub(super) fn code(&self) -> Option<String> {
        let answer = self.json();
        let code = answer["errors"][0]["extensions"]["code"].as_str();
        code.map(str::to_owned)
    }
}

/// The members of a list in a header: some are told in an order of chance, another in every process.
fn in_order(value: &str) -> String {
    let mut members: Vec<&str> = value.split(", ").collect();
    members.sort_unstable();
    members.join(", ")
}

/// What a condition of a table says of the rows of a set.
fn of_set(set: u32) -> Vec<(&'static str, String)> {
    let code = credit_code(set);
    let standards = format!("key LIKE '%100{set}-2020' OR key LIKE '%10{set}-2024'");
    let declarations = format!("standard_key LIKE '%10{set}-2024' OR owner_key = '{code}'");
    let products = format!("name LIKE '%10{set}' OR owner_key = '{code}'");
    let keys = format!(
        "SELECT key FROM standard WHERE {standards} UNION SELECT key FROM declaration WHERE {declarations} \
         UNION SELECT key FROM product WHERE {products} UNION SELECT '{code}' UNION SELECT '2025000{set}-T-469' \
         UNION SELECT '32058{}'",
        set + 3
    );
    [
        ("search_entry", format!("key IN ({keys})")),
        ("feed", format!("record_key IN ({keys})")),
        ("standard", standards),
        ("declaration", declarations),
        ("product", products),
        ("enterprise", format!("key = '{code}'")),
        ("standard_project", format!("key = '2025000{set}-T-469'")),
        ("region", format!("code = '32058{}'", set + 3)),
        (
            "quarantine",
            format!("run_id IN (SELECT id FROM ingest_run WHERE file_name = 'list{set}.csv')"),
        ),
        ("ingest_run", format!("file_name = 'list{set}.csv'")),
        ("measuring_instrument", format!("key = 'M:Q{set}'")),
        ("testing_institution", format!("key = '23102034056{set}'")),
        ("type_approval", format!("key = '202{set}F1-32'")),
        ("institution_misconduct", format!("key = 'm{set}'")),
    ]
    .into_iter()
    .chain(DATED.map(|table| (table, format!("key = '{table}{set}'"))))
    .collect()
}

async fn run(raw: &DatabaseConnection, statement: &str) -> u64 {
    match raw.execute_unprepared(statement).await {
        Ok(done) => done.rows_affected(),
        Err(error) => panic!("{statement}: {error}"),
    }
}

/// Makes a set of rows be for an audience, of the county here.
pub(super) async fn hide(raw: &DatabaseConnection, set: u32, audience: &str) {
    for (table, condition) in of_set(set) {
        let sql = format!("UPDATE {table} SET audience = '{audience}', region = '{HERE}' WHERE {condition}");
        assert!(run(raw, &sql).await > 0, "nothing of {table} is in the set {set}");
    }
}

/// Takes a set of rows away.
pub(super) async fn remove(raw: &DatabaseConnection, set: u32) {
    for (table, condition) in of_set(set) {
        let sql = format!("DELETE FROM {table} WHERE {condition}");
        assert!(run(raw, &sql).await > 0, "nothing of {table} is in the set {set}");
    }
}

/// An enterprise declares a standard; a test method of it cites a standard that another took the place of.
fn declare(enterprise: u32, number: u32) -> Submission {
    let indicator = |name: &str, category| Indicator {
        name: name.to_owned(),
        requirement: Some("≥12.5".to_owned()),
        unit: Some("m".to_owned()),
        test_method: Some(format!("GB/T 100{}-2001", number % 10)),
        category: Some(category),
        level_note: None,
    };
    Submission::Declare(Declare {
        credit_code: credit_code(enterprise),
        enterprise_name: Some(format!("苏州编造{enterprise}号泵业有限公司")),
        region_code: Some(HERE.to_owned()),
        standard_number: format!("Q/320582TSA {number:03}-2024"),
        content: DeclaredContent {
            standard_name: Some("离心泵".to_owned()),
            products: vec![DeclaredProduct {
                name: format!("离心泵{number}"),
                ..DeclaredProduct::default()
            }],
            indicators: vec![
                indicator("外观", IndicatorCategory::Functional),
                indicator("扬程", IndicatorCategory::Performance),
            ],
            ..DeclaredContent::default()
        },
    })
}

/// A database with all three sets, everything in it public. Nobody is connected to it.
pub(super) async fn filled(engine: Engine) -> TestDatabase {
    let database = TestDatabase::new(engine).await;
    let db = database.open().await;
    let folder = database.folder().join("data");
    let ingester = match Ingester::new(db.clone(), test_clock(), folder).await {
        Ok(ingester) => ingester,
        Err(error) => panic!("{error}"),
    };
    let mut files = Vec::new();
    for set in 1..=3 {
        let mut rows = format!(
            "GB/T 100{set}-2020,泵 第{set}部分,现行,代替GB/T 100{set}-2001\n,没有编号的第{set}行,现行,\n"
        );
        if set == 1 {
            // What is public comes out of no file that can be hidden.
            rows += "GB/T 1001-2001,泵,作废,\nGB/T 1002-2001,泵,作废,\nGB/T 1003-2001,泵,作废,\n";
        }
        let text = format!("标准编号,标准名称,标准状态,替代情况\n{rows}");
        files.push((
            format!("list{set}.csv"),
            text,
            NaiveDate::from_ymd_opt(2026, 3, set),
        ));
    }
    let projects = (1..=3).map(|set| {
        let code = format!("2025000{set}-T-469");
        json!({ "code": code, "title": "泵", "status": "正在起草", "std_type_raw": "国标计划" }).to_string()
            + "\n"
    });
    files.push(("projects.ndjson".to_owned(), projects.collect(), None));
    for (name, text, as_of) in files {
        let request = Request {
            adapter: Adapter::StandardsCatalogue,
            path: database.write(&name, text),
            as_of,
            complete: false,
        };
        if let Err(error) = ingester.ingest(&request, &Silent).await {
            panic!("{name}: {error}");
        }
    }
    drop(ingester);
    // Two declarations more of the first enterprise stay public: one to revise, one to withdraw.
    for (enterprise, number) in [
        (1, 101),
        (1, 102),
        (1, 103),
        (1, 104),
        (1, 105),
        (2, 112),
        (3, 113),
    ] {
        let (clock, asked) = (test_clock(), Asked::public());
        let (key, declare) = (format!("world-{number}"), declare(enterprise, number));
        let done = declaration::submit(&db, &Scope::public(), &clock, &asked, &key, &declare).await;
        assert!(matches!(done, Ok(Submitted::Accepted { .. })), "{done:?}");
    }
    let raw = database.raw().await;
    for code in ["320000", "320500", "320581", "320582", "320585", "320586"] {
        run(
            &raw,
            &format!(
                "INSERT INTO region (code, name, level, nature, successors, flags, audience, region) \
                 VALUES ('{code}', '泵县', 'COUNTY', 'ADMINISTRATIVE', '[]', '[]', 'PUBLIC', '{code}')"
            ),
        )
        .await;
    }
    for statement in ledgers::statements() {
        run(&raw, &statement).await;
    }
    close(raw, db).await;
    database
}

async fn close(raw: DatabaseConnection, db: Database) {
    if let Err(error) = raw.close().await {
        panic!("{error}");
    }
    if let Err(error) = db.close().await {
        panic!("{error}");
    }
}

impl World {
    /// A hub over a database; it believes the tokens of the bureau.
    pub(crate) async fn over(database: TestDatabase, bureau: &Arc<Bureau>) -> Self {
        let limits = api::Limits {
            cost_per_minute: None,
            ..api::Limits::default()
        };
        let settings = bureau.settings(api::Settings {
            limits,
            ..api::Settings::default()
        });
        Self {
            raw: database.raw().await,
            server: Server::start_with(database.open().await, test_clock(), settings),
            _database: database,
            bureau: Arc::clone(bureau),
        }
    }

    /// Asks as somebody, with `POST`.
    pub(crate) async fn ask(&self, reader: &Reader, document: &str, variables: Value) -> Reply {
        let body = json!({ "query": document, "variables": variables });
        self.send(
            reader,
            self.server.client().post(self.server.url("/graphql")).json(&body),
        )
        .await
    }

    /// Asks as somebody, with `GET`: the answer has a tag.
    pub(super) async fn get(&self, reader: &Reader, document: &str) -> Reply {
        let address =
            reqwest::Url::parse_with_params(&self.server.url("/graphql"), [("query", document)]).unwrap();
        self.send(reader, self.server.client().get(address)).await
    }

    /// The first event of a stream.
    pub(super) async fn hear(&self, reader: &Reader, document: &str) -> Reply {
        let request = self.server.client().post(self.server.url("/graphql"));
        let request = request
            .header("accept", "text/event-stream")
            .json(&json!({ "query": document }));
        let mut response = reader
            .sign(request)
            .header("x-request-id", "x")
            .send()
            .await
            .unwrap();
        let mut text = String::new();
        // Comments that keep the stream open come before the first event.
        while !text.lines().any(|line| line.starts_with("data: ")) || !text.ends_with('\n') {
            match response.chunk().await.unwrap() {
                Some(bytes) => text.push_str(&String::from_utf8_lossy(&bytes)),
                None => break,
            }
        }
        let data = text.lines().find_map(|line| line.strip_prefix("data: "));
        Reply {
            status: response.status().as_u16(),
            headers: Vec::new(),
            text: data.unwrap_or(&text).to_owned(),
        }
    }

    async fn send(&self, reader: &Reader, request: reqwest::RequestBuilder) -> Reply {
        let answer = reader
            .sign(request)
            .header("x-request-id", "x")
            .send()
            .await
            .unwrap();
        let mut headers: Vec<(String, String)> = answer
            .headers()
            .iter()
            .filter(|(name, _)| *name != "date")
            .map(|(name, value)| {
                (
                    name.to_string(),
                    in_order(&String::from_utf8_lossy(value.as_bytes())),
                )
            })
            .collect();
        headers.sort();
        Reply {
            status: answer.status().as_u16(),
            headers,
            text: answer.text().await.unwrap(),
        }
    }

    /// The names of rows by which they answer over HTTP, with the audience that each is for now.
    pub(super) async fn audiences(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        let plain = [("ingest_run", "id", ""), ("quarantine", "id", "")];
        for (table, key, kind) in RECORDS.into_iter().chain(plain) {
            // What is public for a time is told apart when that time is not now.
            let audience = match DATED.contains(&table) {
                true => {
                    "CASE WHEN public_from IS NULL AND public_until IS NULL THEN audience ELSE 'OUT OF TIME' END AS audience"
                }
                false => "audience",
            };
            let sql = format!("SELECT {key} AS name, {audience} FROM {table}");
            let statement = Statement::from_string(self.raw.get_database_backend(), sql);
            for row in self.raw.query_all_raw(statement).await.unwrap() {
                let name: String = row.try_get("", "name").unwrap();
                let audience: String = row.try_get("", "audience").unwrap();
                let id = if kind.is_empty() {
                    name
                } else {
                    node_id(kind, &name)
                };
                found.insert(id, audience.to_lowercase());
            }
        }
        found
    }
}

/// The global id of a record.
pub(crate) fn node_id(kind: &str, key: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("1:{kind}:{key}"))
}

/// The kind and key behind a global id.
pub(super) fn record_of(id: &str) -> (String, String) {
    let bytes = URL_SAFE_NO_PAD.decode(id).unwrap_or_default();
    let text = String::from_utf8(bytes).unwrap_or_default();
    let mut parts = text.splitn(3, ':').skip(1).map(str::to_owned);
    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}
