//! What a checked document says of itself, and how refusals name their places.

use std::sync::Arc;

use api::check::{Checker, Limits, OperationKind, Prices, Size, Weight};
use serde_json::json;

use super::{codes, hub_checker, probe_checker, probe_sdl, refused, variables};

#[test]
fn the_hash_is_that_of_the_text_as_sent() {
    let checker = probe_checker();
    let document = checker.document("{ int }").unwrap();
    assert_eq!(
        document.hash(),
        "3246b85ba03ae1d39c90ae7c5cc0d683929e7024120d71f7e29c9ea779568314"
    );
    assert_ne!(document.hash(), checker.document("{ int  }").unwrap().hash());
    let again = checker.document("{ int }").unwrap();
    assert!(Arc::ptr_eq(&document, &again), "the cache answers");
}

#[test]
fn operations_are_found_by_name() {
    let checker = probe_checker();
    let one = checker.document("{ int }").unwrap();
    let found = one.operation(None).unwrap();
    assert_eq!((found.kind(), found.name()), (OperationKind::Query, None));
    assert_eq!(
        one.operation(Some("Q")).err().unwrap().code,
        "OPERATION_NOT_FOUND"
    );
    let named = checker.document("mutation M { add(x: 1) }").unwrap();
    for name in [None, Some("M")] {
        let found = named.operation(name).unwrap();
        assert_eq!((found.kind(), found.name()), (OperationKind::Mutation, Some("M")));
    }
    let several = checker
        .document("query A { int } subscription B { tick }")
        .unwrap();
    assert_eq!(
        several.operation(Some("B")).unwrap().kind(),
        OperationKind::Subscription
    );
    for name in [None, Some("C"), Some(""), Some(&*"x".repeat(100_000))] {
        let refusal = several.operation(name).err().unwrap();
        assert_eq!(codes(&refusal), ["OPERATION_NOT_FOUND"]);
        assert!(refusal.errors[0].message.len() < 300);
    }
}

#[test]
fn places_are_those_of_the_text_as_sent() {
    let checker = probe_checker();
    let long = format!("{{ text(x: \"{}\") nothing }}", "缆".repeat(5_000));
    for (text, line, column) in [
        ("{ int\n  nothing }", 2, 3),
        ("{ text(x: \"电缆\") nothing }", 1, 17),
        ("{ int\r\n\r  nothing }", 3, 3),
        (
            "\"电缆\" query Q(\"\"\"两\n行\"\"\" $x: Int) { int(x: $x) nothing }",
            2,
            28,
        ),
        (&long, 1, 5_015),
        ("{ box(x: { width: 1, tags: [],\n width: 2 }) }", 2, 9),
        ("{ int(x1) }", 1, 6),
        ("{ int", 1, 6),
    ] {
        let place = refused(&checker, text).errors[0].locations[0];
        assert_eq!((place.line, place.column), (line, column), "{text}");
    }
}

#[test]
fn descriptions_are_taken_where_the_specification_has_them() {
    let checker = probe_checker();
    for good in [
        "\"what it does\" query Q { int }",
        "\"\"\"\nwhat\nit does\n\"\"\" query Q(\"first\" $x: Int, \"\"\"second\"\"\" $y: String = \"default\" \"third\" $z: [Int!] = [1]) { int(x: $x) text(x: $y) ints(x: $z) }",
        "query Q { ...F } \"about F\" fragment F on Query { int }",
        "\"of a subscription\" subscription S { tick }",
    ] {
        let document = checker
            .document(good)
            .map_err(|refusal| (good, refusal.errors))
            .unwrap();
        assert!(document.operation(None).is_ok());
    }
    for bad in [
        "\"of a selection\" { int }",
        "\"one\" \"two\" query Q { int }",
        "query \"inside\" Q { int }",
        "query Q(\"alone\") { int }",
        "query Q($x: Int \"behind\") { int(x: $x) }",
        "query Q($x: \"of a type\" Int) { int(x: $x) }",
        "{ \"of a field\" int }",
        "{ int(\"of an argument\" x: 1) }",
        "{ int } \"at the end\"",
        "query Q @note(text: \"a\" $x: 1) { int }",
    ] {
        assert_eq!(refused(&checker, bad).code, "GRAPHQL_PARSE_FAILED", "{bad}");
    }
}

#[test]
fn u_0000_is_refused_wherever_it_stands() {
    let checker = probe_checker();
    for text in [
        "{ text(x: \"a\\u0000\") }",
        "{ text(x: \"a\\u{0}\") }",
        "query Q($x: String = \"\\u0000\") { text(x: $x) }",
        "{ json(x: [{ a: \"\\u0000\" }]) }",
        "{ dog @note(text: \"\\u0000\") { name } }",
    ] {
        assert_eq!(refused(&checker, text).code, "BAD_USER_INPUT", "{text}");
    }
    assert!(checker.document("{ text(x: \"\\\\u0000\") }").is_ok());
    let document = checker.document("query Q($x: Json) { json(x: $x) }").unwrap();
    let given = variables(json!({ "x": [{ "a": "b\0" }] }));
    assert_eq!(
        document.operation(None).unwrap().price(&given).unwrap_err().code,
        "BAD_USER_INPUT"
    );
}

#[test]
fn a_kind_of_operation_that_the_schema_does_not_have_is_refused() {
    let checker = Checker::new("type Query { a: Int }", Prices::new([]), Limits::default()).unwrap();
    assert!(checker.document("query Q { a }").is_ok());
    // graphql-js says so when it executes.
    for text in ["mutation M { a }", "subscription S { a }"] {
        assert_eq!(
            refused(&checker, text).code,
            "GRAPHQL_VALIDATION_FAILED",
            "{text}"
        );
    }
}

#[test]
fn messages_quote_little_of_what_was_sent() {
    let checker = hub_checker();
    let secret = "s".repeat(5_000);
    for text in [
        format!("{{ {secret} }}"),
        format!("{{ standard(number: {secret}) {{ number }} }}"),
        format!("{{ enterprises(first: \"{secret}\") {{ totalCount }} }}"),
        format!("{{ hubInfo {{ version }} }} \"{secret}\""),
        format!("{{ hubInfo {{ version }} }} {secret}"),
        format!("{{ ...{secret} }}"),
        format!("{{ hubInfo @{secret} {{ version }} }}"),
    ] {
        for error in refused(&checker, &text).errors {
            assert!(error.message.len() <= 1_300, "{}", error.message);
        }
    }
}

#[test]
fn a_schema_or_table_with_a_fault_makes_no_checker() {
    let weight = Weight {
        own: 1,
        size: Size::Assumed(1),
    };
    let fault = |sdl: &str, table: [(&str, Weight); 1]| {
        let made = Checker::new(sdl, Prices::new(table), Limits::default());
        made.err().map(|fault| fault.to_string())
    };
    assert_eq!(fault(&probe_sdl(), [("Query.int", weight)]), None);
    let unknown = fault(&probe_sdl(), [("Query.nothing", weight)]).unwrap();
    assert!(unknown.contains("Query.nothing"), "{unknown}");
    let argument = Weight {
        own: 1,
        size: Size::Argument("y"),
    };
    assert!(fault(&probe_sdl(), [("Query.ints", argument)]).is_some());
    assert!(fault("type Query { a: Nothing }", [("Query.a", weight)]).is_some());
}
