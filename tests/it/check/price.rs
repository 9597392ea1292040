//! Prices by rule and table.

use api::check::{Checker, Limits, Prices, Size, Weight};
use serde_json::{Value, json};

use super::{codes, hub_checker, probe_checker, probe_sdl, variables};

fn price(checker: &Checker, text: &str, given: Value) -> u64 {
    let document = checker.document(text).map_err(|refusal| refusal.errors).unwrap();
    let price = document.operation(None).unwrap().price(&variables(given));
    price.map_err(|refusal| refusal.errors).unwrap().requested
}

#[test]
fn the_rule() {
    let checker = probe_checker();
    let fixed = |text: &str| price(&checker, text, json!({}));
    assert_eq!(fixed("{ int text id }"), 0);
    assert_eq!(fixed("{ __typename }"), 0);
    assert_eq!(fixed("{ dog { name age } }"), 1);
    assert_eq!(fixed("{ dog { owner { name } } cat { name } }"), 3);
    assert_eq!(fixed("{ pets { __typename } }"), 5);
    assert_eq!(fixed("{ pets { ... on Dog { owner { name } } } }"), 5 + 5);
    // A page: itself, its rows, and what is asked of each.
    assert_eq!(
        fixed("{ person { pets(first: 3) { nodes { __typename } } } }"),
        1 + 1 + 3
    );
    assert_eq!(
        fixed("{ person { pets(first: 3) { edges { cursor node { __typename } } pageInfo { more } } } }"),
        1 + 1 + 3 + 3 + 1
    );
    assert_eq!(fixed("{ person { pets(first: 3) { total } } }"), 2);
    assert_eq!(
        fixed(
            "{ person { pets(first: 7) { nodes { ... on Dog { owner { pets(first: 2) { nodes { __typename } } } } } } } }"
        ),
        1 + 1 + 7 + 7 + 7 + 7 * 2
    );
    // The default of the argument, the usual size, the most.
    assert_eq!(fixed("{ person { pets { nodes { __typename } } } }"), 2 + 10);
    assert_eq!(fixed("{ dog { friends { name } } }"), 1 + 1);
    assert_eq!(
        fixed("{ person { pets(first: 2000000) { nodes { __typename } } } }"),
        2 + 200
    );
    assert_eq!(
        fixed("{ person { pets(first: -5) { nodes { __typename } } } }"),
        2 + 1
    );
    assert_eq!(
        fixed("{ person { pets(first: 2, last: 9) { nodes { __typename } } } }"),
        2 + 9
    );
}

#[test]
fn the_usual_page_is_twenty() {
    let text = "{ enterprises { nodes { name } } }";
    assert_eq!(price(&hub_checker(), text, json!({})), 1 + 20);
}

#[test]
fn variables_say_how_many() {
    let checker = probe_checker();
    let text =
        "query Q($n: Int = 4, $m: Int) { person { pets(first: $n, last: $m) { nodes { __typename } } } }";
    let with = |given| price(&checker, text, given);
    assert_eq!(with(json!({})), 2 + 4);
    assert_eq!(with(json!({ "n": 6 })), 2 + 6);
    assert_eq!(with(json!({ "n": 6, "m": 8 })), 2 + 8);
    assert_eq!(with(json!({ "n": null, "m": null })), 2 + 20);
    assert_eq!(with(json!({ "n": 2_000_000_000 })), 2 + 200);
    let hub = hub_checker();
    let nodes = "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    assert_eq!(price(&hub, nodes, json!({ "ids": ["a", "b", "c"] })), 3);
    assert_eq!(price(&hub, nodes, json!({ "ids": "a" })), 1);
    assert_eq!(price(&hub, "{ nodes(ids: [\"a\", \"b\"]) { id } }", json!({})), 2);
}

#[test]
fn the_table_of_the_hub() {
    let hub = hub_checker();
    let fixed = |text: &str| price(&hub, text, json!({}));
    assert_eq!(fixed("{ checkCitations(text: \"a\") { raw } }"), 500 + 20);
    assert_eq!(
        fixed("{ checkCitations(text: \"a\") { standard { id } } }"),
        500 + 20 + 20
    );
    assert_eq!(
        fixed("{ enterprise(creditCode: \"a\") { findings { rule } } }"),
        1 + 20
    );
    assert_eq!(fixed("{ search(text: \"a\", first: 10) { totalCount } }"), 20 + 1);
}

#[test]
fn a_table_of_ones_own() {
    let weight = Weight {
        own: 7,
        size: Size::Assumed(3),
    };
    let table = [
        ("Query.pets", weight),
        ("Dog.nick", weight),
        ("Dog.owner", weight),
        ("Person.pets", weight),
    ];
    let checker = Checker::new(&probe_sdl(), Prices::new(table), Limits::default()).unwrap();
    let fixed = |text: &str| price(&checker, text, json!({}));
    assert_eq!(fixed("{ pets { __typename } }"), 7 + 3);
    assert_eq!(fixed("{ pets { ... on Dog { nick } } }"), 7 + 3 + 3 * 7);
    assert_eq!(fixed("{ dog { owner { name } } }"), 1 + 7 + 1);
    assert_eq!(
        fixed("{ person { pets(first: 2) { nodes { __typename } } } }"),
        1 + 7 + 1 + 2
    );
}

#[test]
fn fields_that_merge_are_paid_once() {
    let checker = probe_checker();
    let fixed = |text: &str| price(&checker, text, json!({}));
    let twice = "{ ...A ...B } fragment A on Query { person { pets(first: 5) { nodes { __typename } } } } \
        fragment B on Query { person { age pets(first: 5) { total nodes { ... on Dog { owner { name } } } } } }";
    assert_eq!(fixed(twice), 1 + 1 + 5 + 5);
    let aliased = "{ a: person { pets(first: 5) { nodes { __typename } } } b: person { pets(first: 5) { nodes { __typename } } } }";
    assert_eq!(fixed(aliased), 2 * 7);
    // On types that exclude each other the larger does not hide behind the smaller.
    let exclusive = "{ pets { ... on Dog { a: friends(first: 1) { name } } ... on Cat { a: name } } }";
    assert!(checker.document(exclusive).is_err());
}

#[test]
fn too_dear_is_refused_with_the_dearest_paths() {
    let hub = hub_checker();
    let text = "query Q($n: Int) { enterprises(first: 200) { nodes { name declarations(first: $n) { nodes { standard { number } } } } } hubInfo { version } }";
    let document = hub.document(text).unwrap();
    let with = |n: u64| {
        document
            .operation(None)
            .unwrap()
            .price(&variables(json!({ "n": n })))
    };
    let cheap = with(2).unwrap();
    assert_eq!(cheap.requested, 201 + 200 * (1 + 2 * 2) + 1);
    let paths: Vec<_> = cheap
        .dearest
        .iter()
        .map(|one| (one.path.as_str(), one.price))
        .collect();
    assert_eq!(
        paths,
        [
            ("enterprises.nodes.declarations", 600),
            ("enterprises.nodes.declarations.nodes.standard", 400),
            ("enterprises", 201),
            ("hubInfo", 1)
        ]
    );
    let dear = with(200).unwrap_err();
    assert_eq!(codes(&dear), ["QUERY_TOO_COMPLEX"]);
    let error = serde_json::to_value(&dear.errors[0]).unwrap();
    assert_eq!(error["extensions"]["requested"], 80_402);
    assert_eq!(error["extensions"]["limit"], 50_000);
    assert_eq!(
        error["extensions"]["dearest"][0],
        json!({ "path": "enterprises.nodes.declarations", "price": 40_200 })
    );
    assert!(dear.errors[0].message.contains("enterprises.nodes.declarations"));
}

#[test]
fn no_number_is_too_large_to_be_summed() {
    let weight = Weight {
        own: u64::MAX,
        size: Size::Assumed(u64::MAX),
    };
    let checker = Checker::new(
        &probe_sdl(),
        Prices::new([("Query.pets", weight)]),
        Limits::default(),
    )
    .unwrap();
    let document = checker
        .document("{ pets { ... on Dog { owner { name } } } a: pets { __typename } }")
        .unwrap();
    let refusal = document
        .operation(None)
        .unwrap()
        .price(&variables(json!({})))
        .unwrap_err();
    assert_eq!(refusal.code, "QUERY_TOO_COMPLEX");
}
