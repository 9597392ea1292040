//! What a page may be asked for: nothing is cut silently, what is too much is refused.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use support::{Server, catalogue, on_both, test_clock};

use super::list::{every, standards};

on_both! {
    async fn a_page_has_one_to_two_hundred_rows(engine) {
        let server = Server::start(catalogue(engine).await.db.clone(), test_clock());
        for list in every() {
            for wrong in [
                json!({ "first": 0 }), json!({ "first": -1 }), json!({ "first": 201 }), json!({ "first": i32::MAX }),
                json!({ "first": i32::MIN }), json!({ "last": 0 }), json!({ "last": -1 }), json!({ "last": 201 }),
                json!({ "first": 1, "last": 1 }), json!({ "first": 0, "last": 0 }),
            ] {
                assert_eq!(list.refusal(&server, wrong.clone()).await, "BAD_USER_INPUT", "{list:?} {wrong}");
            }
            for (size, wanted) in [(1, 1), (2, 2), (200, 200)] {
                for way in ["first", "last"] {
                    let page = list.page(&server, json!({ way: size })).await;
                    let total = page["totalCount"].as_u64().unwrap_or_default();
                    assert_eq!(page["nodes"].as_array().map(|rows| rows.len() as u64), Some(total.min(wanted)), "{list:?}");
                }
            }
        }
    }

    async fn a_page_has_twenty_rows_unless_told(engine) {
        let server = Server::start(catalogue(engine).await.db.clone(), test_clock());
        let page = standards("NUMBER", "ASC").page(&server, json!({})).await;
        assert_eq!(page["nodes"].as_array().map(Vec::len), Some(20));
    }

    async fn numbers_that_are_no_int_are_refused_with_a_code(engine) {
        let server = Server::start(catalogue(engine).await.db.clone(), test_clock());
        for wrong in [json!(3_000_000_000_u64), json!(-3_000_000_000_i64), json!(1.5), json!("5"), json!(true), json!([])] {
            let answer = server.ask(&standards("NUMBER", "ASC").query(), json!({ "first": wrong })).await;
            assert!(answer["errors"][0]["extensions"]["code"].is_string(), "{wrong}: {answer:#}");
            assert_eq!(answer["data"], Value::Null, "{wrong}: {answer:#}");
        }
    }

    async fn lists_of_five_hundred_are_taken_and_longer_ones_refused(engine) {
        let server = Server::start(catalogue(engine).await.db.clone(), test_clock());
        let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let texts = "query($text: String!) { checkCitations(text: $text) { raw } }";
        let text = |count: usize| (0..count).map(|number| format!("GB {}-2000；", number + 1)).collect::<String>();
        let answer = server.data(nodes, json!({ "ids": vec!["x"; 500] })).await;
        assert_eq!(answer["nodes"], json!(vec![Value::Null; 500]));
        let answer = server.data(texts, json!({ "text": text(500) })).await;
        assert_eq!(answer["checkCitations"].as_array().map(Vec::len), Some(500));
        for (query, variables) in [(nodes, json!({ "ids": vec!["x"; 501] })), (texts, json!({ "text": text(501) }))] {
            let answer = server.ask(query, variables).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{answer:#}");
        }
    }

    async fn odd_text_finds_nothing(engine) {
        let server = Server::start(catalogue(engine).await.db.clone(), test_clock());
        for odd in ["\u{1}", "\u{feff}", "\u{10ffff}", "\u{fffe}", "'", "\\", "😀"] {
            let data = server.data(EVERY_TEXT, json!({ "odd": odd, "id": node_id(odd) })).await;
            assert_eq!(data["byIcs"]["totalCount"], 0, "{odd:?}: {data:#}");
            assert_eq!(data["rows"]["totalCount"], 0, "{odd:?}: {data:#}");
        }
    }

    async fn text_that_no_database_holds_is_refused_alike(engine) {
        let server = Server::start(catalogue(engine).await.db.clone(), test_clock());
        let code = |answer: &Value| answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned();
        for variables in [json!({ "odd": "\u{0}", "id": "" }), json!({ "odd": "GB\u{0} 1-2000", "id": "" })] {
            assert_eq!(code(&server.ask(EVERY_TEXT, variables).await), "BAD_USER_INPUT");
        }
        let nested = "query($filter: StandardFilter) { standards(filter: $filter) { totalCount } }";
        let answer = server.ask(nested, json!({ "filter": { "icsCode": { "eq": "\u{0}" } } })).await;
        assert_eq!(code(&answer), "BAD_USER_INPUT");
        let literal = r#"{ quarantine(filter: { code: "\u0000" }) { totalCount } }"#;
        assert_eq!(code(&server.ask(literal, json!({})).await), "BAD_USER_INPUT");
        let no_escape = r#"{ quarantine(filter: { code: "\\u0000" }) { totalCount } }"#;
        assert_eq!(server.data(no_escape, json!({})).await["quarantine"]["totalCount"], 0);
        let hidden = server.data("query($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }", json!({ "id": node_id("\u{0}") }));
        assert_eq!(hidden.await, json!({ "node": null, "nodes": [null] }));
    }
}

/// Every argument that takes a text.
const EVERY_TEXT: &str = "query($odd: String!, $id: ID!) {
    standard(number: $odd) { id } node(id: $id) { id } nodes(ids: [$id]) { id } region(code: $odd) { id }
    byIcs: standards(filter: { icsCode: { eq: $odd } }) { totalCount }
    byPrefix: standards(filter: { ccsCode: { startsWith: $odd } }) { totalCount }
    runs: ingestionRuns(filter: { source: $odd }) { totalCount }
    rows: quarantine(filter: { code: $odd, source: $odd, runId: $odd }) { totalCount }
    search(text: $odd) { totalCount } checkCitations(text: $odd) { standard { id } }
    parseStandardNumber(text: $odd) { key }
}";

/// The global id of a standard with this key.
fn node_id(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("1:Standard:{key}"))
}
