//! Tokens at the door: who is known, who is turned away, and when a talk ends.

use api::identity::Grant;
use chrono::TimeDelta;
use entity::access::Role;
use serde_json::{Value, json};
use support::bureau::{Bureau, enterprise, every_role, staff};
use support::{Engine, Hub, Server, TestDatabase};

use super::ask::{Answer, PATIENCE, get, post, send, server, settings};
use super::talk::Talk;

/// A fictitious enterprise: its region digits belong to nobody.
const CODE: &str = "91000000MA00000074";
const VIEWER: &str = "{ viewer { role region office enterprise institution permissions expiresAt } }";

async fn known() -> (TestDatabase, Server, Bureau) {
    let bureau = Bureau::default();
    let (database, server) = server(bureau.settings(settings(|_| ()))).await;
    (database, server, bureau)
}

async fn as_somebody(server: &Server, query: &str, token: &str) -> Answer {
    post(server, query, &[("authorization", &format!("Bearer {token}"))]).await
}

#[tokio::test]
async fn every_role_is_known_by_its_token() {
    let (_database, server, bureau) = known().await;
    let nobody = post(&server, VIEWER, &[]).await.json["data"]["viewer"].take();
    let public = json!({
        "role": "PUBLIC", "region": null, "office": null, "enterprise": null, "institution": null,
        "permissions": ["READ_ROWS"], "expiresAt": null,
    });
    assert_eq!(nobody, public);
    let mut roles = 1;
    for grant in every_role("320582", CODE) {
        let answer = as_somebody(&server, VIEWER, &bureau.token("u", grant.clone())).await;
        assert_eq!(answer.told(), (200, "OK"), "{:#}", answer.json);
        let viewer = &answer.json["data"]["viewer"];
        assert_eq!(viewer["role"], grant.role.as_str());
        assert_eq!(viewer["region"], json!(grant.region));
        assert_eq!(viewer["enterprise"], json!(grant.enterprise));
        assert_eq!(viewer["institution"], json!(grant.institution));
        assert_eq!(viewer["expiresAt"], "2026-11-21T05:00:00.000000+00:00");
        roles += 1;
    }
    assert_eq!(roles, Role::ALL.len());
}

#[tokio::test]
async fn a_token_that_is_not_believed_is_refused_with_a_challenge() {
    let (_database, server, bureau) = known().await;
    let good = bureau.token("u", staff("320582"));
    let (message, _) = good.rsplit_once('.').unwrap();
    let stranger = Bureau::default().token("u", staff("320582"));
    for header in [
        "",
        "Bearer",
        "Bearer ",
        "Basic dTpw",
        good.as_str(),
        &format!("Bearer {message}."),
        &format!("Bearer {good}x"),
        &format!("Bearer {good} {good}"),
        &format!("Bearer {stranger}"),
        &format!("Token {good}"),
    ] {
        let answer = post(&server, VIEWER, &[("authorization", header)]).await;
        assert_eq!(answer.told(), (401, "UNAUTHENTICATED"), "{header}");
        assert_eq!(
            answer.header("www-authenticate"),
            "Bearer error=\"invalid_token\""
        );
        assert!(!answer.json.to_string().contains(message), "{:#}", answer.json);
    }
    let twice = server
        .client()
        .post(server.url("/graphql"))
        .json(&json!({ "query": VIEWER }));
    let header = format!("Bearer {good}");
    let twice = send(
        twice
            .header("authorization", &header)
            .header("authorization", &header),
    )
    .await;
    assert_eq!(twice.told(), (401, "UNAUTHENTICATED"));
    // Nowhere but in the header.
    let address = get(&server, &[("query", VIEWER), ("access_token", &good)], &[]).await;
    assert_ne!(address.json["data"]["viewer"]["role"], "STAFF");
    // Lower case is the same scheme (RFC 9110).
    let lower = post(&server, VIEWER, &[("authorization", &format!("bearer {good}"))]).await;
    assert_eq!(lower.json["data"]["viewer"]["role"], "STAFF");
    // A hub in production believes no token of its own making.
    let (_other, production) = super::ask::plain().await;
    assert_eq!(
        as_somebody(&production, VIEWER, &good).await.told(),
        (401, "UNAUTHENTICATED")
    );
}

#[tokio::test]
async fn answers_differ_by_the_token_and_say_so_to_caches() {
    let (_database, server, bureau) = known().await;
    let answer = as_somebody(&server, VIEWER, &bureau.token("u", staff("320582"))).await;
    assert!(
        answer.header("vary").contains("Authorization"),
        "{}",
        answer.header("vary")
    );
}

#[tokio::test]
async fn a_socket_is_known_by_its_greeting_and_ends_with_its_token() {
    let (_database, server, bureau) = known().await;
    let token = bureau.token_for("u", staff("320500"), TimeDelta::seconds(3));
    let mut talk = Talk::connect(&server).await;
    let payload = json!({ "Authorization": format!("Bearer {token}") });
    talk.send(json!({ "type": "connection_init", "payload": payload }))
        .await;
    assert_eq!(talk.hear().await["type"], "connection_ack");
    let data = talk.data("1", VIEWER).await;
    assert_eq!(
        (&data["viewer"]["role"], &data["viewer"]["region"]),
        (&json!("STAFF"), &json!("320500"))
    );
    talk.ask("2", "subscription { head { position } }").await;
    let (code, why) = talk.end().await;
    assert!(code == 4403 && why.contains("token"), "{code} {why}");
    for payload in [
        json!({ "authorization": "Bearer x" }),
        json!({ "authorization": "x" }),
    ] {
        let mut talk = Talk::connect(&server).await;
        talk.send(json!({ "type": "connection_init", "payload": payload }))
            .await;
        assert_eq!(talk.end().await.0, 4403, "{payload}");
    }
    let mut talk = Talk::connect(&server).await;
    talk.send(json!({ "type": "connection_init", "payload": { "authorization": 3 } }))
        .await;
    assert_eq!(talk.end().await.0, 4400);
}

#[tokio::test]
async fn a_stream_ends_with_its_token_and_without_complete() {
    let (_database, server, bureau) = known().await;
    let token = bureau.token_for("u", staff("320500"), TimeDelta::seconds(2));
    let request = server.client().post(server.url("/graphql")).bearer_auth(&token);
    let request = request.header("accept", "text/event-stream");
    let query = json!({ "query": "subscription { head { position } }" });
    let mut stream = request.json(&query).send().await.unwrap();
    let read = async {
        let mut text = String::new();
        while let Ok(Some(bytes)) = stream.chunk().await {
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
        text
    };
    let text = tokio::time::timeout(PATIENCE, read)
        .await
        .expect("the stream stays open");
    assert!(
        text.contains("event: next") && !text.contains("complete"),
        "{text}"
    );
}

#[tokio::test]
async fn an_aggregator_reads_counts_and_no_rows() {
    let (_database, server, bureau) = known().await;
    let token = bureau.token(
        "province",
        Grant {
            region: Some("320000".into()),
            ..Grant::new(Role::Aggregator)
        },
    );
    for counts in [
        "{ standards { totalCount } enterprises(filter: { regionCode: \"320500\" }) { totalCount __typename } }",
        "{ viewer { role permissions } __typename }",
        "{ __schema { queryType { name } } }",
    ] {
        let answer = as_somebody(&server, counts, &token).await;
        assert_eq!(answer.told(), (200, "OK"), "{counts}: {:#}", answer.json);
    }
    for rows in [
        "{ standards { totalCount nodes { number } } }",
        "{ standards { edges { cursor } } }",
        "{ standards { pageInfo { endCursor } } }",
        "{ standard(number: \"GB/T 1-2020\") { name } }",
        "{ ...F } fragment F on Query { node(id: \"x\") { id } }",
        "{ standards { totalCount: pageInfo { endCursor } } }",
        "{ totalCount: search(text: \"a\") { nodes { __typename ... on Standard { name } } } }",
        "subscription { head { position } }",
    ] {
        let answer = as_somebody(&server, rows, &token).await;
        assert!(
            matches!(answer.told(), (403, "FORBIDDEN") | (406, _)),
            "{rows}: {:#}",
            answer.json
        );
        assert_eq!(answer.json["data"], Value::Null);
    }
}

#[tokio::test]
async fn an_enterprise_declares_for_itself_alone() {
    let (_database, server, bureau) = known().await;
    let input = json!({
        "idempotencyKey": "12345678", "creditCode": CODE, "enterpriseName": "测试泵业有限公司", "regionCode": "320582",
        "standardNumber": "Q/320582TSA 101-2024",
        "content": {
            "standardName": "离心泵", "textPublic": true, "products": [{ "name": "离心泵" }],
            "indicators": [
                { "name": "外观", "requirement": "平整", "testMethod": "目测", "category": "FUNCTIONAL" },
                { "name": "扬程", "requirement": "≥12.5", "unit": "m", "testMethod": "附录A", "category": "PERFORMANCE" },
            ],
        },
    });
    let document = "mutation($input: DeclareStandardInput!) { declareStandard(input: $input) { recordId refusals { reason } } }";
    let ask = async |token: Option<String>| {
        let body = json!({ "query": document, "variables": { "input": input } });
        let request = server.client().post(server.url("/graphql")).json(&body);
        let mut answer = send(match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        })
        .await;
        assert_eq!(answer.told(), (200, "OK"), "{:#}", answer.json);
        answer.json["data"]["declareStandard"].take()
    };
    let refused = json!({ "recordId": null, "refusals": [{ "reason": "NOT_OPEN" }] });
    assert_eq!(ask(None).await, refused);
    assert_eq!(ask(Some(bureau.token("u", staff("320582")))).await, refused);
    let other = bureau.token("other", enterprise("91000000MA0000012J"));
    assert_eq!(ask(Some(other)).await, refused);
    let own = ask(Some(bureau.token("own", enterprise(CODE)))).await;
    assert_eq!(own["refusals"], json!([]), "{own:#}");
}

#[tokio::test]
async fn a_budget_is_that_of_a_person_and_not_of_an_address() {
    let bureau = Bureau::default();
    let limited = settings(|settings| settings.limits.cost_per_minute = std::num::NonZeroU32::new(20));
    let (_database, server) = server(bureau.settings(limited)).await;
    let one = bureau.token("one", staff("320582"));
    let spend = "{ standards(first: 15) { nodes { number } } }";
    assert_eq!(as_somebody(&server, spend, &one).await.told().0, 200);
    assert_eq!(
        as_somebody(&server, spend, &one).await.told(),
        (429, "RATE_LIMITED")
    );
    // Another token of the same person is no other person.
    let again = bureau.token("one", staff("320500"));
    assert_eq!(
        as_somebody(&server, spend, &again).await.told(),
        (429, "RATE_LIMITED")
    );
    let two = bureau.token("two", staff("320582"));
    assert_eq!(as_somebody(&server, spend, &two).await.told().0, 200);
    assert_eq!(
        post(&server, spend, &[]).await.told().0,
        200,
        "and everybody else has a budget, too"
    );
}

#[tokio::test]
async fn the_command_prints_a_token_for_development_alone() {
    let database = TestDatabase::new(Engine::Sqlite).await;
    let hub = Hub::on(&database);
    let words = ["token", "--role", "staff", "--region", "320582", "--ttl", "60"];
    let refused = hub.run(&words);
    assert!(
        refused.code == Some(1) && refused.stderr.contains("production"),
        "{refused:?}"
    );
    let printed = hub.run(&["token", "--demo", "--role", "staff", "--region", "320582"]);
    assert_eq!(printed.code, Some(0), "{printed:?}");
    assert_eq!(printed.stdout.trim().split('.').count(), 3, "{printed:?}");
    for (words, why) in [
        (vec!["token", "--demo", "--role", "STAFF"], "needs region"),
        (
            vec!["token", "--demo", "--role", "AUDITOR", "--region", "320582"],
            "has no region",
        ),
        (
            vec!["token", "--demo", "--role", "AUDITOR", "--ttl", "3601"],
            "3600",
        ),
        (vec!["token", "--demo", "--role", "KING"], "AUDIT_ADMIN"),
    ] {
        let refused = hub.run(&words);
        assert!(
            refused.code != Some(0) && refused.stderr.contains(why),
            "{words:?}: {refused:?}"
        );
    }
}
