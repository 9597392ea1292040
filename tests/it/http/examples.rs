//! The examples of the query page are answered without errors, and with something in them.

use std::path::Path;

use serde_json::{Value, json};
use support::{Server, catalogue, on_both, test_clock};

/// The documents of the page with their variables, read out of its script.
fn examples() -> Vec<(String, Value)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/assets/examples.js");
    let script = std::fs::read_to_string(file).unwrap_or_default();
    let mut found = Vec::new();
    for part in script.split("query: `").skip(1) {
        let (document, rest) = part.split_once('`').unwrap_or_default();
        let variables = rest
            .split_once("variables: ")
            .and_then(|(_, rest)| rest.lines().next());
        let variables = variables.map_or_else(|| json!({}), |text| object(text.trim_end_matches(',')));
        found.push((document.to_owned(), variables));
    }
    found
}

/// An object of JavaScript whose keys stand without quotes.
fn object(text: &str) -> Value {
    let mut quoted = String::new();
    for (at, part) in text.split('"').enumerate() {
        let outside = at % 2 == 0;
        let words = part
            .split_inclusive([' ', '{'])
            .map(|word| match word.strip_suffix(": ") {
                Some(key) if outside => format!("\"{key}\": "),
                _ => word.to_owned(),
            });
        quoted.push_str(if at == 0 { "" } else { "\"" });
        quoted.extend(words);
    }
    match serde_json::from_str(&quoted) {
        Ok(value) => value,
        Err(error) => panic!("{text} -> {quoted}: {error}"),
    }
}

/// Whether an answer holds any value at all.
fn holds_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(items) => items.iter().any(holds_something),
        Value::Object(fields) => fields.values().any(holds_something),
        other => *other != json!(0),
    }
}

on_both! {
    async fn every_example_of_the_page_is_answered(engine) {
        let server = Server::start(catalogue(engine).await.db.clone(), test_clock());
        let examples = examples();
        assert!(examples.len() >= 6, "{} examples", examples.len());
        for (document, variables) in examples {
            if document.contains("subscription ") {
                continue;
            }
            let data = server.data(&document, variables).await;
            assert!(holds_something(&data), "{document}: {data:#}");
        }
    }
}
