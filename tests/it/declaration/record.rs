//! Exchange records of invented enterprises, the files that bring them to the hub, and what the hub then shows.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use entity::value::{SocialCreditCode, organization_check_character};
use serde_json::{Map, Value, json};
use support::{Hub, Ran, Server, TestDatabase, test_clock};

/// The adapter of declarations.
pub(super) const PLATFORM: &str = "enterprise-standard-platform";
/// The adapter of lists of enterprises.
pub(super) const REGISTER: &str = "enterprise-register";
/// The adapter of lists of standards.
pub(super) const CATALOGUE: &str = "standards-catalogue";

/// The enterprise that declares unless told otherwise; its credit code has the number 1.
pub(super) const NAME: &str = "苏州甲乙泵业（张家港）有限公司";
/// Another enterprise.
pub(super) const OTHER_NAME: &str = "苏州丙丁阀门有限公司";

/// A standard of [`STANDARDS`] that is withdrawn.
pub(super) const WITHDRAWN: &str = "GB/T 900001-2010";
/// A standard of [`STANDARDS`] that is in force.
pub(super) const IN_FORCE: &str = "GB/T 900002-2020";
/// A tiny catalogue; no such standards exist.
pub(super) const STANDARDS: &str = "标准编号,标准名称,标准状态,发布日期,实施日期\n\
    GB/T 900001-2010,编造标准甲,作废,2010-01-04,2010-07-01\n\
    GB/T 900002-2020,编造标准乙,现行,2020-01-02,2020-07-01\n";

/// An exchange record: one declaration as the platform tells it.
#[derive(Debug, Clone)]
pub(super) struct Record(Map<String, Value>);

impl Record {
    /// A declaration of the standard Q/320582TSA `serial`-2023 with which nothing is wrong.
    pub(super) fn new(id: &str, serial: u32) -> Self {
        Self::of(json!({
            "op": "UPSERT",
            "record_id": id,
            "credit_code": credit_code(1),
            "enterprise_name": NAME,
            "region_code": "320582",
            "address": "江苏省苏州市张家港市甲路1号",
            "standard_number": format!("Q/320582TSA {serial:03}-2023"),
            "standard_name": "离心泵",
            "standard_type": "企业标准",
            "published_on": "2023-05-01",
            "declared_at": "2023-05-12 10:31",
            "status": "现行有效",
            "text_public": "是",
            "pledge": "本企业对所公开标准的真实性负责。",
            "below_recommended": "否",
            "products": [{ "name": "离心泵", "model": format!("A-{serial}") }],
            "indicators": [indicator("外观", "功能", "目测"), indicator("扬程", "性能", "按本标准附录A")],
        }))
    }

    /// That the source does not hold a record any more: the id is all that it says.
    pub(super) fn deleted(id: &str) -> Self {
        Self::of(json!({ "op": "DELETE", "record_id": id }))
    }

    fn of(fields: Value) -> Self {
        match fields {
            Value::Object(fields) => Self(fields),
            other => panic!("{other} is no object"),
        }
    }

    /// The same with another value; an empty one is not said.
    pub(super) fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.0.insert(field.to_owned(), value.into());
        self
    }

    /// The same, declared by another enterprise.
    pub(super) fn by(self, code: &str, name: &str) -> Self {
        self.with("credit_code", code).with("enterprise_name", name)
    }

    /// The same for another standard, with the platform's word for its level.
    pub(super) fn of_standard(self, number: &str, level: &str) -> Self {
        self.with("standard_number", number).with("standard_type", level)
    }

    /// The text of a field; empty where it is not said.
    pub(super) fn text(&self, field: &str) -> &str {
        self.0.get(field).map_or("", word)
    }

    /// The objects of a field.
    pub(super) fn objects(&self, field: &str) -> Vec<&Value> {
        self.0.get(field).into_iter().flat_map(items).collect()
    }

    /// The line of an NDJSON file.
    pub(super) fn line(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }
}

/// The lines of an NDJSON file.
pub(super) fn lines(records: &[Record]) -> Vec<String> {
    records.iter().map(Record::line).collect()
}

/// An indicator; an empty category or method is not said.
pub(super) fn indicator(name: &str, category: &str, method: &str) -> Value {
    json!({ "name": name, "requirement": "≥12.5", "unit": "m", "category": category, "test_method": method })
}

/// The credit code of an enterprise that does not exist, by its number: region 000000, right check characters.
pub(crate) fn credit_code(number: u32) -> String {
    let body = format!("MA{number:06}");
    let check = organization_check_character(&body).unwrap();
    let code = SocialCreditCode::with_check_digit(&format!("91000000{body}{check}")).unwrap();
    assert!(code.check_digit_ok() && code.is_fictitious(), "{code}");
    code.as_str().to_owned()
}

/// A list of enterprises in operation, by credit code and name.
pub(super) fn register(rows: &[(&str, &str)]) -> String {
    let mut text = "统一社会信用代码,企业名称,登记状态,行政区划代码\n".to_owned();
    for (code, name) in rows {
        text += &format!("{code},{name},存续,320582\n");
    }
    text
}

/// Brings a file to an adapter as of a day, under a name that no other file has.
pub(super) fn bring(
    database: &TestDatabase,
    adapter: &str,
    ending: &str,
    bytes: impl AsRef<[u8]>,
    as_of: &str,
) -> Ran {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    let name = format!("file-{}.{ending}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let path = database.write(&name, bytes);
    Hub::on(database).ingest(adapter, &path, &["--as-of", as_of])
}

/// Brings a file that has to be taken without anything to look at.
pub(super) fn accepted(
    database: &TestDatabase,
    adapter: &str,
    ending: &str,
    bytes: impl AsRef<[u8]>,
    as_of: &str,
) -> Ran {
    let ran = bring(database, adapter, ending, bytes, as_of);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.json()["quarantined"], 0, "{ran:?}");
    ran
}

/// Brings lines of declarations as of a day; all of them have to be taken.
pub(super) fn taken(database: &TestDatabase, lines: &[String], as_of: &str) -> Ran {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    accepted(database, PLATFORM, "ndjson", text, as_of)
}

/// Asks a query that must succeed of the one server over the database; gives its data.
pub(super) async fn ask(database: &TestDatabase, query: &str, variables: Value) -> Value {
    static SERVERS: Mutex<BTreeMap<String, Arc<Server>>> = Mutex::new(BTreeMap::new());
    let known = SERVERS.lock().unwrap().get(database.url()).cloned();
    let server = match known {
        Some(server) => server,
        None => {
            let server = Arc::new(Server::start(database.open().await, test_clock()));
            let url = database.url().to_owned();
            SERVERS.lock().unwrap().insert(url, server.clone());
            server
        }
    };
    server.data(query, variables).await
}

/// Everything about enterprises, products, declarations and standards but places in files and instants.
const GOLDEN: &str = "{ \
    declarations(first: 30) { totalCount nodes { recordId standardNumber standardName standardKind status statusWord \
      publishedOn declaredOn firstDeclaredOn endedOn enterpriseName textPublic pledge belowRecommended flags \
      enterprise { creditCode name } standard { number name status } products(first: 20) { nodes { name model gtin } } \
      indicators { name requirement unit testMethod category levelNote } findings { rule values { name value } } \
      versions { version changeKind recordId enterpriseName validFrom validUntil modifiedOn } } } \
    enterprises(first: 30) { totalCount nodes { creditCode organizationCode name formerNames { name until } status \
      statusWord address flags declarations(first: 20) { totalCount nodes { recordId } } products { totalCount } } } \
    products(first: 30) { totalCount nodes { name genericName brand spec model gtin category flags \
      enterprise { creditCode name } declarations(first: 20) { nodes { recordId } } \
      standardsInForce { version validFrom validUntil declaration { recordId } standard { number } } } } \
    standards(first: 30) { totalCount nodes { number name kind issuedOn declarations { totalCount } } } \
    ofTheCounty: declarations(filter: { regionCode: \"320582\" }) { totalCount } }";

/// What the hub shows, without what tells of the way there.
pub(super) async fn golden(database: &TestDatabase) -> Value {
    let shown = ask(database, GOLDEN, json!({})).await;
    for list in ["declarations", "enterprises", "products", "standards"] {
        let rows = items(&shown[list]["nodes"]).count();
        assert_eq!(
            shown[list]["totalCount"],
            json!(rows),
            "{list} has more than a page"
        );
    }
    shown
}

/// Compares what two databases show; tells the first row that differs, not all of them.
pub(super) fn assert_same(shown: &Value, expected: &Value, what: &str) {
    for (list, rows) in expected.as_object().into_iter().flatten() {
        for (row, other) in items(&rows["nodes"]).zip(items(&shown[list]["nodes"])) {
            assert_eq!(other, row, "{what}: {list}");
        }
    }
    assert_eq!(shown, expected, "{what}");
}

/// The items of a JSON array; none of anything else.
pub(super) fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The text of a JSON value; empty for anything else.
pub(super) fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
