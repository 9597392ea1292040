//! Conventions that clients build on.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::introspection::{list, own_types, schema, server, text};

fn find<'a>(schema: &'a Value, name: &str) -> &'a Value {
    match own_types(schema)
        .into_iter()
        .find(|kind| text(kind, "name") == name)
    {
        Some(kind) => kind,
        None => panic!("there is no type {name}"),
    }
}

fn names(kind: &Value, members: &str) -> Vec<String> {
    list(kind, members)
        .map(|member| text(member, "name").to_owned())
        .collect()
}

#[test]
fn root_fields_are_nullable() {
    let schema = support::block_on(schema());
    let query = find(&schema, text(&schema["queryType"], "name"));
    let offenders: Vec<&str> = list(query, "fields")
        .filter(|field| field["type"]["kind"] == "NON_NULL")
        .map(|field| text(field, "name"))
        .collect();
    assert!(
        offenders.is_empty(),
        "one that fails would take the others with it: {offenders:?}"
    );
}

#[test]
fn the_roots_are_those_that_clients_know() {
    let schema = support::block_on(schema());
    let mut roots = names(find(&schema, text(&schema["queryType"], "name")), "fields");
    roots.sort();
    let known = [
        "checkCitations",
        "hubInfo",
        "ingestionRuns",
        "node",
        "nodes",
        "parseStandardNumber",
        "quarantine",
        "region",
        "regions",
        "search",
        "standard",
        "standards",
    ];
    for name in known {
        assert!(roots.iter().any(|root| root == name), "{name} is gone: {roots:?}");
    }
    assert_eq!(
        names(find(&schema, text(&schema["subscriptionType"], "name")), "fields"),
        ["head"]
    );
}

#[test]
fn connections_are_alike() {
    let schema = support::block_on(schema());
    let types = own_types(&schema);
    let connections: Vec<&&Value> = types
        .iter()
        .filter(|kind| text(kind, "name").ends_with("Connection"))
        .collect();
    assert!(connections.len() >= 5, "{connections:?}");
    for connection in connections {
        let mut fields = names(connection, "fields");
        fields.sort();
        assert_eq!(
            fields,
            ["edges", "nodes", "pageInfo", "totalCount"],
            "{}",
            text(connection, "name")
        );
    }
    for field in types.iter().flat_map(|kind| list(kind, "fields")) {
        if text(&field["type"], "name").ends_with("Connection") {
            let arguments = names(field, "args");
            for wanted in ["first", "after", "last", "before"] {
                assert!(
                    arguments.iter().any(|name| name == wanted),
                    "{}: {arguments:?}",
                    text(field, "name")
                );
            }
        }
    }
}

#[test]
fn own_scalars_say_where_they_are_specified() {
    let schema = support::block_on(schema());
    for scalar in own_types(&schema)
        .into_iter()
        .filter(|kind| kind["kind"] == "SCALAR")
    {
        let url = text(scalar, "specifiedByURL");
        assert!(url.starts_with("https://"), "{}: {url:?}", text(scalar, "name"));
    }
}

/// What is wrong with the reason of a deprecation on a day.
fn reason_fault(reason: &str, today: NaiveDate) -> Option<&'static str> {
    let named = reason.split('`').nth(1).is_some_and(|name| !name.is_empty());
    let words = reason.split(|sign: char| !sign.is_ascii_digit() && sign != '-');
    let date = words.filter_map(|word| word.parse::<NaiveDate>().ok()).next();
    match date {
        _ if !named => Some("names no replacement between backticks"),
        None => Some("names no date of removal"),
        Some(date) if date < today => Some("is past its date: remove what it stands on"),
        Some(_) => None,
    }
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a date of removal is meant for the day on which the tests run"
)]
fn deprecations_name_replacement_and_date_and_are_not_overdue() {
    let schema = support::block_on(schema());
    let today = chrono::Utc::now().date_naive();
    let mut faults = Vec::new();
    for kind in own_types(&schema) {
        let fields = list(kind, "fields");
        let arguments = list(kind, "fields").flat_map(|field| list(field, "args"));
        let members = fields
            .chain(arguments)
            .chain(list(kind, "inputFields"))
            .chain(list(kind, "enumValues"));
        for member in members.filter(|member| member["isDeprecated"] == true) {
            if let Some(fault) = reason_fault(text(member, "deprecationReason"), today) {
                faults.push(format!("{}.{} {fault}", text(kind, "name"), text(member, "name")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_bad_reason_of_a_deprecation_is_found_out() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let good = "use `statusReported`; removed on 2027-06-01";
    assert_eq!(reason_fault(good, day("2027-06-01")), None);
    assert!(reason_fault(good, day("2027-06-02")).is_some());
    assert!(reason_fault("use `statusReported`", day("2026-01-01")).is_some());
    assert!(reason_fault("removed on 2027-06-01", day("2026-01-01")).is_some());
}

#[tokio::test]
async fn the_names_that_were_promised_are_there() {
    let (_database, server) = server().await;
    let queries = [
        "{ standard(number: \"GB 1-2000\") {
            id number numberKey numberRaw kind nature name nameReported statusReported status(on: \"2026-01-01\")
            statusReason(on: \"2026-01-01\") { rule because } issuedOn effectiveOn withdrawnOn
            replaces { number } replacedBy { number } amends { number } icsCodes ccsCodes issuingBodies
            provenance { source file row readAt adapterVersion } conflicts { field values { value source } } flags
        } }",
        "{ parseStandardNumber(text: \"GB 1-2000\") { raw canonical key base kind nature year flags } }",
        "{ checkCitations(text: \"GB 1-2000\") {
            raw number status statusReason { because } replacedBy { number } standard { id }
        } }",
        "{ search(text: \"GB 1\", kinds: [STANDARD], first: 1, after: null) { nodes { __typename } } }",
        "{ node(id: \"x\") { id } nodes(ids: [\"x\"]) { id } standards { totalCount } region(code: \"320582\") { id }
           regions { totalCount } ingestionRuns { totalCount } quarantine { totalCount } hubInfo { version } }",
    ];
    for query in queries {
        server.data(query, json!({})).await;
    }
}
