//! A change and its entry are written together or not at all (test 21).

use entity::value::{SocialCreditCode, organization_check_character};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use support::{Server, TestDatabase, on_both, test_clock};

use super::trail::{entries, found, proved, run};

const DECLARE: &str = "mutation Declare($input: DeclareStandardInput!) { declareStandard(input: $input) { \
    replayed recordId refusals { reason } } }";

/// Tables that a declaration writes to.
const WRITTEN: [&str; 6] = [
    "submission",
    "declaration",
    "assertion",
    "record",
    "feed",
    "ingest_run",
];

/// The name of a document in the trail.
fn sha256(document: &str) -> String {
    let digest = Sha256::digest(document.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A fictitious credit code.
fn credit_code() -> String {
    let body = "MA000077";
    let check = organization_check_character(body).unwrap();
    let code = SocialCreditCode::with_check_digit(&format!("91000000{body}{check}")).unwrap();
    code.as_str().to_owned()
}

fn request(key: &str) -> Value {
    json!({
        "idempotencyKey": key, "creditCode": credit_code(), "enterpriseName": "苏州甲乙泵业有限公司",
        "regionCode": "320582", "standardNumber": "Q/320582TSA 101-2024",
        "content": {
            "standardName": "离心泵", "publishedOn": "2024-03-01", "textPublic": true, "pledge": "属实。",
            "products": [{ "name": "离心泵" }],
            "indicators": [
                { "name": "外观", "requirement": "平整", "testMethod": "目测", "category": "FUNCTIONAL" },
                { "name": "扬程", "requirement": "≥12.5", "unit": "m", "testMethod": "附录A", "category": "PERFORMANCE" },
            ],
        },
    })
}

/// A server that takes declarations from everybody, over a database that knows its sources.
async fn open(database: &TestDatabase) -> Server {
    let db = database.open().await;
    let ingester = ingest::Ingester::new(db.clone(), test_clock(), database.folder().join("data")).await;
    assert!(ingester.is_ok());
    Server::declaring(db, test_clock())
}

async fn declare(server: &Server, input: Value) -> Value {
    server.ask(DECLARE, json!({ "input": input })).await
}

/// How many rows each table has.
async fn extent(raw: &DatabaseConnection) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in WRITTEN {
        let sql = format!("SELECT count(*) AS rows FROM {table}");
        let row = raw
            .query_one_raw(Statement::from_string(raw.get_database_backend(), sql))
            .await
            .unwrap();
        counts.push(row.unwrap().try_get("", "rows").unwrap());
    }
    counts
}

on_both! {
    async fn what_was_done_and_what_was_refused_stands_in_the_trail(engine) {
        let database = TestDatabase::new(engine).await;
        let server = open(&database).await;
        let db = server.db.clone();
        let done = declare(&server, request("the-first")).await;
        assert_eq!(done["data"]["declareStandard"]["refusals"], json!([]), "{done:#}");
        let again = declare(&server, request("the-first")).await;
        assert_eq!(again["data"]["declareStandard"]["replayed"], true, "{again:#}");
        let twice = declare(&server, request("the-second")).await;
        assert_eq!(twice["data"]["declareStandard"]["refusals"], json!([{ "reason": "ALREADY_DECLARED" }]));
        let all = entries(&db).await;
        let told: Vec<(&str, &str, Option<&str>)> = all
            .iter()
            .map(|entry| (entry.decision.as_str(), entry.object_kind.as_str(), entry.reason.as_deref()))
            .collect();
        // A repeated request decides nothing.
        let expected = [
            ("ALLOWED", "Declaration", Some("DECLARE")),
            ("REFUSED", "Declaration", Some("DECLARE: ALREADY_DECLARED")),
        ];
        assert_eq!(told, expected);
        assert!(all[0].objects()[0].contains(&credit_code()), "{:?}", all[0]);
        // Whichever way it was decided, the entry tells of the request.
        for entry in &all {
            assert_eq!(entry.operation_name, "Declare");
            assert_eq!(entry.operation_hash, sha256(DECLARE));
            assert_eq!(entry.address, "127.0.0.1");
            assert!(!entry.request_id.is_empty(), "{entry:?}");
        }
        assert_ne!(all[0].request_id, all[1].request_id);
        assert_eq!(all[1].objects(), [credit_code()]);
        assert_eq!(found(&proved(&db).await), None);
    }

    async fn without_an_entry_nothing_is_changed(engine) {
        // The last one: entries have waited since 1970 for a signed head.
        let breaks = [
            "DROP TABLE audit_entry",
            "DELETE FROM audit_counter",
            "INSERT INTO audit_entry (seq, at, actor, role, client, token_id, region, operation_hash, operation_name, object_kind, \
             object_ids, decision, unmasked, address, request_id, algorithm, prev_hash, hash) VALUES (1, \
             '2026-01-01T00:00:00.000000+00:00', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '')",
            "UPDATE audit_counter SET unsigned_since = 0",
        ];
        for broken in breaks {
            let database = TestDatabase::new(engine).await;
            let server = open(&database).await;
            let raw = database.raw().await;
            let before = extent(&raw).await;
            run(&raw, &[broken]).await;
            let answer = declare(&server, request("the-first")).await;
            let overdue = broken.contains("unsigned_since");
            let code = if overdue { "AUDIT_OVERDUE" } else { "INTERNAL" };
            assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{broken}: {answer:#}");
            assert!(!answer.to_string().contains("audit_"), "no table is named: {answer:#}");
            assert_eq!(extent(&raw).await, before, "{broken}");
        }
    }

    async fn it_goes_on_when_the_trail_can_be_written_again(engine) {
        let database = TestDatabase::new(engine).await;
        let server = open(&database).await;
        let raw = database.raw().await;
        run(&raw, &["UPDATE audit_counter SET unsigned_since = 0"]).await;
        assert!(declare(&server, request("the-first")).await["errors"].is_array());
        run(&raw, &["UPDATE audit_counter SET unsigned_since = NULL"]).await;
        let done = declare(&server, request("the-first")).await;
        let done = &done["data"]["declareStandard"];
        assert_eq!((&done["replayed"], &done["refusals"]), (&json!(false), &json!([])), "the request is a good one");
        assert_eq!(entries(&server.db).await.len(), 1);
    }
}
