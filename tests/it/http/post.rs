//! `POST /graphql`: bodies that are refused before anything runs, and errors that always have a code.

use serde_json::{Value, json};
use support::{Server, TestDatabase, on_both, test_clock};

async fn server(engine: support::Engine) -> (TestDatabase, Server) {
    let database = TestDatabase::new(engine).await;
    let db = database.open().await;
    (database, Server::start(db, test_clock()))
}

/// Sends a body and gives the status with the code of the first error.
async fn send(server: &Server, kind: &str, body: impl Into<reqwest::Body>) -> (u16, String) {
    let request = server
        .client()
        .post(server.url("/graphql"))
        .header("content-type", kind)
        .body(body);
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let answer: Value = answer.json().await.unwrap_or_default();
    (
        status,
        answer["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
    )
}

/// A query in a body of a size, filled with blanks.
fn body_of(size: usize) -> String {
    let mut body = json!({ "query": "{ __typename }" }).to_string();
    body.push_str(&" ".repeat(size - body.len()));
    body
}

on_both! {
    async fn a_body_of_64_kib_is_taken_and_a_larger_one_refused(engine) {
        let (_database, server) = server(engine).await;
        assert_eq!(send(&server, "application/json", body_of(64 * 1024)).await, (200, String::new()));
        let large = (413, "PAYLOAD_TOO_LARGE".to_owned());
        assert_eq!(send(&server, "application/json", body_of(64 * 1024 + 1)).await, large);
        assert_eq!(send(&server, "application/json", body_of(4 * 1024 * 1024)).await, large);
    }

    async fn only_json_is_taken(engine) {
        let (_database, server) = server(engine).await;
        let body = json!({ "query": "{ __typename }" }).to_string();
        for kind in ["application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8"] {
            assert_eq!(send(&server, kind, body.clone()).await, (200, String::new()), "{kind}");
        }
        // A page of another origin can send these without asking; so they must do nothing.
        for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx"] {
            assert_eq!(send(&server, kind, body.clone()).await, (415, "BAD_REQUEST".to_owned()), "{kind}");
        }
        let bare = server.client().post(server.url("/graphql")).body(body).send().await.unwrap();
        assert_eq!(bare.status().as_u16(), 415, "no content type at all");
    }

    async fn a_body_that_is_no_request_is_refused_with_a_code(engine) {
        let (_database, server) = server(engine).await;
        let wrong = [
            "", "{", "null", "3", "\"{ __typename }\"", "[]", "[\"{ __typename }\"]", "[{\"query\":\"{ __typename }\"}]",
            "{\"query\":3}", "{\"query\":\"{ __typename }\",\"variables\":[]}", "{\"query\":\"{ __typename }\"} x",
        ];
        for body in wrong {
            assert_eq!(send(&server, "application/json", body).await, (400, "BAD_REQUEST".to_owned()), "{body}");
        }
        assert_eq!(send(&server, "application/json", vec![b'{', 0xFF, b'}']).await, (400, "BAD_REQUEST".to_owned()));
    }

    async fn errors_of_documents_have_a_code_and_nothing_internal(engine) {
        let (_database, server) = server(engine).await;
        let wrong = [
            "", "{", "{ nothing }", "{ standard }", "{ standard(number: 3) { id } }", "{ standard(number: \"x\") }",
            "query($x: Int!) { standards(first: $x) { totalCount } }", "mutation { x }", "subscription { head { position } }",
            "{ standards(filter: { kind: [NOTHING] }) { totalCount } }", "{ standards(filter: { issuedOn: { from: \"2026-02-30\" } }) { totalCount } }",
            "query A { __typename } query B { __typename }", "fragment F on Standard { id }",
        ];
        for query in wrong {
            let answer = server.ask(query, json!({})).await;
            let errors = answer["errors"].as_array().cloned().unwrap_or_default();
            assert!(!errors.is_empty(), "{query}: {answer:#}");
            for error in errors {
                let code = error["extensions"]["code"].as_str().unwrap_or_default();
                let message = error["message"].as_str().unwrap_or_default();
                assert!(!code.is_empty() && code != "INTERNAL", "{query}: {error:#}");
                assert!(!message.contains("entity::") && !message.contains("SELECT"), "{query}: {message}");
            }
        }
    }

    async fn other_methods_are_refused(engine) {
        let (_database, server) = server(engine).await;
        for method in [reqwest::Method::PUT, reqwest::Method::DELETE, reqwest::Method::PATCH, reqwest::Method::HEAD] {
            let answer = server.client().request(method.clone(), server.url("/graphql")).send().await.unwrap();
            assert_eq!(answer.status().as_u16(), 405, "{method}");
            assert_eq!(answer.headers().get("allow").map(|value| value.as_bytes()), Some(&b"GET, POST"[..]), "{method}");
        }
    }
}
