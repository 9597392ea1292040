//! A hub over either engine that takes files in while it is followed.

use std::path::Path;

use api::identity::Grant;
use client::{Filter, Settings, Token};
use entity::access::Role;
use entity::value::{SocialCreditCode, organization_check_character};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use support::bureau::Bureau;
use support::stand_in_hub::Rows;
use support::{Engine, Hub, Server, TestDatabase, test_clock};

use super::{Place, copied, follower, impatient};

/// Standards of the list.
pub(crate) const STANDARDS: u32 = 150;

/// A hub that takes files in while it is followed.
pub(crate) struct Source {
    pub(crate) database: TestDatabase,
    pub(crate) server: Server,
    pub(crate) bureau: Bureau,
}

pub(crate) fn served(db: entity::Database, bureau: &Bureau) -> Server {
    let unlimited = api::Settings {
        limits: api::Limits {
            cost_per_minute: None,
            ..api::Limits::default()
        },
        ..api::Settings::default()
    };
    Server::start_with(db, test_clock(), bureau.settings(unlimited))
}

/// A credit system of a district.
pub(crate) fn credit(region: &str, kinds: &[&str]) -> Grant {
    Grant {
        region: Some(region.to_owned()),
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        ..Grant::new(Role::CreditClient)
    }
}

/// A declaration of an enterprise that does not exist, from a place, as the exchange format has it.
fn declaration(number: u32, region: &str, word: &str) -> Value {
    let body = format!("MA{number:06}");
    let check = organization_check_character(&body).unwrap();
    let code = SocialCreditCode::with_check_digit(&format!("91000000{body}{check}")).unwrap();
    json!({
        "op": "UPSERT", "record_id": format!("record-{number}"), "credit_code": code.as_str(),
        "enterprise_name": format!("苏州编造{number}号泵业有限公司"), "region_code": region,
        "standard_number": format!("Q/320582TSA {number:03}-2023"), "standard_name": "离心泵", "standard_type": "企业标准",
        "published_on": "2023-05-01", "declared_at": "2023-05-12 10:31", "status": "现行有效", "text_public": "是",
        "pledge": format!("本企业负责{word}。"), "below_recommended": "否", "products": [{ "name": "离心泵", "model": word }],
    })
}

impl Source {
    pub(crate) async fn open(engine: Engine) -> Self {
        let database = TestDatabase::new(engine).await;
        let bureau = Bureau::default();
        let server = served(database.open().await, &bureau);
        let source = Self {
            database,
            server,
            bureau,
        };
        source.list("一", 1, |_| true);
        source.declare(
            1,
            &[
                (1, "320582"),
                (2, "320582"),
                (3, "320581"),
                (4, "320581"),
                (5, "330000"),
            ],
            "甲",
        );
        source
    }

    pub(crate) fn url(&self) -> String {
        self.server.url("")
    }

    pub(crate) fn take(&self, adapter: &str, name: &str, text: &str, day: u32, more: &[&str]) {
        let path = self.database.write(name, text);
        let day = format!("2026-{:02}-{:02}", 1 + day / 28, 1 + day % 28);
        let more = [&["--as-of", &day], more].concat();
        let hub = Hub::on(&self.database);
        let ran = hub.ingest(adapter, &path, &more);
        if ran.code == Some(3) {
            // It tells of much less than the one before.
            let run = ran.json()["run"].as_str().unwrap_or_default().to_owned();
            assert_eq!(hub.run(&["runs", "release", &run]).code, Some(0));
        } else {
            assert_eq!(ran.code, Some(0), "{ran:?}");
        }
    }

    /// Takes in a complete list of standards with a word in their titles.
    pub(crate) fn list(&self, word: &str, day: u32, keep: impl Fn(u32) -> bool) {
        self.standards(STANDARDS, word, day, keep);
    }

    /// The same with so many standards.
    pub(crate) fn standards(&self, count: u32, word: &str, day: u32, keep: impl Fn(u32) -> bool) {
        let rows = (1..=count).filter(|number| keep(*number));
        let rows: String = rows
            .map(|number| format!("GB/T {}-2020,标准{word},现行\n", 90_000 + number))
            .collect();
        let text = format!("标准编号,标准名称,标准状态\n{rows}");
        self.take("standards-catalogue", "list.csv", &text, day, &["--complete"]);
    }

    /// Takes in declarations of enterprises, each from its place.
    pub(crate) fn declare(&self, day: u32, places: &[(u32, &str)], word: &str) {
        let lines: String = places
            .iter()
            .map(|(number, region)| format!("{}\n", declaration(*number, region, word)))
            .collect();
        self.take(
            "enterprise-standard-platform",
            "declared.ndjson",
            &lines,
            day,
            &[],
        );
    }

    pub(crate) async fn run(&self, sql: &str) {
        let done = self.database.raw().await.execute_unprepared(sql).await.unwrap();
        assert!(done.rows_affected() > 0, "{sql}");
    }

    /// The one number that a statement finds.
    pub(crate) async fn number(&self, sql: &str, column: &str) -> i64 {
        let raw = self.database.raw().await;
        let statement = Statement::from_string(raw.get_database_backend(), sql);
        let row = raw.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get("", column).unwrap()
    }

    pub(crate) fn settings(&self, subject: &str, grant: &Grant) -> Settings {
        Settings {
            token: Token::Fixed(self.bureau.token(subject, grant.clone())),
            ..impatient(&self.url())
        }
    }

    /// Brings the copy of a reader up to date; gives what was done.
    pub(crate) async fn follow(
        &self,
        subject: &str,
        grant: &Grant,
        filter: &Filter,
        copy: &Path,
    ) -> client::Summary {
        let mut follower = follower(&self.settings(subject, grant), copy, filter).await;
        follower.catch_up().await.unwrap();
        follower.summary()
    }

    /// What a reader who begins now gets.
    pub(crate) async fn fresh(&self, grant: &Grant, filter: &Filter) -> Rows {
        let place = Place::new("fresh.sqlite");
        self.follow("somebody-new", grant, filter, &place.path()).await;
        copied(&place.path()).await
    }
}
