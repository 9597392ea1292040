//! A bureau's hub whose feed tests read, and what a client of it keeps.

use std::collections::BTreeMap;

use api::identity::Grant;
use entity::access::Role;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use support::bureau::Bureau;
use support::{Engine, Hub, Server, TestDatabase, test_clock};

/// A hub with standards, some of which are for staff of a county.
pub(super) struct Office {
    pub(super) database: TestDatabase,
    pub(super) server: Server,
    pub(super) bureau: Bureau,
}

/// What a client keeps: bodies by kind and key, and where it stands.
#[derive(Debug, Default, Clone)]
pub(super) struct Copy {
    pub(super) rows: BTreeMap<(String, String), String>,
    pub(super) cursor: Option<String>,
    pub(super) told: Vec<String>,
}

const CHANGES: &str = "query($after: String, $kinds: [String!], $regions: [String!]) { \
    changes(first: 3, after: $after, kinds: $kinds, regions: $regions) { endCursor hasNextPage \
    nodes { operation kind key version body recordId } } }";

pub(super) fn credit(region: &str, kinds: &[&str]) -> Grant {
    Grant {
        region: Some(region.to_owned()),
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        ..Grant::new(Role::CreditClient)
    }
}

impl Office {
    pub(super) async fn open(engine: Engine) -> Self {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let bureau = Bureau::default();
        let server = Server::start_with(db, test_clock(), bureau.settings(api::Settings::default()));
        let office = Self {
            database,
            server,
            bureau,
        };
        office.ingest("一", 1);
        office.run("UPDATE feed SET audience = 'STAFF', region = '320582' WHERE record_key IN ('GB/T11-2020', 'GB/T12-2020')").await;
        office.run("UPDATE feed SET audience = 'STAFF', region = '320581' WHERE record_key IN ('GB/T13-2020', 'GB/T14-2020')").await;
        office
            .run("UPDATE feed SET audience = 'STAFF', region = '330000' WHERE record_key = 'GB/T15-2020'")
            .await;
        office.run("UPDATE feed SET kind = 'Enterprise', region = '320582' WHERE record_key IN ('GB/T16-2020', 'GB/T17-2020')").await;
        office
            .run("UPDATE feed SET kind = 'Declaration', region = '320581' WHERE record_key = 'GB/T18-2020'")
            .await;
        office
    }

    /// Takes in ten standards with a word in their titles.
    pub(super) fn ingest(&self, word: &str, day: u32) {
        let rows: String = (11..21)
            .map(|number| format!("GB/T {number}-2020,标准{word},现行\n"))
            .collect();
        let path = self
            .database
            .write("list.csv", format!("标准编号,标准名称,标准状态\n{rows}"));
        let ran = Hub::on(&self.database).ingest(
            "standards-catalogue",
            &path,
            &["--as-of", &format!("2026-03-{day:02}")],
        );
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }

    pub(super) async fn run(&self, sql: &str) {
        let done = self.database.raw().await.execute_unprepared(sql).await.unwrap();
        assert!(done.rows_affected() > 0, "{sql}");
    }

    pub(super) async fn ask(&self, subject: &str, grant: &Grant, after: Option<&str>) -> Value {
        self.query(subject, grant, CHANGES, json!({ "after": after }))
            .await
    }

    /// Asks a query as somebody.
    pub(super) async fn query(&self, subject: &str, grant: &Grant, query: &str, variables: Value) -> Value {
        let token = self.bureau.token(subject, grant.clone());
        let body = json!({ "query": query, "variables": variables });
        let asked = self
            .server
            .client()
            .post(self.server.url("/graphql"))
            .bearer_auth(token)
            .json(&body);
        asked.send().await.unwrap().json().await.unwrap()
    }

    /// Reads on until there is nothing more.
    pub(super) async fn follow(&self, subject: &str, grant: &Grant, copy: &mut Copy) {
        self.follow_some(subject, grant, (&[], &[]), copy).await;
    }

    /// The same for some kinds and regions.
    pub(super) async fn follow_some(
        &self,
        subject: &str,
        grant: &Grant,
        (kinds, regions): (&[&str], &[&str]),
        copy: &mut Copy,
    ) {
        copy.told.clear();
        for _ in 0..100 {
            let variables = json!({ "after": copy.cursor, "kinds": kinds, "regions": regions });
            let answer = self.query(subject, grant, CHANGES, variables).await;
            let page = &answer["data"]["changes"];
            assert!(page.is_object(), "{answer:#}");
            for change in page["nodes"].as_array().unwrap() {
                copy.take(change);
            }
            copy.cursor = page["endCursor"].as_str().map(str::to_owned);
            if page["hasNextPage"] == false {
                return;
            }
        }
        panic!("the feed does not end: {copy:?}");
    }

    /// What somebody gets who begins anew.
    pub(super) async fn anew(&self, grant: &Grant) -> BTreeMap<(String, String), String> {
        let mut copy = Copy::default();
        self.follow("somebody-new", grant, &mut copy).await;
        copy.rows
    }
}

impl Copy {
    fn take(&mut self, change: &Value) {
        let word = |name: &str| change[name].as_str().unwrap_or_default().to_owned();
        let (operation, name) = (word("operation"), (word("kind"), word("key")));
        self.told.push(format!("{operation} {}", name.1));
        if operation == "UPSERT" || operation == "ENTER" {
            assert_ne!(word("body"), "", "{change}");
            self.rows.insert(name, word("body"));
        } else {
            assert_eq!(change["body"], Value::Null, "{change}");
            self.rows.remove(&name);
        }
    }
}
