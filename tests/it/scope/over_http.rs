//! What is not public answers over HTTP as if it did not exist: by key, by node, in lists, counts and search.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use support::{Server, TestDatabase, on_both, test_clock};

use super::filled;

/// Half of every kind of row is hidden: the ones whose name ends so.
const HIDE: [&str; 6] = [
    "UPDATE standard SET audience = 'STAFF', region = '320582' WHERE key LIKE '%-2020'",
    "UPDATE standard_project SET audience = 'STAFF', region = '320582' WHERE key LIKE '%5-T-469'",
    "UPDATE search_entry SET audience = 'STAFF', region = '320582' WHERE key LIKE '%-2020' OR key LIKE '%5-T-469'",
    "UPDATE region SET audience = 'STAFF' WHERE code LIKE '320582%'",
    "UPDATE ingest_run SET audience = 'STAFF' WHERE form = 'samr-search'",
    "UPDATE quarantine SET audience = 'STAFF', region = '320582' WHERE row_no % 2 = 0",
];

async fn hidden(engine: support::Engine) -> (TestDatabase, Server, Vec<Value>) {
    let database = TestDatabase::new(engine).await;
    let db = filled(&database).await;
    let server = Server::start(db, test_clock());
    let ids = "{ standards(first: 100) { edges { node { id number } } } regions { edges { node { id code } } } \
        search(text: \"电缆\", first: 200, kinds: [STANDARD_PROJECT]) { edges { node { ... on StandardProject { id } } } } }";
    let all = server.data(ids, json!({})).await;
    let connection = database.raw().await;
    for statement in HIDE {
        if let Err(error) = connection.execute_unprepared(statement).await {
            panic!("{statement}: {error}");
        }
    }
    let mut nodes = Vec::new();
    for list in ["standards", "regions", "search"] {
        let edges = all[list]["edges"].as_array().cloned().unwrap_or_default();
        nodes.extend(edges.into_iter().map(|mut edge| edge["node"].take()));
    }
    (database, server, nodes)
}

/// Every node of a connection, page by page, with what `totalCount` says.
async fn paged(server: &Server, field: &str, arguments: &str, node: &str) -> (Vec<Value>, Value) {
    let query = format!(
        "query($after: String) {{ {field}(first: 7, after: $after{arguments}) {{ totalCount \
         pageInfo {{ hasNextPage endCursor }} edges {{ node {{ {node} }} }} }} }}"
    );
    let mut nodes = Vec::new();
    let mut after = Value::Null;
    loop {
        let mut page = server.data(&query, json!({ "after": after })).await[field].take();
        let edges = page["edges"].as_array().cloned().unwrap_or_default();
        nodes.extend(edges.into_iter().map(|mut edge| edge["node"].take()));
        if page["pageInfo"]["hasNextPage"] != true {
            return (nodes, page["totalCount"].take());
        }
        after = page["pageInfo"]["endCursor"].take();
    }
}

on_both! {
    async fn lists_and_counts_agree_on_what_is_public(engine) {
        let (_database, server, _) = hidden(engine).await;
        let table = [
            ("standards", "", "number", 30),
            ("search", ", text: \"电缆\"", "__typename ... on Standard { number } ... on StandardProject { planNumber }", 41),
            ("regions", "", "code", 4),
            ("ingestionRuns", "", "id", 1),
            ("quarantine", "", "id", 4),
        ];
        for (field, arguments, node, count) in table {
            let (nodes, total) = paged(&server, field, arguments, node).await;
            assert_eq!((nodes.len(), &total), (count, &json!(count)), "{field}");
            let text = Value::Array(nodes).to_string();
            assert!(!text.contains("-2020") && !text.contains("5-T-469") && !text.contains("320582"), "{field}: {text}");
        }
    }

    async fn hidden_and_missing_answer_alike(engine) {
        let (_database, server, nodes) = hidden(engine).await;
        let ids: Vec<&Value> = nodes.iter().map(|node| &node["id"]).collect();
        assert_eq!(ids.len(), 60 + 6 + 12);
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let found = server.data(query, json!({ "ids": ids })).await;
        let found = found["nodes"].as_array().cloned().unwrap_or_default();
        assert_eq!(found.iter().filter(|node| !node.is_null()).count(), 30 + 4 + 11);
        for (node, known) in found.iter().zip(&nodes) {
            assert!(node.is_null() || node["id"] == known["id"], "{node} {known}");
        }
        for (query, hidden, missing) in [
            ("query($k: String!) { standard(number: $k) { number } }", "GB/T 1001-2020", "GB/T 9999-2020"),
            ("query($k: String!) { region(code: $k) { code } }", "320582", "999999"),
            ("query($k: ID!) { node(id: $k) { id } }", "MTpTdGFuZGFyZDpHQi9UMTAwMS0yMDIw", "MTpTdGFuZGFyZDpHQi9UOTk5OS0yMDIw"),
        ] {
            let one = server.ask(query, json!({ "k": hidden })).await;
            let other = server.ask(query, json!({ "k": missing })).await;
            assert_eq!(one, other, "{query}");
            assert!(one.get("errors").is_none(), "{one}");
        }
    }

    async fn edges_do_not_lead_to_what_is_hidden(engine) {
        let (_database, server, _) = hidden(engine).await;
        let query = "{ standard(number: \"GB/T 1001-2001\") { number status replacedBy { number standard { number } } \
            editions { number } } checkCitations(text: \"GB/T 1001-2020, GB/T 1001\") { standard { number } } }";
        let found = server.data(query, json!({})).await;
        let standard = &found["standard"];
        assert_eq!(standard["editions"], json!([{ "number": "GB/T 1001-2001" }]));
        assert_eq!(standard["replacedBy"], json!([]));
        // The newest edition that the reader may see.
        let cited = json!([{ "standard": null }, { "standard": { "number": "GB/T 1001-2001" } }]);
        assert_eq!(found["checkCitations"], cited);
    }
}
