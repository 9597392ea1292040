//! The check that every document passes before it is executed.

mod arsenal;
mod bombs;
mod corpus;
mod disturbed;
mod document;
mod fuzz;
mod limits;
mod memory;
mod price;
mod shipped;
mod tree;
mod variables;
mod verdicts;

use std::path::{Path, PathBuf};

use api::check::{Checker, Limits, Prices, Refusal, Variables};
use serde_json::Value;

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn hub_checker() -> Checker {
    Checker::new(&api::sdl(), Prices::hub(), Limits::default()).unwrap()
}

/// The schema with all that the hub's does not have.
fn probe_sdl() -> String {
    std::fs::read_to_string(corpus::folder().join("probe.graphql")).unwrap()
}

fn probe_checker() -> Checker {
    Checker::new(&probe_sdl(), Prices::new([]), Limits::default()).unwrap()
}

/// Each corpus with the checker of its schema.
fn corpora() -> [(Checker, &'static str); 2] {
    [(hub_checker(), "hub.txt"), (probe_checker(), "probe.txt")]
}

/// Variables from JSON.
fn variables(json: Value) -> Variables {
    Variables::from_json(json)
}

/// The codes of the errors of a refusal; the first is that of the refusal.
fn codes(refusal: &Refusal) -> Vec<String> {
    let codes: Vec<String> = refusal
        .errors
        .iter()
        .map(|error| serde_json::to_value(error).unwrap()["extensions"]["code"].clone())
        .map(|code| code.as_str().unwrap().to_owned())
        .collect();
    assert_eq!(codes[0], refusal.code);
    assert!(codes.len() <= Limits::default().errors);
    codes
}

/// The refusal of a document.
fn refused(checker: &Checker, text: &str) -> Refusal {
    match checker.document(text) {
        Ok(_) => panic!("accepted: {}", text.chars().take(200).collect::<String>()),
        Err(refusal) => {
            codes(&refusal);
            refusal
        }
    }
}
