//! What is said of variables that do not fit, and how much of them is looked at. Verdicts are in `verdicts`.

use serde_json::{Value, json};

use super::{probe_checker, variables};

#[test]
fn messages_name_the_place() {
    let checker = probe_checker();
    let document = checker
        .document("query Q($v: [Box!], $n: Int!) { boxes(x: $v) int(x: $n) }")
        .unwrap();
    let given = json!({ "v": [{ "width": 1 }, { "width": 1, "inner": { "width": "x".repeat(5_000), "tags": ["a", 1] } }] });
    let refusal = document
        .operation(None)
        .unwrap()
        .price(&variables(given))
        .unwrap_err();
    let said: Vec<_> = refusal.errors.iter().map(|error| error.message.clone()).collect();
    assert_eq!(
        said,
        [
            format!(
                "`$v[1].inner.width`: `Int` takes a whole number of 32 bits, not \"{}…\"",
                "x".repeat(40)
            ),
            "`$v[1].inner.tags[1]`: `String` takes a text, not 1".to_owned(),
            "`$n`: `Int!` is required: send it in `variables`".to_owned(),
        ]
    );
    assert_eq!(refusal.code, "BAD_USER_INPUT");
    assert_eq!(refusal.errors[2].locations[0].column, 21);
}

#[test]
fn nesting_and_number_of_faults_are_bounded() {
    let checker = probe_checker();
    let document = checker.document("query Q($v: Json) { json(x: $v) }").unwrap();
    let operation = document.operation(None).unwrap();
    let nested = |levels: usize| (0..levels).fold(json!(1), |inner, _| json!([inner]));
    let with = |value: Value| operation.price(&variables(json!({ "v": value })));
    assert!(with(nested(64)).is_ok());
    assert_eq!(with(nested(65)).unwrap_err().code, "BAD_USER_INPUT");
    assert_eq!(with(nested(120)).unwrap_err().code, "BAD_USER_INPUT");
    let ints = checker.document("query Q($v: [Int]) { ints(x: $v) }").unwrap();
    let many = json!({ "v": vec!["x"; 10_000] });
    let refusal = ints.operation(None).unwrap().price(&variables(many)).unwrap_err();
    assert_eq!(refusal.errors.len(), 50);
}
