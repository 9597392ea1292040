//! Readers of the feed whose view changes: records move, and readers are allowed more or less. Whoever follows has in the end what
//! somebody has who begins anew.

use std::collections::BTreeMap;

use api::identity::Grant;
use entity::access::Role;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use support::bureau::{Bureau, staff};
use support::{Engine, Hub, Server, TestDatabase, on_both, test_clock};

/// A hub with standards, some of which are for staff of a county.
struct Office {
    database: TestDatabase,
    server: Server,
    bureau: Bureau,
}

/// What a client keeps: bodies by kind and key, and where it stands.
#[derive(Debug, Default, Clone)]
struct Copy {
    rows: BTreeMap<(String, String), String>,
    cursor: Option<String>,
    told: Vec<String>,
}

const CHANGES: &str = "query($after: String) { changes(first: 3, after: $after) { endCursor hasNextPage \
    nodes { operation kind key version body recordId } } }";

fn credit(region: &str, kinds: &[&str]) -> Grant {
    Grant {
        region: Some(region.to_owned()),
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        ..Grant::new(Role::CreditClient)
    }
}

impl Office {
    async fn open(engine: Engine) -> Self {
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
    fn ingest(&self, word: &str, day: u32) {
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

    async fn run(&self, sql: &str) {
        let done = self.database.raw().await.execute_unprepared(sql).await.unwrap();
        assert!(done.rows_affected() > 0, "{sql}");
    }

    async fn ask(&self, subject: &str, grant: &Grant, after: Option<&str>) -> Value {
        let token = self.bureau.token(subject, grant.clone());
        let body = json!({ "query": CHANGES, "variables": { "after": after } });
        let asked = self
            .server
            .client()
            .post(self.server.url("/graphql"))
            .bearer_auth(token)
            .json(&body);
        asked.send().await.unwrap().json().await.unwrap()
    }

    /// Reads on until there is nothing more.
    async fn follow(&self, subject: &str, grant: &Grant, copy: &mut Copy) {
        copy.told.clear();
        for _ in 0..100 {
            let answer = self.ask(subject, grant, copy.cursor.as_deref()).await;
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
    async fn anew(&self, grant: &Grant) -> BTreeMap<(String, String), String> {
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

on_both! {
    async fn a_reader_whose_scope_changes_is_told_what_left_and_what_entered(engine) {
        let office = Office::open(engine).await;
        let all = ["Standard", "Enterprise", "Declaration"];
        // Each pair of neighbours is a change of the scope of one reader.
        let ways = [
            vec![staff("320582"), staff("320581"), staff("320500"), staff("320582"), staff("330000")],
            vec![credit("320000", &all), credit("320000", &["Standard"]), credit("320582", &all), credit("320581", &all[1..]), credit("320000", &["Region"])],
            vec![Grant::new(Role::Auditor), staff("320582"), credit("320500", &all), Grant::new(Role::SystemAdmin), Grant::new(Role::Auditor)],
        ];
        let mut crossed = 0;
        for (number, way) in ways.iter().enumerate() {
            let subject = format!("reader{number}");
            let mut copy = Copy::default();
            for (at, grant) in way.iter().enumerate() {
                // Something happens between the two, too.
                if at == 2 {
                    office.ingest(&format!("{number}{at}"), 2 + u32::try_from(number).unwrap());
                }
                office.follow(&subject, grant, &mut copy).await;
                assert_eq!(copy.rows, office.anew(grant).await, "{grant:?}");
                crossed += copy.told.iter().filter(|told| told.starts_with("LEAVE") || told.starts_with("ENTER")).count();
                let told = copy.told.len();
                office.follow(&subject, grant, &mut copy).await;
                assert_eq!(copy.told, [""; 0], "told twice, after {told}");
            }
        }
        assert!(crossed > 8, "only {crossed} crossed");
    }

    async fn a_record_that_moves_leaves_the_region_of_a_credit_system(engine) {
        let office = Office::open(engine).await;
        let (here, there) = (credit("320582", &["Enterprise"]), credit("320581", &["Enterprise"]));
        let (mut one, mut other) = (Copy::default(), Copy::default());
        office.follow("one", &here, &mut one).await;
        office.follow("other", &there, &mut other).await;
        assert_eq!((one.rows.len(), other.rows.len()), (2, 0));
        let last = "SELECT max(pos) FROM feed";
        let columns = "kind, record_key, audience, owner, run_id, body, at";
        office.run(&format!(
            "INSERT INTO feed (pos, op, version, region, {columns}) SELECT ({last}) + 1, 'UPSERT', version + 1, '320581', {columns} \
             FROM feed WHERE record_key = 'GB/T16-2020'"
        )).await;
        office.run("UPDATE feed_head SET last_pos = last_pos + 1").await;
        office.follow("one", &here, &mut one).await;
        office.follow("other", &there, &mut other).await;
        assert_eq!(one.told, ["LEAVE GB/T16-2020"]);
        assert_eq!(other.told, ["UPSERT GB/T16-2020"]);
        assert_eq!((one.rows.len(), other.rows.len()), (1, 1));
    }

    async fn a_cursor_is_its_readers_own_and_of_this_epoch(engine) {
        let office = Office::open(engine).await;
        let grant = staff("320582");
        let mut copy = Copy::default();
        office.follow("own", &grant, &mut copy).await;
        let cursor = copy.cursor.unwrap();
        let code = |answer: Value| answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned();
        assert_eq!(code(office.ask("own", &grant, Some(&cursor)).await), "");
        assert_eq!(code(office.ask("thief", &grant, Some(&cursor)).await), "CURSOR_INVALID");
        for forged in ["", "AQ", "****", &cursor[1..], &format!("{cursor}A"), &format!("AA{}", &cursor[2..]), &cursor.to_lowercase()] {
            assert_eq!(code(office.ask("own", &grant, Some(forged)).await), "CURSOR_INVALID", "{forged}");
        }
        // It changes while the reader is being told of a former change.
        let half = office.ask("own", &staff("320581"), Some(&cursor)).await["data"]["changes"]["endCursor"].clone();
        assert_eq!(code(office.ask("own", &grant, half.as_str()).await), "CURSOR_INVALID");
        office.run("UPDATE feed_head SET epoch = 'after-a-restore'").await;
        assert_eq!(code(office.ask("own", &grant, Some(&cursor)).await), "CURSOR_EPOCH_CHANGED");
    }

    async fn nothing_in_a_cursor_can_be_read(engine) {
        use base64::Engine as _;
        let office = Office::open(engine).await;
        let answer = office.ask("own", &staff("320582"), None).await;
        let cursor = answer["data"]["changes"]["endCursor"].as_str().unwrap();
        let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(cursor).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("320582") && !text.contains("STAFF") && !text.contains("\"p\""), "{text}");
    }
}
