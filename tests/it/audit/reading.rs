//! Who may read the trail, and how.

use api::identity::{Grant, LONGEST_TTL, Mode, OwnKey, Settings, Wanted};
use chrono::TimeDelta;
use entity::access::Role;
use entity::audit::AuditFilter;
use entity::audit::{Entry, append_alone};
use entity::page::{List, PageRequest};
use entity::{Database, Scope};
use serde_json::{Value, json};
use support::{Server, TestDatabase, on_both, test_clock};

use super::trail::{asked, entries, entry, fill, later, run, somebody, unguard};

const PAGE: &str = "query($filter: AuditEntryFilter, $after: String) { auditEntries(filter: $filter, first: 5, after: $after) { \
    totalCount pageInfo { hasNextPage endCursor } nodes { seq at actor role client tokenId regionCode operationHash operationName \
    objectKind objectIds decision reason rowCount unmasked purpose address requestId algorithm prevHash hash canonicalText } } }";

/// A server that believes tokens of the hub's own key.
fn server(database: &TestDatabase, db: Database) -> Server {
    let settings = api::Settings {
        identity: Settings {
            mode: Mode::Development,
            issuers: Vec::new(),
        },
        data_dir: database.folder().to_owned(),
        ..api::Settings::default()
    };
    Server::start_with(db, test_clock(), settings)
}

async fn ask(server: &Server, database: &TestDatabase, role: Option<Role>, variables: Value) -> Value {
    let mut request = server
        .client()
        .post(server.url("/graphql"))
        .json(&json!({ "query": PAGE, "variables": variables }));
    if let Some(role) = role {
        let mut grant = Grant::new(role);
        if role == Role::Staff {
            grant.region = Some("320582".to_owned());
        }
        let wanted = Wanted {
            subject: "reader".to_owned(),
            client: "portal".to_owned(),
            grant,
        };
        let key = OwnKey::open(database.folder()).unwrap();
        request = request.bearer_auth(key.mint(&wanted, LONGEST_TTL, test_clock().now()).unwrap());
    }
    let mut answer: Value = request.send().await.unwrap().json().await.unwrap();
    assert!(answer.get("errors").is_none(), "{answer:#}");
    answer["data"]["auditEntries"].take()
}

on_both! {
    async fn only_auditors_see_that_there_is_a_trail(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        fill(&db, 1..=3).await;
        let server = server(&database, db);
        for role in [None, Some(Role::Staff), Some(Role::SystemAdmin), Some(Role::SecurityAdmin)] {
            let page = ask(&server, &database, role, json!({})).await;
            assert_eq!((&page["totalCount"], &page["nodes"]), (&json!(0), &json!([])), "{role:?}");
        }
        for role in [Role::Auditor, Role::AuditAdmin] {
            let page = ask(&server, &database, Some(role), json!({})).await;
            assert_eq!(page["totalCount"], 3, "{role:?}");
        }
    }

    async fn every_scope_without_the_permission_finds_it_empty(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        fill(&db, 1..=3).await;
        let page = PageRequest { limit: 10, ..PageRequest::default() };
        for role in Role::ALL {
            let scope = Scope::of(&somebody(*role, "reader"));
            let list = AuditFilter::default();
            let seen = list.list(&db, &scope, &page).await.unwrap().items.len();
            let expected = if [Role::Auditor, Role::AuditAdmin].contains(role) { 3 } else { 0 };
            assert_eq!((seen, list.count(&db, &scope).await.unwrap()), (expected, expected as u64), "{role:?}");
        }
    }

    async fn an_auditor_pages_through_all_of_it_the_newest_first(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        fill(&db, 1..=12).await;
        let all = entries(&db).await;
        let server = server(&database, db);
        let (mut after, mut seen) = (Value::Null, Vec::new());
        loop {
            let page = ask(&server, &database, Some(Role::AuditAdmin), json!({ "after": after })).await;
            assert_eq!(page["totalCount"], 12);
            seen.extend(page["nodes"].as_array().cloned().unwrap_or_default());
            if page["pageInfo"]["hasNextPage"] != true {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        let numbers: Vec<i64> = seen.iter().filter_map(|node| node["seq"].as_i64()).collect();
        assert_eq!(numbers, (1..=12).rev().collect::<Vec<_>>());
        let (shown, kept) = (&seen[11], &all[0]);
        let expected = json!({
            "seq": 1, "at": "2026-11-21T04:00:00.000000+00:00", "actor": "https://login.example.org#clerk-1", "role": "STAFF",
            "client": "portal", "tokenId": "token-of-clerk-1", "regionCode": null, "operationHash": "ab".repeat(32),
            "operationName": "ShowPerson", "objectKind": "Enterprise", "objectIds": ["key-1", "张家港"], "decision": "ALLOWED",
            "reason": "READ", "rowCount": 1, "unmasked": ["phone"], "purpose": "投诉核查", "address": "192.0.2.7",
            "requestId": "request-of-clerk-1", "algorithm": "SHA-256", "prevHash": null, "hash": kept.hash,
            "canonicalText": kept.canonical_text(),
        });
        assert_eq!(*shown, expected);
    }

    async fn a_filter_finds_what_it_says(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        fill(&db, 1..=3).await;
        let odd = asked("odd\nname");
        append_alone(&db, &later(TimeDelta::hours(1)), Entry::refused(&odd, "Declaration", "NOT_OPEN")).await.unwrap();
        append_alone(&db, &later(TimeDelta::hours(2)), entry(30)).await.unwrap();
        let server = server(&database, db);
        let hour = |hours: i64| entity::clock::instant_text(later(TimeDelta::hours(hours)).now());
        let cases = [
            (json!({ "actor": "https://login.example.org#clerk-2" }), vec![2]),
            (json!({ "actor": "https://login.example.org#odd\nname" }), vec![4]),
            (json!({ "decision": "REFUSED" }), vec![4]),
            (json!({ "decision": "ALLOWED", "objectKind": "Enterprise" }), vec![5, 3, 2, 1]),
            (json!({ "object": "key-3" }), vec![3]),
            (json!({ "object": "key-30" }), vec![5]),
            (json!({ "object": "key" }), vec![]),
            (json!({ "object": "%" }), vec![]),
            (json!({ "requestId": "request-of-clerk-1" }), vec![1]),
            (json!({ "since": hour(1) }), vec![5, 4]),
            (json!({ "until": hour(1) }), vec![3, 2, 1]),
            (json!({ "since": hour(1), "until": hour(2) }), vec![4]),
        ];
        for (filter, expected) in cases {
            let page = ask(&server, &database, Some(Role::Auditor), json!({ "filter": filter })).await;
            let nodes = page["nodes"].as_array().cloned().unwrap_or_default();
            let seen: Vec<i64> = nodes.iter().filter_map(|node| node["seq"].as_i64()).collect();
            assert_eq!((seen, &page["totalCount"]), (expected.clone(), &json!(expected.len())), "{filter}");
        }
    }

    async fn what_somebody_wrote_into_the_table_does_no_harm_to_a_reader(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        fill(&db, 1..=1).await;
        let raw = database.raw().await;
        unguard(&raw).await;
        run(&raw, &["UPDATE audit_entry SET actor = 'a\u{202E}\u{1b}[2Jb', reason = 'x\ny'"]).await;
        let server = server(&database, db);
        let page = ask(&server, &database, Some(Role::Auditor), json!({})).await;
        let node = &page["nodes"][0];
        assert_eq!((&node["actor"], &node["reason"]), (&json!("a\\u{202e}\\u{1b}[2Jb"), &json!("x\\u{a}y")));
    }
}
