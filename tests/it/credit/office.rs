//! A hub with credit records of invented subjects, taken in inside the test process, and what somebody sees of them on a day.

use std::sync::atomic::{AtomicU32, Ordering};

use api::identity::Grant;
use chrono::{DateTime, Days, NaiveDate};
use entity::{Clock, Database};
use ingest::file::spreadsheet::{COMMAND, Program};
use ingest::{Adapter, Ingester, Report, Request, Silent};
use serde_json::{Value, json};
use support::bureau::Bureau;
use support::{Engine, Server, TestDatabase};

pub(super) const PUBLICITY: &str = "double-publicity";
pub(super) const LISTS: &str = "credit-listings";

/// Columns of penalties of 2018.
pub(crate) const PENALTIES: &str = "CF_XDR_MC,CF_XDR_LB,CF_XDR_SHXYM,CF_XDR_ZJHM,CF_FRDB,CF_WSH,CF_WFXW,CF_WFSS,CF_CFLB1,CF_NR,\
    CF_NR_FK,CF_NR_WFFF,CF_JDRQ,CF_GSRQ,CF_GSJZQ,CF_CFJG,CF_AREACODE,CF_ZT,OP,CF_CXLY\n";
/// Columns of licences of 2018.
pub(crate) const LICENCES: &str = "XK_XDR_MC,XK_XDR_LB,XK_XDR_SHXYM,XK_XDR_ZJHM,XK_WSH,XK_XKLB,XK_XKZS,XK_XKBH,XK_NR,XK_JDRQ,XK_YXQZ,\
    XK_YXQZI,XK_XKJG,XK_AREACODE,XK_ZT,OP\n";
pub(crate) const ABNORMAL: &str = "统一社会信用代码,企业名称,列入经营异常名录原因,列入日期,作出决定机关（列入）,移出日期,移出经营异常名录原因,作出决定机关（移出）,行政区划代码\n";
pub(super) const SERIOUS: &str = "统一社会信用代码,企业名称,列入严重违法失信名单原因,列入日期,作出决定机关（列入）,移出日期,移出严重违法失信名单原因,作出决定机关（移出）,行政区划代码\n";
pub(crate) const REPAIRS: &str = "统一社会信用代码,企业名称,修复事项,行政处罚决定书文号,处罚决定日期,列入日期,列入原因,申请日期,受理日期,修复决定日期,修复结果,修复机关,行政区划代码,操作类型\n";
pub(crate) const RATINGS: &str = "统一社会信用代码,企业名称,月份,信用风险等级,分类模型,行政区划代码\n";

/// A hub in the test process.
pub(super) struct Office {
    pub(super) database: TestDatabase,
    pub(super) db: Database,
    bureau: Bureau,
}

/// Noon of a day in China.
pub(super) fn noon(day: NaiveDate) -> Clock {
    let at = day.and_hms_opt(4, 0, 0).map(|at| at.and_utc());
    Clock::Fixed(at.unwrap_or(DateTime::UNIX_EPOCH))
}

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap()
}

impl Office {
    pub(super) async fn open(engine: Engine) -> Self {
        Self::over(TestDatabase::new(engine).await).await
    }

    pub(super) async fn over(database: TestDatabase) -> Self {
        Self {
            db: database.open().await,
            bureau: Bureau::default(),
            database,
        }
    }

    /// Takes a file in on the day that it describes.
    pub(super) async fn take(
        &self,
        adapter: &str,
        ending: &str,
        bytes: impl AsRef<[u8]>,
        as_of: &str,
    ) -> Report {
        self.take_on(adapter, ending, bytes, as_of, date(as_of)).await
    }

    /// Takes a file in on another day than the one that it describes.
    pub(super) async fn take_on(
        &self,
        adapter: &str,
        ending: &str,
        bytes: impl AsRef<[u8]>,
        as_of: &str,
        today: NaiveDate,
    ) -> Report {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let name = format!("credit-{}.{ending}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let request = Request {
            adapter: Adapter::parse(adapter).unwrap(),
            path: self.database.write(&name, bytes),
            as_of: Some(date(as_of)),
            complete: false,
        };
        let folder = self.database.folder().join("data");
        let mut ingester = Ingester::new(self.db.clone(), noon(today), folder).await.unwrap();
        if ending == "xlsx" {
            // Only the binary can read workbooks.
            ingester = ingester.reading_workbooks_with(Program {
                path: support::hub::binary().to_owned(),
                arguments: vec![COMMAND.into()],
            });
        }
        match ingester.ingest(&request, &Silent).await {
            Ok(report) => report,
            Err(error) => panic!("{error}"),
        }
    }

    /// The same, without anything set aside.
    pub(super) async fn accepted(&self, adapter: &str, text: &str, as_of: &str) -> Report {
        let report = self.take(adapter, "csv", text, as_of).await;
        assert_eq!(report.counts.quarantined, 0, "{report:?}");
        report
    }

    /// A server on a day.
    pub(super) fn on(&self, day: NaiveDate) -> Server {
        let settings = self.bureau.settings(api::Settings {
            limits: api::Limits {
                cost_per_minute: None,
                ..api::Limits::default()
            },
            ..api::Settings::default()
        });
        Server::start_with(self.db.clone(), noon(day), settings)
    }

    /// A server on the day of tokens.
    pub(super) fn on_test_day(&self) -> Server {
        self.on(support::test_clock().today())
    }

    /// What everybody, or somebody by the day of the other tests, is answered.
    pub(super) async fn ask(&self, server: &Server, who: Option<Grant>, query: &str) -> Value {
        let mut request = server
            .client()
            .post(server.url("/graphql"))
            .json(&json!({ "query": query }));
        if let Some(grant) = who {
            request = request.bearer_auth(self.bureau.token("somebody", grant));
        }
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert!(answer.get("errors").is_none(), "{query}: {answer}");
        answer["data"].clone()
    }
}

/// A penalty as a row of 2018. What is not told is empty.
#[derive(Debug, Clone)]
pub(super) struct Penalty<'a> {
    pub(super) name: &'a str,
    pub(super) kind: &'a str,
    pub(super) code: String,
    pub(super) identity_number: &'a str,
    pub(super) number: String,
    pub(super) words: &'a str,
    pub(super) fine: String,
    pub(super) confiscated: &'a str,
    pub(super) decided: NaiveDate,
    pub(super) published: Option<NaiveDate>,
    pub(super) deadline: Option<NaiveDate>,
    pub(super) op: &'a str,
}

impl Penalty<'_> {
    pub(super) fn line(&self) -> String {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        format!(
            "{},{},{},{},赵六,{},虚假宣传,{}在店内虚假宣传,{},{},{},{},{},{},{},苏州市市场监督管理局,320582,,{},来源更正\n",
            self.name,
            self.kind,
            self.code,
            self.identity_number,
            self.number,
            self.name,
            self.words,
            self.words,
            self.fine,
            self.confiscated,
            self.decided,
            day(self.published),
            day(self.deadline),
            self.op,
        )
    }
}
