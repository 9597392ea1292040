//! What a query costs: the number of its statements is pinned, and does not grow with the rows of a page.

use std::collections::BTreeMap;

use entity::Database;
use serde_json::{Value, json};
use support::{Engine, Server, catalogue, on_both, test_clock};

use super::queries::{all, folder};

/// A server over a handle of its own: nobody else counts on it.
async fn server(engine: Engine) -> Server {
    match Database::connect(catalogue(engine).await.url()).await {
        Ok(db) => Server::start(db, test_clock()),
        Err(error) => panic!("{error}"),
    }
}

/// The statements of one query, the one for the position of the data left out. The hub looks for revoked tokens now and then, so the
/// least of three is what the query costs.
async fn cost(server: &Server, query: &str, variables: &Value) -> u64 {
    let mut least = u64::MAX;
    for _ in 0..3 {
        let before = server.db.statements();
        let answer = server.ask(query, variables.clone()).await;
        assert!(answer.get("data").is_some(), "{query}: {answer:#}");
        least = least.min(server.db.statements() - before - 1);
    }
    least
}

/// The most statements of every golden query, as recorded.
fn recorded() -> BTreeMap<String, u64> {
    let text = std::fs::read_to_string(folder().join("statements.txt")).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            line.split_once(' ')
                .and_then(|(name, most)| Some((name.to_owned(), most.trim().parse().ok()?)))
        })
        .collect()
}

on_both! {
    async fn no_golden_query_costs_more_statements_than_recorded(engine) {
        let server = server(engine).await;
        server.ask("{ __typename }", json!({})).await;
        let recorded = recorded();
        let mut offenders = Vec::new();
        for golden in all() {
            let statements = cost(&server, &golden.query, &golden.variables).await;
            if recorded.get(&golden.name).is_none_or(|most| statements > *most) {
                offenders.push(format!("{} {statements}", golden.name));
            }
        }
        assert!(offenders.is_empty(), "more than tests/golden/statements.txt allows:\n{}", offenders.join("\n"));
    }

    async fn a_page_of_fifty_costs_as_many_statements_as_a_page_of_one(engine) {
        let server = server(engine).await;
        server.ask("{ __typename }", json!({})).await;
        let mut offenders = Vec::new();
        for (list, edges) in LISTS {
            for edge in *edges {
                let query = format!("query($first: Int!) {{ {} }}", list.replace("EDGE", edge));
                let one = cost(&server, &query, &json!({ "first": 1 })).await;
                let fifty = cost(&server, &query, &json!({ "first": 50 })).await;
                if one != fifty {
                    offenders.push(format!("{one} for one row, {fifty} for fifty: {query}"));
                }
            }
        }
        assert!(offenders.is_empty(), "{}", offenders.join("\n"));
    }

    async fn findings_of_fifty_cost_a_few_statements_more_at_most(engine) {
        let server = server(engine).await;
        server.ask("{ __typename }", json!({})).await;
        for edge in ["findings { rule }", "declarations(first: 5) { nodes { findings { rule } } }"] {
            let query = format!(
                "query($first: Int!) {{ enterprises(filter: {{ regionCode: \"320582\" }}, first: $first) {{ nodes {{ {edge} }} }} }}"
            );
            let one = cost(&server, &query, &json!({ "first": 1 })).await;
            let fifty = cost(&server, &query, &json!({ "first": 50 })).await;
            // What is around a declaration is asked in steps; of many declarations some are a step ahead of others.
            assert!(fifty <= one + 4, "{one} for one enterprise, {fifty} for fifty: {query}");
        }
    }
}

/// Every list with every edge of its rows. The first row of each has something at the edge: one that had nothing there
/// would not send the statement.
const LISTS: &[(&str, &[&str])] = &[
    (
        "standards(filter: { regionCode: \"310000\", statusReported: [IN_FORCE] }, first: $first) { totalCount nodes { EDGE } }",
        &[
            "status statusReason { because }",
            "replaces { number }",
            "replacedBy { number }",
            "amendedBy { number }",
            "editions { number }",
            "icsClasses { nameZh }",
            "ccsClasses { nameZh }",
            "region { name }",
            "provenance { source }",
            "conflicts { field }",
            "editions { editions { provenance { source } } }",
            "status provenance { source } conflicts { field } editions { number } region { name }",
        ],
    ),
    (
        "regions(filter: { within: \"440000\", level: CITY, on: \"2026-01-01\" }, first: $first) { totalCount nodes { EDGE } }",
        &[
            "parent { name }",
            "ancestors { name }",
            "ancestors { region { id } }",
            "children { name }",
            "children { region { id } }",
            "zones { name }",
            "names { name }",
            "changes { year }",
        ],
    ),
    (
        "enterprises(filter: { regionCode: \"320582\" }, first: $first) { totalCount nodes { EDGE } }",
        &[
            "formerNames { name }",
            "region { name }",
            "provenance { source }",
            "declarations(first: 2) { totalCount nodes { standardNumber } }",
            "declarations(first: 2) { nodes { standard { number } versions { version } } }",
            "declarations(first: 2) { nodes { products(first: 2) { totalCount nodes { name } } } }",
            "products(first: 3) { nodes { standardsInForce { reason } } }",
        ],
    ),
    (
        "search(text: \"电缆\", kinds: [STANDARD], first: $first) { totalCount nodes { EDGE } }",
        &[
            "... on Standard { number }",
            "... on Standard { status }",
            "... on Standard { provenance { source } }",
        ],
    ),
    (
        "ingestionRuns(first: $first) { totalCount nodes { EDGE } }",
        &["id"],
    ),
    ("quarantine(first: $first) { totalCount nodes { EDGE } }", &["id"]),
];
