//! The tree for the executor is the one that the executor's own parser makes, where that parser can read the text.

use api::check::parser::parse_query;
use api::check::parser::types::{ExecutableDocument, Selection};
use serde_json::{Value, json};

use super::{corpora, corpus, hub_checker};

/// The executor's parser takes the comment behind `on` for the end of a spread of a fragment `on`, and leaves `\"""` of a
/// block string as it is. It makes a float of -0.
const MISREAD: [&str; 3] = ["comment between type condition", "block string", "minus zero"];

#[test]
fn the_tree_is_that_of_the_executors_parser() {
    let mut compared = 0;
    for (checker, file) in corpora() {
        for case in corpus::documents(file) {
            let name = &case.judged.about;
            let (Ok(document), Ok(parsed)) = (checker.document(&case.text), parse_query(&case.text)) else {
                continue;
            };
            if MISREAD.contains(&name.as_str()) {
                continue;
            }
            compared += 1;
            let made = document.executable();
            assert_eq!(plain(&made), plain(&parsed), "{name}");
            assert_eq!(places(&made), places(&parsed), "{name}");
        }
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn what_the_executors_parser_cannot_read_is_read() {
    let checker = hub_checker();
    for (text, wanted) in [
        (r#"{ standard(number: "\u{20BB7}") { number } }"#, "𠮷"),
        (r#"{ standard(number: "\uD842\uDFB7") { number } }"#, "𠮷"),
        (r#"{ standard(number: "a\n\u0041\"\\") { number } }"#, "a\nA\"\\"),
        (
            "{ standard(number: \"\"\"\n  a\n    b \\\"\"\"\n  \"\"\") { number } }",
            "a\n  b \"\"\"",
        ),
    ] {
        let document = checker.document(text).map_err(|refusal| refusal.errors).unwrap();
        let tree = serde_json::to_value(document.executable()).unwrap().to_string();
        assert!(tree.contains(&json!(wanted).to_string()), "{tree}");
    }
}

#[test]
fn what_may_select_nothing_selects_a_hidden_field() {
    let checker = hub_checker();
    for (text, sets) in [
        ("{ hubInfo { version } }", 0),
        ("{ hubInfo { version schemaHash @skip(if: true) } }", 0),
        ("{ hubInfo { version @skip(if: true) } }", 1),
        ("{ hubInfo @include(if: false) { version @skip(if: true) } }", 2),
        ("{ node(id: \"x\") { ... on Standard { number } } }", 1),
        ("{ ...F } fragment F on Query { __typename }", 1),
        (
            "subscription S { ...F } fragment F on Subscription { head { epoch } }",
            0,
        ),
    ] {
        let document = checker.document(text).map_err(|refusal| refusal.errors).unwrap();
        let tree = serde_json::to_value(document.executable()).unwrap();
        assert_eq!(hidden_in(&tree), sets, "{text}");
    }
}

/// Whether a selection is a field that the check added.
fn hidden(selection: &Value) -> bool {
    selection.pointer("/node/Field/node/alias/node") == Some(&json!(""))
}

/// How many selections of a tree are hidden.
fn hidden_in(json: &Value) -> usize {
    let below = match json {
        Value::Object(fields) => fields.values().map(hidden_in).sum(),
        Value::Array(items) => items.iter().map(hidden_in).sum(),
        _ => 0,
    };
    below + usize::from(hidden(json))
}

/// The tree as JSON without places and hidden fields.
fn plain(document: &ExecutableDocument) -> Value {
    let mut json = serde_json::to_value(document).unwrap();
    forget(&mut json);
    json
}

fn forget(json: &mut Value) {
    match json {
        Value::Object(fields) => {
            fields.shift_remove("pos");
            fields.values_mut().for_each(forget);
        }
        Value::Array(items) => {
            items.retain(|item| !hidden(item));
            items.iter_mut().for_each(forget);
        }
        _ => {}
    }
}

/// The places of the fields of the operations, on which the executor puts its errors.
fn places(document: &ExecutableDocument) -> Vec<String> {
    let mut found = Vec::new();
    for (_, operation) in document.operations.iter() {
        let mut sets = vec![&operation.node.selection_set.node];
        while let Some(set) = sets.pop() {
            for item in &set.items {
                match &item.node {
                    Selection::Field(field) if field.node.response_key().node.is_empty() => {}
                    Selection::Field(field) => {
                        found.push(format!("{} {}", field.node.name.node, field.pos));
                        sets.push(&field.node.selection_set.node);
                    }
                    Selection::InlineFragment(fragment) => sets.push(&fragment.node.selection_set.node),
                    Selection::FragmentSpread(_) => {}
                }
            }
        }
    }
    found.sort();
    found
}
