//! The form of answers: which type, which status, and when there is `data`.

use serde_json::json;

use super::ask::{body, plain, post};

const NEW: &str = "application/graphql-response+json";
const OLD: &str = "application/json";

#[tokio::test]
async fn the_form_is_the_one_that_the_client_prefers() {
    let (_database, server) = plain().await;
    let urql = format!("{NEW}, application/graphql+json, {OLD}, text/event-stream, multipart/mixed");
    let apollo = format!("{NEW},{OLD};q=0.9");
    let cases: [(&str, &str); 6] = [
        (OLD, OLD),
        (NEW, NEW),
        (&urql, NEW),
        (&apollo, NEW),
        ("*/*", OLD),
        ("text/html, */*;q=0.1", OLD),
    ];
    for (accept, wanted) in cases {
        let answer = post(&server, "{ __typename }", &[("accept", accept)]).await;
        assert_eq!(answer.told(), (200, "OK"), "{accept}");
        assert_eq!(
            answer.header("content-type"),
            format!("{wanted}; charset=utf-8"),
            "{accept}"
        );
        assert_eq!(answer.json["data"], json!({ "__typename": "Query" }));
    }
    let nothing = post(&server, "{ __typename }", &[("accept", "text/html")]).await;
    assert_eq!(nothing.told(), (406, "NOT_ACCEPTABLE"));
}

#[tokio::test]
async fn a_request_that_was_not_executed_has_no_data_and_its_status_follows_the_form() {
    let (_database, server) = plain().await;
    let refused = [
        json!({ "query": "{" }),
        json!({ "query": "{ nothing }" }),
        json!({ "query": "query A { __typename } query B { __typename }" }),
        json!({ "query": "query A { __typename }", "operationName": "B" }),
        json!({ "query": "query($id: ID!) { node(id: $id) { id } }", "variables": { "id": null } }),
    ];
    for request in refused {
        let new = body(&server, request.clone(), &[("accept", NEW)]).await;
        let old = body(&server, request.clone(), &[("accept", OLD)]).await;
        assert_eq!((new.status, old.status), (400, 200), "{request}");
        for answer in [new, old] {
            assert!(answer.json.get("data").is_none(), "{request}: {:#}", answer.json);
            assert_ne!(answer.told().1, "OK", "{request}");
        }
    }
}

#[tokio::test]
async fn a_field_that_fails_leaves_200_and_the_others() {
    let (_database, server) = plain().await;
    for accept in [NEW, OLD] {
        let query = "{ __typename standards(first: 0) { totalCount } }";
        let answer = post(&server, query, &[("accept", accept)]).await;
        assert_eq!(answer.told(), (200, "BAD_USER_INPUT"), "{:#}", answer.json);
        assert_eq!(
            answer.json["data"],
            json!({ "__typename": "Query", "standards": null })
        );
        let alone = post(
            &server,
            "{ a: standards(first: 0) { totalCount } }",
            &[("accept", accept)],
        )
        .await;
        assert_eq!(
            alone.told(),
            (200, "BAD_USER_INPUT"),
            "it was executed all the same"
        );
        assert_eq!(alone.json["data"], json!({ "a": null }));
    }
}

#[tokio::test]
async fn every_answer_says_what_it_depends_on() {
    let (_database, server) = plain().await;
    for encoding in ["identity", "gzip"] {
        let answer = post(
            &server,
            "{ __typename }",
            &[("accept-encoding", encoding), ("origin", "https://example.org")],
        )
        .await;
        let vary: Vec<String> = answer
            .headers
            .get_all("vary")
            .iter()
            .map(|value| value.to_str().unwrap_or_default().to_lowercase())
            .collect();
        let vary = vary.join(",");
        for name in ["accept", "origin", "accept-encoding"] {
            assert!(
                vary.split(',').any(|one| one.trim() == name),
                "{encoding}: {name} is missing in {vary}"
            );
        }
    }
}

#[tokio::test]
async fn errors_are_bounded_and_the_last_says_how_many_are_not_shown() {
    let (_database, server) = plain().await;
    let fields: Vec<String> = (0..19)
        .map(|number| format!("a{number}: standards(first: 0) {{ totalCount }}"))
        .collect();
    let query = format!("{{ {} }}", fields.join(" "));
    assert_eq!(
        post(&server, &query, &[]).await.json["errors"]
            .as_array()
            .map(Vec::len),
        Some(19)
    );
    let (_database, server) =
        super::ask::server(super::ask::settings(|settings| settings.limits.errors = 5)).await;
    let answer = post(&server, &query, &[]).await;
    let errors = answer.json["errors"].as_array().cloned().unwrap_or_default();
    assert_eq!(errors.len(), 5, "{errors:#?}");
    assert_eq!(errors[4]["message"], "15 more errors are not shown");
    assert_eq!(errors[4]["extensions"]["code"], "TOO_MANY_ERRORS");
}
