//! `GET`: queries only, out of the address, with a tag by which an answer need not be sent again.

use serde_json::json;

use super::ask::{encoded, get, plain, send, server, settings};

#[tokio::test]
async fn a_query_in_the_address_is_answered_like_one_in_a_body() {
    let (_database, server) = plain().await;
    let query = "query A($n: String!) { parseStandardNumber(text: $n) { canonical } } query B { __typename }";
    let variables = r#"{"n":"GB/T 1-2020"}"#;
    let answer = get(
        &server,
        &[
            ("query", query),
            ("operationName", "A"),
            ("variables", variables),
            ("extensions", "{}"),
        ],
        &[],
    )
    .await;
    assert_eq!(answer.told(), (200, "OK"), "{:#}", answer.json);
    assert_eq!(
        answer.json["data"]["parseStandardNumber"]["canonical"],
        "GB/T 1-2020"
    );
    let other = get(&server, &[("query", query), ("operationName", "B")], &[]).await;
    assert_eq!(other.json["data"], json!({ "__typename": "Query" }));
    let plus = send(
        server
            .client()
            .get(server.url("/graphql?query=%7B+__typename+%7D")),
    )
    .await;
    assert_eq!(plus.told(), (200, "OK"));
}

#[tokio::test]
async fn wrong_parameters_are_named() {
    let (_database, server) = plain().await;
    for (address, named) in [
        ("/graphql", "query"),
        ("/graphql?query=", "query"),
        ("/graphql?query=%FF", "query"),
        ("/graphql?query=%7B__typename%7D&query=%7B__typename%7D", "query"),
        ("/graphql?query=%7B__typename%7D&variables=3", "variables"),
        (
            "/graphql?query=%7B__typename%7D&variables=%7B%22a%22:1,%22a%22:1%7D",
            "variables",
        ),
        ("/graphql?query=%7B__typename%7D&extensions=x", "extensions"),
    ] {
        let answer = send(server.client().get(server.url(address))).await;
        assert_eq!(answer.told(), (400, "BAD_REQUEST"), "{address}");
        let message = answer.json["errors"][0]["message"].as_str().unwrap_or_default();
        assert!(message.contains(named), "{address}: {message}");
    }
}

#[tokio::test]
async fn an_address_is_bounded() {
    let filler = "#".repeat(4000);
    let query = format!("{{ __typename }} {filler}");
    let (_database, open) = plain().await;
    assert_eq!(get(&open, &[("query", &query)], &[]).await.told(), (200, "OK"));
    let (_database, narrow) = server(settings(|settings| settings.limits.address = 4000)).await;
    assert_eq!(
        get(&narrow, &[("query", &query)], &[]).await.told(),
        (414, "ADDRESS_TOO_LONG")
    );
    assert_eq!(
        get(&narrow, &[("query", "{ __typename }")], &[]).await.told(),
        (200, "OK")
    );
}

#[tokio::test]
async fn an_answer_that_a_client_holds_is_not_sent_again_until_it_changes() {
    let (_database, server) = plain().await;
    let one = [(
        "query",
        "{ parseStandardNumber(text: \"GB/T 1-2020\") { canonical } }",
    )];
    let first = get(&server, &one, &[]).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.len() > 20, "{tag:?}");
    assert_eq!(first.header("cache-control"), "private, no-cache");
    let again = get(&server, &one, &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.header("etag")), (304, tag.as_str()));
    let list = format!("\"x\", {tag}");
    assert_eq!(get(&server, &one, &[("if-none-match", &list)]).await.status, 304);
    let other = [(
        "query",
        "{ parseStandardNumber(text: \"GB/T 2-2020\") { canonical } }",
    )];
    let other = get(&server, &other, &[("if-none-match", &tag)]).await;
    assert_eq!(other.status, 200);
    assert_ne!(other.header("etag"), tag);
    // A failure may be over the next time, and a body that was posted is nobody's to keep.
    let failed = get(
        &server,
        &[("query", "{ standards(first: 0) { totalCount } }")],
        &[],
    )
    .await;
    assert_eq!((failed.status, failed.header("etag")), (200, ""));
    let posted = super::ask::post(&server, "{ __typename }", &[]).await;
    assert_eq!(
        (posted.header("etag"), posted.header("cache-control")),
        ("", "no-store")
    );
}

#[tokio::test]
async fn parameters_are_read_whatever_their_order() {
    let (_database, server) = plain().await;
    let address = format!(
        "/graphql?unknown=1&{}",
        encoded(&[("operationName", ""), ("query", "{ __typename }")])
    );
    assert_eq!(
        send(server.client().get(server.url(&address))).await.told(),
        (200, "OK")
    );
}

#[tokio::test]
async fn a_mutation_is_sent_with_post_alone() {
    let (_database, server) = plain().await;
    let query = "mutation { withdrawDeclaration(input: { idempotencyKey: \"12345678\", id: \"b\", recordId: \"c\" }) { recordId } }";
    let answer = get(&server, &[("query", query)], &[]).await;
    assert_eq!(answer.told(), (405, "METHOD_NOT_ALLOWED"), "{:#}", answer.json);
    assert_eq!(answer.header("allow"), "POST");
    let answer = super::ask::post(&server, query, &[]).await;
    assert_eq!(
        answer.told(),
        (200, "OK"),
        "the mutation itself is right: {:#}",
        answer.json
    );
}
