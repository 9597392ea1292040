//! What operations cost, what a reader may spend, and the price without the work.

use std::num::NonZeroU32;

use serde_json::json;

use super::ask::{Answer, body, plain, post, server, settings};
use super::talk::Talk;

const PAGE: &str = "{ standards(first: 100) { nodes { number } } }";

fn requested(answer: &Answer) -> u64 {
    answer.json["extensions"]["cost"]["requested"]
        .as_u64()
        .unwrap_or_default()
}

#[tokio::test]
async fn every_answer_says_what_it_cost_and_what_is_left() {
    let (_database, server) = server(settings(|settings| {
        settings.limits.cost_per_minute = NonZeroU32::new(1000)
    }))
    .await;
    let first = post(&server, PAGE, &[]).await;
    let cost = &first.json["extensions"]["cost"];
    let price = requested(&first);
    assert!(price >= 100, "a row costs one at least: {cost:#}");
    assert_eq!(
        (cost["limit"].as_u64(), cost["remaining"].as_u64()),
        (Some(1000), Some(1000 - price))
    );
    assert!(
        cost["resetAt"].as_str().is_some_and(|at| at.starts_with("2026-")),
        "{cost:#}"
    );
    assert_eq!(first.header("ratelimit-policy"), "\"cost\";q=1000;w=60");
    assert!(
        first
            .header("ratelimit")
            .starts_with(&format!("\"cost\";r={};t=", 1000 - price)),
        "{}",
        first.header("ratelimit")
    );
}

#[tokio::test]
async fn who_has_spent_the_budget_waits() {
    let (_database, narrow) = server(settings(|settings| {
        settings.limits.cost_per_minute = NonZeroU32::new(250)
    }))
    .await;
    assert_eq!(post(&narrow, PAGE, &[]).await.told(), (200, "OK"));
    assert_eq!(post(&narrow, PAGE, &[]).await.told(), (200, "OK"));
    for _ in 0..3 {
        let refused = post(&narrow, PAGE, &[]).await;
        assert_eq!(refused.told(), (429, "RATE_LIMITED"));
        let wait: u64 = refused.header("retry-after").parse().unwrap_or_default();
        assert!((1..=60).contains(&wait), "{wait}");
        assert!(
            refused.json["extensions"]["cost"]["remaining"]
                .as_u64()
                .is_some_and(|left| left < requested(&refused))
        );
    }
    assert_eq!(
        post(&narrow, "{ __typename }", &[]).await.told(),
        (200, "OK"),
        "what is left goes to small things"
    );
    let mut talk = Talk::open(&narrow).await;
    talk.ask("1", PAGE).await;
    let refused = talk.hear().await;
    assert_eq!(
        (&refused["type"], &refused["payload"][0]["extensions"]["code"]),
        (&json!("error"), &json!("RATE_LIMITED"))
    );
    let (_database, open) = plain().await;
    for _ in 0..5 {
        let answer = post(&open, PAGE, &[]).await;
        assert_eq!(answer.told(), (200, "OK"), "without a budget");
        assert!(answer.json["extensions"]["cost"]["limit"].is_null());
    }
}

#[tokio::test]
async fn what_costs_more_than_a_whole_minute_never_goes() {
    let (_database, server) = server(settings(|settings| {
        settings.limits.cost_per_minute = NonZeroU32::new(50)
    }))
    .await;
    let refused = post(&server, PAGE, &[]).await;
    assert_eq!(refused.told(), (429, "RATE_LIMITED"));
    assert_eq!(refused.header("retry-after"), "", "waiting would not help");
}

#[tokio::test]
async fn a_dry_run_tells_the_price_and_runs_nothing() {
    let (_database, server) = server(settings(|settings| {
        settings.limits.cost_per_minute = NonZeroU32::new(1000)
    }))
    .await;
    let quote = post(&server, PAGE, &[("x-hub-cost", "dry-run")]).await;
    let mut reads = u64::MAX;
    // The hub reads for itself now and then: the least of three is what a quote costs.
    for _ in 0..3 {
        let before = server.db.statements();
        post(&server, PAGE, &[("x-hub-cost", "dry-run")]).await;
        reads = reads.min(server.db.statements() - before);
    }
    assert_eq!(reads, 0, "nothing was read");
    assert_eq!(quote.told(), (200, "OK"));
    assert!(quote.json.get("data").is_none(), "{:#}", quote.json);
    let cost = &quote.json["extensions"]["cost"];
    assert_eq!(cost["remaining"], 999, "a price costs one: {cost:#}");
    assert!(
        cost["dearest"][0]["path"]
            .as_str()
            .is_some_and(|path| path.starts_with("standards")),
        "{cost:#}"
    );
    assert_eq!(requested(&quote), requested(&post(&server, PAGE, &[]).await));
}

#[tokio::test]
async fn too_dear_is_refused_with_the_dearest_paths_and_the_price_follows_the_variables() {
    let (_database, server) = server(settings(|settings| settings.limits.document.price = 100)).await;
    let query = "query($n: Int!) { standards(first: $n) { nodes { number } } }";
    let cheap = body(&server, json!({ "query": query, "variables": { "n": 10 } }), &[]).await;
    assert_eq!(cheap.told(), (200, "OK"), "{:#}", cheap.json);
    let dear = body(&server, json!({ "query": query, "variables": { "n": 200 } }), &[]).await;
    assert_eq!(dear.told().1, "QUERY_TOO_COMPLEX");
    let extensions = &dear.json["errors"][0]["extensions"];
    assert!(
        extensions["dearest"].is_array() && extensions["limit"] == 100,
        "{extensions:#}"
    );
    let (_database, open) = plain().await;
    let open = body(&open, json!({ "query": query, "variables": { "n": 200 } }), &[]).await;
    assert_eq!(open.told(), (200, "OK"));
}
