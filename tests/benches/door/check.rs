//! The check of a document that is known already, beside the page that it lets through.

use std::hint::black_box;
use std::time::{Duration, Instant};

use api::check::{Checker, Limits, Prices, Variables};
use ingest::generate::Plan;
use serde_json::{Value, json};
use support::catalogue::fill;
use support::figures::{median, print_head, print_row, setting};
use support::{Server, TestDatabase, test_clock};

use super::Failed;

/// Three levels and five lists.
const PAGE: &str = "query Enterprise($creditCode: String!) { enterprise(creditCode: $creditCode) { \
     name creditCode status region { code name } formerNames { name until } \
     declarations(first: 3) { nodes { standardNumber standardName status declaredOn \
     versions { version changeKind validFrom validUntil } indicators { name requirement unit testMethod category } } } \
     products(first: 3) { nodes { name brand model gtin } } } }";
/// Pages and checks of one turn.
const PAGES: u32 = 200;
const CHECKS: u32 = 20_000;

pub(crate) async fn measure() -> Result<(), Failed> {
    print_head(&["engine", "page, µs", "check, µs", "check / page"]);
    for engine in support::figures::engines() {
        let database = TestDatabase::new(engine).await;
        let (db, _) = fill(&database, &Plan::county()?).await;
        let hub = Server::start(db, test_clock());
        let codes = codes(&hub).await?;
        let checker = Checker::new(&api::sdl(), Prices::hub(), Limits::default())?;
        let (mut pages, mut checks) = (Vec::new(), Vec::new());
        for _ in 0..setting("NQI_BENCH_ROUNDS", 5) {
            pages.push(page(&hub, &codes).await);
            checks.push(check(&checker, &codes)?);
        }
        let (page, check) = (median(&pages), median(&checks));
        print_row(&[
            format!("{engine:?}"),
            format!("{page:.0}"),
            format!("{check:.1}"),
            format!("{:.1} %", 100.0 * check / page),
        ]);
    }
    Ok(())
}

/// Enterprises of the county.
async fn codes(hub: &Server) -> Result<Vec<String>, Failed> {
    let list = "{ enterprises(first: 200) { nodes { creditCode } } }";
    let data = hub.data(list, json!({})).await;
    let nodes = data.pointer("/enterprises/nodes").and_then(Value::as_array);
    let codes = nodes.into_iter().flatten();
    let codes: Vec<String> = codes
        .filter_map(|node| node.pointer("/creditCode")?.as_str().map(str::to_owned))
        .collect();
    if codes.is_empty() {
        return Err("the county has no enterprise".into());
    }
    Ok(codes)
}

/// The time of a page, one after the other over one connection.
async fn page(hub: &Server, codes: &[String]) -> f64 {
    let begun = Instant::now();
    for (_, code) in (0..PAGES).zip(codes.iter().cycle()) {
        black_box(hub.data(PAGE, json!({ "creditCode": code })).await);
    }
    micros(begun.elapsed(), PAGES)
}

/// The time of everything that stands between the text and the executor, the document being known.
fn check(checker: &Checker, codes: &[String]) -> Result<f64, Failed> {
    let begun = Instant::now();
    for (_, code) in (0..CHECKS).zip(codes.iter().cycle()) {
        let refused = |refusal: api::check::Refusal| refusal.code;
        let (document, _) = checker.look_up(PAGE).map_err(refused)?;
        let operation = document.operation(None).map_err(refused)?;
        let variables = Variables::from_json(json!({ "creditCode": code }));
        black_box(operation.price(&variables).map_err(refused)?);
        black_box(document.executable());
    }
    Ok(micros(begun.elapsed(), CHECKS))
}

fn micros(time: Duration, times: u32) -> f64 {
    time.as_secs_f64() * 1e6 / f64::from(times)
}
