//! Declaring through the hub: what is written, what is refused and why, and what the same request twice does.

use serde_json::{Value, json};
use support::{Engine, Server, TestDatabase, on_both, test_clock};

use super::record::{
    CATALOGUE, IN_FORCE, NAME, REGISTER, Record, STANDARDS, WITHDRAWN, accepted, credit_code, items, lines,
    register, taken, word,
};

const NUMBER: &str = "Q/320582TSA 101-2024";

const SHOWN: &str = "replayed recordId refusals { reason field rule basis message english: message(lang: EN) } \
    declaration { id recordId standardNumber status declaredOn endedOn enterpriseName countsAsFiling textPublic flags \
      enterprise { creditCode name } standard { number } products { nodes { name gtin flags } } \
      indicators { name requirement category } versions { version changeKind recordId validFrom validUntil } \
      findings { rule } }";

fn declare() -> String {
    format!("mutation($input: DeclareStandardInput!) {{ declareStandard(input: $input) {{ {SHOWN} }} }}")
}

fn revise() -> String {
    format!("mutation($input: ReviseDeclarationInput!) {{ reviseDeclaration(input: $input) {{ {SHOWN} }} }}")
}

fn withdraw() -> String {
    format!(
        "mutation($input: WithdrawDeclarationInput!) {{ withdrawDeclaration(input: $input) {{ {SHOWN} }} }}"
    )
}

/// Content with which nothing is wrong.
fn content() -> Value {
    json!({
        "standardName": "离心泵", "publishedOn": "2024-03-01", "textPublic": true, "pledge": "属实。",
        "products": [{ "name": "离心泵", "model": "A-1", "gtin": "6970872410006" }],
        "indicators": [
            { "name": "外观", "requirement": "平整", "testMethod": "目测", "category": "FUNCTIONAL" },
            { "name": "扬程", "requirement": "≥12.5", "unit": "m", "testMethod": "附录A", "category": "PERFORMANCE" },
        ],
    })
}

fn request(key: &str) -> Value {
    json!({
        "idempotencyKey": key, "creditCode": credit_code(1), "enterpriseName": NAME, "regionCode": "320582",
        "standardNumber": NUMBER, "content": content(),
    })
}

/// The same value with something else at a JSON pointer.
fn with(mut value: Value, pointer: &str, other: impl Into<Value>) -> Value {
    match value.pointer_mut(pointer) {
        Some(place) => *place = other.into(),
        None => panic!("{pointer} is not in {value}"),
    }
    value
}

async fn open(engine: Engine) -> (TestDatabase, Server) {
    let database = TestDatabase::new(engine).await;
    accepted(
        &database,
        REGISTER,
        "csv",
        register(&[(&credit_code(9), "苏州已知企业有限公司")]),
        "2026-01-05",
    );
    accepted(&database, CATALOGUE, "csv", STANDARDS, "2026-01-05");
    let server = Server::declaring(database.open().await, test_clock());
    (database, server)
}

async fn send(server: &Server, mutation: &str, input: Value) -> Value {
    let mut data = server.data(mutation, json!({ "input": input })).await;
    let payload = data.as_object_mut().and_then(|fields| fields.iter_mut().next());
    payload.map(|(_, payload)| payload.take()).unwrap_or_default()
}

/// Sends what has to be taken; gives the declaration.
async fn done(server: &Server, mutation: &str, input: Value) -> Value {
    let payload = send(server, mutation, input).await;
    assert_eq!(payload["refusals"], json!([]), "{payload:#}");
    assert_eq!(payload["replayed"], false, "{payload:#}");
    payload["declaration"].clone()
}

/// Sends what has to be refused; gives reasons and places.
async fn refused(server: &Server, mutation: &str, input: Value) -> Vec<Value> {
    let payload = send(server, mutation, input).await;
    assert_eq!(payload["declaration"], Value::Null, "{payload:#}");
    assert_eq!(payload["recordId"], Value::Null, "{payload:#}");
    for refusal in items(&payload["refusals"]) {
        assert!(!word(&refusal["message"]).is_ascii(), "{refusal}");
        assert!(
            word(&refusal["english"]).is_ascii() || refusal["rule"] != Value::Null,
            "{refusal}"
        );
        assert_eq!(
            refusal["rule"] == Value::Null,
            refusal["basis"] == Value::Null,
            "{refusal}"
        );
    }
    let found: Vec<Value> = items(&payload["refusals"])
        .map(|refusal| json!([refusal["reason"], refusal["field"], refusal["rule"]]))
        .collect();
    assert!(!found.is_empty(), "{payload:#}");
    found
}

/// How many declarations there are, and how far the feed goes.
async fn extent(server: &Server) -> Value {
    let query = "{ declarations { totalCount } hubInfo { dataAsOf { position } } }";
    server.data(query, json!({})).await
}

on_both! {
    async fn r80_an_enterprise_declares_revises_and_withdraws_by_itself(engine) {
        let (_database, server) = open(engine).await;
        let today = test_clock().today().to_string();
        let first = done(&server, &declare(), request("first-request")).await;
        assert_eq!(first["standardNumber"], NUMBER);
        assert_eq!((&first["status"], &first["declaredOn"]), (&json!("CURRENT"), &json!(today)));
        assert_eq!(first["enterprise"], json!({ "creditCode": credit_code(1), "name": NAME }));
        assert_eq!(first["standard"]["number"], NUMBER, "its own standard is in the catalogue by that");
        assert_eq!(first["products"]["nodes"], json!([{ "name": "离心泵", "gtin": "6970872410006", "flags": [] }]));
        let there = "{ declarations(filter: { regionCode: \"320500\" }) { totalCount } }";
        assert_eq!(server.data(there, json!({})).await["declarations"]["totalCount"], 1);
        // Late is better than never: it is told, and not refused.
        assert_eq!(first["findings"], json!([{ "rule": "DECLARED_LATE" }]));
        assert_eq!(first["flags"], json!([]));
        assert_eq!(first["countsAsFiling"], true, "R69");

        let id = &first["id"];
        let changed = with(content(), "/indicators/1/requirement", "≥15");
        let revision = json!({ "idempotencyKey": "second-request", "id": id, "recordId": first["recordId"], "content": changed });
        let second = done(&server, &revise(), revision.clone()).await;
        assert_eq!(second["indicators"][1]["requirement"], "≥15");
        assert_ne!(second["recordId"], first["recordId"]);
        // A clerk with the old page open is told so, and so is one who changes nothing.
        let late = with(revision.clone(), "/idempotencyKey", "second-request-b");
        assert_eq!(refused(&server, &revise(), late).await, [json!(["CHANGED_MEANWHILE", null, null])]);
        let same = with(with(revision, "/recordId", second["recordId"].clone()), "/idempotencyKey", "second-request-c");
        assert_eq!(refused(&server, &revise(), same.clone()).await, [json!(["NOTHING_CHANGED", "content", null])]);
        // R74: the same under another name is a renaming.
        let mut renamed = with(same, "/idempotencyKey", "third-request");
        renamed["enterpriseName"] = json!("苏州新名泵业有限公司");
        let third = done(&server, &revise(), renamed).await;
        assert_eq!(third["enterpriseName"], "苏州新名泵业有限公司");

        let end = json!({ "idempotencyKey": "fourth-request", "id": id, "recordId": third["recordId"] });
        let ended = done(&server, &withdraw(), end.clone()).await;
        assert_eq!((&ended["status"], &ended["endedOn"]), (&json!("WITHDRAWN"), &json!(today)));
        assert_eq!(ended["countsAsFiling"], false);
        let kinds: Vec<&str> = items(&ended["versions"]).map(|version| word(&version["changeKind"])).collect();
        assert_eq!(kinds, ["DECLARED", "REVISED", "RENAMED", "ABOLISHED"]);
        let again = with(end, "/idempotencyKey", "fifth-request");
        assert_eq!(refused(&server, &withdraw(), again).await, [json!(["ENDED", null, null])]);
        // The standard can be declared anew.
        let anew = done(&server, &declare(), request("sixth-request")).await;
        assert_eq!((&anew["id"], &anew["status"]), (id, &json!("CURRENT")));
        // Ended and begun on one day: no end lies between them.
        assert_eq!(items(&anew["versions"]).count(), 4);
    }

    async fn the_same_request_twice_counts_once(engine) {
        let (_database, server) = open(engine).await;
        let first = send(&server, &declare(), request("the-same-key")).await;
        let before = extent(&server).await;
        let again = send(&server, &declare(), request("the-same-key")).await;
        assert_eq!((&again["replayed"], &again["recordId"]), (&json!(true), &first["recordId"]));
        assert_eq!(again["declaration"], first["declaration"]);
        let other = with(request("the-same-key"), "/content/pledge", "另一承诺");
        let reused = json!(["IDEMPOTENCY_KEY_REUSED", "idempotencyKey", null]);
        assert_eq!(refused(&server, &declare(), other).await, [reused]);
        let twice = request("another-key");
        let declared = json!(["ALREADY_DECLARED", "standardNumber", null]);
        assert_eq!(refused(&server, &declare(), twice).await, [declared]);
        // The key is the enterprise's own: another one may use the same.
        let mut neighbour = with(request("the-same-key"), "/creditCode", credit_code(2));
        neighbour["enterpriseName"] = json!("苏州邻居有限公司");
        assert_eq!(extent(&server).await, before, "nothing was written meanwhile");
        done(&server, &declare(), neighbour).await;
    }

    async fn many_at_once_are_each_written_once(engine) {
        let (_database, server) = open(engine).await;
        let (mutation, text) = (declare(), |number: u32| format!("Q/320582TSA {number:03}-2024"));
        // Twelve standards, each sent three times with one key.
        let sent = (0..36_u32).map(|at| {
            let number = at % 12;
            let input = with(request(&format!("parallel-{number}")), "/standardNumber", text(number));
            send(&server, &mutation, input)
        });
        let payloads = futures_util::future::join_all(sent).await;
        let fresh = payloads.iter().filter(|payload| payload["replayed"] == false).count();
        assert!(payloads.iter().all(|payload| payload["refusals"] == json!([])), "{payloads:#?}");
        assert_eq!(fresh, 12);
        let query = "{ declarations(first: 50) { totalCount nodes { recordId } } \
            ingestionRuns(first: 5) { nodes { source read created } } }";
        let shown = server.data(query, json!({})).await;
        assert_eq!(shown["declarations"]["totalCount"], 12);
        let mut records: Vec<&str> = items(&shown["declarations"]["nodes"]).map(|one| word(&one["recordId"])).collect();
        records.sort_unstable();
        records.dedup();
        assert_eq!(records.len(), 12);
        let run = items(&shown["ingestionRuns"]["nodes"]).find(|run| run["source"] == "enterprise-self").cloned();
        assert_eq!(run.map(|run| (run["read"].clone(), run["created"].clone())), Some((json!(12), json!(12))));
    }

    async fn what_would_be_against_a_rule_is_refused_with_it(engine) {
        let (database, server) = open(engine).await;
        let sample = include_str!("../../../docs/samples/mandatory-limits.csv");
        accepted(&database, "mandatory-limits", "csv", sample, "2026-06-01");
        let before = extent(&server).await;
        let rule = |field: &str, rule: &str| json!(["RULE_VIOLATED", field, rule]);
        let indicators = "content.indicators";
        let cases = [
            (with(request("key-rule-1"), "/content/indicators", json!([])), rule(indicators, "INDICATORS_MISSING")),
            (with(request("key-rule-2"), "/content/indicators/1/testMethod", Value::Null), rule(indicators, "TEST_METHOD_MISSING")),
            (with(request("key-rule-3"), "/standardNumber", "Q/TSA 001"), rule("standardNumber", "NUMBER_FORM")),
            (with(request("key-rule-4"), "/standardNumber", WITHDRAWN), rule("standardNumber", "STANDARD_NOT_IN_FORCE")),
            (
                with(request("key-rule-5"), "/content/indicators/1", json!({
                    "name": "接地电阻", "requirement": "≤0.2", "unit": "Ω", "testMethod": "附录A", "category": "PERFORMANCE" })),
                rule(indicators, "BELOW_MANDATORY_LIMIT"),
            ),
            (with(request("key-case-1"), "/creditCode", "91320582"), json!(["CREDIT_CODE_INVALID", "creditCode", null])),
            (with(request("key-case-2"), "/enterpriseName", Value::Null), json!(["ENTERPRISE_NAME_MISSING", "enterpriseName", null])),
            (with(request("key-case-3"), "/regionCode", "苏州"), json!(["REGION_INVALID", "regionCode", null])),
            (with(request("key-case-4"), "/content/products", json!([])), json!(["PRODUCTS_MISSING", "content.products", null])),
            (with(request("key-case-5"), "/content/publishedOn", "2099-01-01"), json!(["PUBLISHED_IN_FUTURE", "content.publishedOn", null])),
        ];
        for (input, expected) in cases {
            assert_eq!(refused(&server, &declare(), input.clone()).await, [expected], "{input:#}");
        }
        // Everything that is wrong is told at once.
        let both = with(with(request("key-both-1"), "/content/products", json!([])), "/content/indicators", json!([]));
        assert_eq!(refused(&server, &declare(), both).await.len(), 2);
        assert_eq!(extent(&server).await, before, "nothing was written");
        // A national standard in force needs no indicators; the name comes from the register.
        let mut national = with(with(request("key-good-1"), "/standardNumber", IN_FORCE), "/content/indicators", json!([]));
        national["creditCode"] = json!(credit_code(9));
        national["enterpriseName"] = Value::Null;
        let taken = done(&server, &declare(), national).await;
        assert_eq!(taken["enterpriseName"], "苏州已知企业有限公司");
    }

    async fn an_enterprise_that_is_gone_declares_nothing(engine) {
        let (database, server) = open(engine).await;
        let list = format!("统一社会信用代码,企业名称,登记状态,行政区划代码\n{},苏州已注销有限公司,注销,320582\n", credit_code(8));
        accepted(&database, REGISTER, "csv", list, "2026-01-06");
        let gone = with(request("key-gone-1"), "/creditCode", credit_code(8));
        assert_eq!(refused(&server, &declare(), gone).await, [json!(["ENTERPRISE_GONE", null, null])]);
    }

    async fn what_was_declared_elsewhere_is_kept_there(engine) {
        let (database, server) = open(engine).await;
        taken(&database, &lines(&[Record::new("platform-1", 101).with("standard_number", NUMBER)]), "2026-01-07");
        let found = server.data("{ declarations { nodes { id recordId } } }", json!({})).await;
        let there = &found["declarations"]["nodes"][0];
        let declared = json!(["ALREADY_DECLARED", "standardNumber", null]);
        assert_eq!(refused(&server, &declare(), request("key-else-1")).await, [declared]);
        let elsewhere = [json!(["DECLARED_ELSEWHERE", null, null])];
        let end = json!({ "idempotencyKey": "key-else-2", "id": there["id"], "recordId": there["recordId"] });
        assert_eq!(refused(&server, &withdraw(), end.clone()).await, elsewhere);
        let mut revision = with(end.clone(), "/idempotencyKey", "key-else-3");
        revision["content"] = content();
        assert_eq!(refused(&server, &revise(), revision).await, elsewhere);
        // Ids of nothing and of something else answer alike.
        let nothing = [json!(["NOT_DECLARED", "id", null])];
        let standard = server.data("{ standards(first: 1) { nodes { id } } }", json!({})).await["standards"]["nodes"][0]["id"].clone();
        for id in [json!("bm90aGluZw"), standard] {
            assert_eq!(refused(&server, &withdraw(), with(end.clone(), "/id", id)).await, nothing);
        }
        // A later file of the platform and a declaration made here live side by side.
        taken(&database, &lines(&[Record::new("platform-1", 101).with("standard_number", NUMBER).with("status", "废止")
            .with("abolished_on", "2026-01-08")]), "2026-01-08");
        let anew = done(&server, &declare(), request("key-else-4")).await;
        let kinds: Vec<&str> = items(&anew["versions"]).map(|version| word(&version["changeKind"])).collect();
        assert_eq!(kinds, ["DECLARED", "ABOLISHED", "REVISED"]);
    }

    async fn a_hub_that_is_closed_takes_nothing(engine) {
        let database = TestDatabase::new(engine).await;
        let server = Server::start(database.open().await, test_clock());
        let found = refused(&server, &declare(), request("key-closed")).await;
        assert_eq!(found, [json!(["NOT_OPEN", null, null])]);
        assert_eq!(extent(&server).await["declarations"]["totalCount"], 0);
    }

    async fn input_that_is_too_large_or_empty_is_an_error_with_its_place(engine) {
        let (_database, server) = open(engine).await;
        let many = vec![json!({ "name": "泵" }); 201];
        let cases = [
            (with(request("short"), "/content/pledge", "x"), "idempotencyKey"),
            (with(request("key with blank"), "/content/pledge", "x"), "idempotencyKey"),
            (with(request("key-large-1"), "/content/pledge", "长".repeat(2_001)), "content.pledge"),
            (with(request("key-large-2"), "/content/products", many), "content.products"),
            (with(request("key-large-3"), "/content/products/0/name", " "), "content.products.name"),
        ];
        for (input, place) in cases {
            let answer = server.ask(&declare(), json!({ "input": input })).await;
            let error = &answer["errors"][0];
            assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{answer:#}");
            assert!(word(&error["message"]).starts_with(place), "{answer:#}");
        }
    }
}
