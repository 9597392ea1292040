//! What HTTP itself may bring: names of requests, encodings, keys that stand twice, and a body in pieces.

use serde_json::{Value, json};

use super::ask::{Answer, PATIENCE, body, plain, post, raw, send, server, settings};

async fn sent(server: &support::Server, text: &str) -> Answer {
    let request = server
        .client()
        .post(server.url("/graphql"))
        .header("content-type", "application/json");
    send(request.body(text.to_owned())).await
}

#[tokio::test]
async fn every_answer_and_every_error_names_its_request() {
    let (_database, server) = plain().await;
    let own = post(&server, "{ nothing }", &[("x-request-id", "portal-7.a_B")]).await;
    assert_eq!(own.header("x-request-id"), "portal-7.a_B");
    assert_eq!(own.json["errors"][0]["extensions"]["requestId"], "portal-7.a_B");
    let long = "x".repeat(65);
    let mut names = vec![
        post(&server, "{ __typename }", &[])
            .await
            .header("x-request-id")
            .to_owned(),
    ];
    for unfit in ["a b", "ä", "", &long, "<script>"] {
        let answer = post(&server, "{ nothing }", &[("x-request-id", unfit)]).await;
        let name = answer.header("x-request-id").to_owned();
        assert_eq!(
            answer.json["errors"][0]["extensions"]["requestId"],
            Value::from(name.as_str())
        );
        assert!(!name.is_empty() && name != unfit, "{unfit:?} -> {name:?}");
        names.push(name);
    }
    let several = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), several, "names that are made differ: {names:?}");
}

#[tokio::test]
async fn a_member_of_the_wrong_type_is_named() {
    let (_database, server) = plain().await;
    let values = [json!(3), json!(true), json!([]), json!({}), json!("x")];
    for name in ["query", "operationName", "documentId", "variables", "extensions"] {
        let wants_object = ["variables", "extensions"].contains(&name);
        for value in &values {
            let right = if wants_object {
                value.is_object()
            } else {
                value.is_string()
            };
            if right {
                continue;
            }
            let mut request = json!({ "query": "{ __typename }" });
            request[name] = value.clone();
            let answer = body(&server, request, &[]).await;
            assert_eq!(answer.told(), (400, "BAD_REQUEST"), "{name}: {value}");
            let message = answer.json["errors"][0]["message"].as_str().unwrap_or_default();
            assert!(message.contains(&format!("`{name}`")), "{message}");
        }
        let mut request = json!({ "query": "{ __typename }", "unknown": 1 });
        request[if name == "query" { "other" } else { name }] = Value::Null;
        assert_eq!(
            body(&server, request, &[]).await.told(),
            (200, "OK"),
            "{name}: null is nothing"
        );
    }
}

#[tokio::test]
async fn keys_that_stand_twice_and_several_requests_at_once_are_refused() {
    let (_database, server) = plain().await;
    for text in [
        r#"{"query":"{ __typename }","query":"{ __typename }"}"#,
        r#"{"query":"{ __typename }","variables":{"a":1,"a":2}}"#,
        r#"[{"query":"{ __typename }"}]"#,
        r#" [ ]"#,
    ] {
        assert_eq!(sent(&server, text).await.told(), (400, "BAD_REQUEST"), "{text}");
    }
}

#[tokio::test]
async fn the_character_that_no_database_holds_is_refused_in_documents_and_variables() {
    let (_database, server) = plain().await;
    let literal = "{\"query\":\"{ search(text: \\\"a\\\\u0000\\\") { totalCount } }\"}";
    let variable = "{\"query\":\"query($t: String!) { search(text: $t) { totalCount } }\",\"variables\":{\"t\":\"a\\u0000\"}}";
    for text in [literal, variable] {
        let answer = sent(&server, text).await;
        assert_eq!(answer.told().1, "BAD_USER_INPUT", "{text}: {:#}", answer.json);
    }
}

#[tokio::test]
async fn a_body_is_counted_while_it_arrives() {
    let (_database, server) = server(settings(|settings| settings.limits.body = 1000)).await;
    let head = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len()).into_bytes();
    let query = chunk(r#"{"query":"{ __typename }"}"#);
    let end = b"0\r\n\r\n".as_slice();
    let chunked = b"transfer-encoding: chunked\r\nconnection: close\r\n\r\n".as_slice();
    let small = raw(&server, &[head, chunked, &query, end], PATIENCE).await;
    assert!(small.starts_with("HTTP/1.1 200"), "{small}");
    let blanks = chunk(&" ".repeat(600));
    let large = raw(&server, &[head, chunked, &query, &blanks, &blanks, end], PATIENCE).await;
    assert!(
        large.starts_with("HTTP/1.1 413") && large.contains("PAYLOAD_TOO_LARGE"),
        "{large}"
    );
    let announced = raw(&server, &[head, b"content-length: 1000000\r\n\r\n"], PATIENCE).await;
    assert!(announced.starts_with("HTTP/1.1 413"), "{announced}");
}

#[tokio::test]
async fn an_encoded_body_is_not_unpacked() {
    let (_database, server) = plain().await;
    for encoding in ["gzip", "br", "deflate", "x"] {
        let answer = post(&server, "{ __typename }", &[("content-encoding", encoding)]).await;
        assert_eq!(answer.told(), (415, "BAD_REQUEST"), "{encoding}");
    }
    let kind = [("content-type", "application/json; charset=gbk")];
    let request = server
        .client()
        .post(server.url("/graphql"))
        .header(kind[0].0, kind[0].1);
    let answer = send(request.body(r#"{"query":"{ __typename }"}"#)).await;
    assert_eq!(answer.told(), (415, "BAD_REQUEST"), "another charset");
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_ask() {
    let (_database, server) = plain().await;
    let introspection = "{ __schema { types { name description } } }";
    let plain = post(&server, introspection, &[]).await;
    assert_eq!(plain.header("content-encoding"), "");
    let request = json!({ "query": introspection });
    let packed = server
        .client()
        .post(server.url("/graphql"))
        .header("accept-encoding", "gzip")
        .json(&request);
    let packed = packed.send().await.unwrap();
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    let packed = packed.bytes().await.unwrap();
    assert!(
        packed.starts_with(&[0x1f, 0x8b]) && packed.len() * 2 < plain.json.to_string().len(),
        "{} bytes",
        packed.len()
    );
}
