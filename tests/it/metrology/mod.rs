//! Measuring instruments: ledgers, type approvals, due days, who sees them, and the calendar.

mod approval;
mod calendar;
mod due;
mod generated;
mod ledger;
mod order;
mod visibility;

use std::sync::Arc;

use chrono::NaiveDate;
use entity::Database;
use entity::value::{SocialCreditCode, organization_check_character};
use ingest::{Adapter, Ingester, Report, Request, Silent};
use serde_json::{Value, json};
use support::bureau::{Bureau, staff};
use support::{Server, TestDatabase, test_clock};

/// A bureau that sees the county of these tests.
const HERE: &str = "320582";
/// The columns of a ledger, in plain words.
const HEADER: &str = "强检编号,器具名称,出厂编号,制造厂家,型号规格,测量范围,强检用途,强检方式,检定周期(月),使用状态,使用单位,统一社会信用代码,\
    行政区划,安装地点,是否登记造册,是否备案,检定日期,检定机构,检定结果,证书号,有效期至,下次检定日期";

/// The credit code of an enterprise that does not exist, by its number: region 000000, right check characters.
fn credit_code(number: u32) -> String {
    let body = format!("MB{number:06}");
    let check = organization_check_character(&body).unwrap();
    let code = SocialCreditCode::with_check_digit(&format!("91000000{body}{check}")).unwrap();
    code.as_str().to_owned()
}

/// A row of a ledger: what is not told is empty.
#[derive(Clone, Default)]
struct Row {
    code: String,
    serial: String,
    owner: u32,
    /// Whether the owner is told by its credit code.
    coded: bool,
    region: String,
    mode: String,
    months: String,
    status: String,
    range: String,
    registered: String,
    filed: String,
    verified_on: String,
    result: String,
    certificate: String,
    valid_until: String,
    next_on: String,
}

/// An instrument of an owner, with nothing told of its verification.
fn row(serial: &str, owner: u32) -> Row {
    Row {
        serial: serial.to_owned(),
        owner,
        coded: true,
        region: HERE.to_owned(),
        status: "在用".to_owned(),
        ..Row::default()
    }
}

impl Row {
    fn verified(mut self, on: &str, until: &str) -> Self {
        on.clone_into(&mut self.verified_on);
        until.clone_into(&mut self.valid_until);
        "合格".clone_into(&mut self.result);
        self
    }

    fn line(&self) -> String {
        let code = if self.coded {
            credit_code(self.owner)
        } else {
            String::new()
        };
        [
            self.code.as_str(),
            "电子台秤",
            &self.serial,
            "编造衡器厂",
            "TCS-150",
            &self.range,
            "贸易结算",
            &self.mode,
            &self.months,
            &self.status,
            &format!("苏州编造{}号超市有限公司", self.owner),
            &code,
            &self.region,
            "一楼",
            &self.registered,
            &self.filed,
            &self.verified_on,
            "张家港市计量所",
            &self.result,
            &self.certificate,
            &self.valid_until,
            &self.next_on,
        ]
        .join(",")
    }
}

/// A ledger of these rows.
fn ledger(rows: &[Row]) -> String {
    let lines: Vec<String> = rows.iter().map(Row::line).collect();
    format!("{HEADER}\n{}\n", lines.join("\n"))
}

/// Takes a file in.
async fn bring(
    database: &TestDatabase,
    db: &Database,
    adapter: Adapter,
    name: &str,
    text: &str,
    as_of: &str,
) -> Report {
    let folder = database.folder().join("data");
    let ingester = Ingester::new(db.clone(), test_clock(), folder).await.unwrap();
    let request = Request {
        adapter,
        path: database.write(name, text),
        as_of: Some(as_of.parse::<NaiveDate>().unwrap()),
        complete: false,
    };
    match ingester.ingest(&request, &Silent).await {
        Ok(report) => report,
        Err(error) => panic!("{name}: {error}"),
    }
}

/// A server over a database that was filled, and a bureau whose tokens it believes.
struct Desk {
    server: Server,
    bureau: Arc<Bureau>,
}

impl Desk {
    fn open(db: Database) -> Self {
        let bureau = Arc::new(Bureau::default());
        let limits = api::Limits {
            cost_per_minute: None,
            ..api::Limits::default()
        };
        let settings = bureau.settings(api::Settings {
            limits,
            ..api::Settings::default()
        });
        Self {
            server: Server::start_with(db, test_clock(), settings),
            bureau,
        }
    }

    /// Asks with a token, or with none.
    async fn ask(&self, token: Option<&str>, query: &str) -> Value {
        let request = self.server.client().post(self.server.url("/graphql"));
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let answer = request.json(&json!({ "query": query })).send().await.unwrap();
        let mut answer: Value = answer.json().await.unwrap();
        assert!(answer.get("errors").is_none(), "{query}: {answer:#}");
        answer["data"].take()
    }

    /// Asks as staff of the county.
    async fn staff(&self, query: &str) -> Value {
        let token = self.bureau.token("clerk", staff(HERE));
        self.ask(Some(&token), query).await
    }
}

/// The members of a list.
fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The texts of a list.
fn words(value: &Value) -> Vec<String> {
    items(value)
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}
