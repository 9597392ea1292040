//! Documents and variables have the verdicts that the reference implementation, graphql-js, gave them. That the recorded
//! verdicts are its own, and that the hub as it serves agrees with it on disturbed documents, is tested in `tests/web`.

use serde_json::Value;

use super::{corpora, corpus, probe_checker, variables};

/// What a refused document must be refused with. A limit would be no verdict.
const INVALID: [&str; 2] = ["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"];

#[test]
fn documents_have_their_recorded_verdicts() {
    let mut differ = Vec::new();
    for (checker, file) in corpora() {
        for case in corpus::documents(file) {
            let said = match checker.document(&case.text) {
                Ok(_) if case.judged.accepted => continue,
                Ok(_) => "accepted".to_owned(),
                Err(refusal) if !case.judged.accepted && INVALID.contains(&refusal.code) => continue,
                Err(refusal) => format!("{}: {}", refusal.code, refusal.errors[0].message),
            };
            differ.push(format!("{file}, {}: {said}\n{}", case.judged.about, case.text));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}

#[test]
fn variables_have_their_recorded_verdicts() {
    let checker = probe_checker();
    let mut differ = Vec::new();
    let mut count = 0;
    for (text, table) in corpus::variables("variables.txt") {
        let document = checker.document(&text).map_err(|refusal| refusal.errors).unwrap();
        let operation = document.operation(None).unwrap();
        for case in table {
            count += 1;
            let given: Value = serde_json::from_str(&case.about).unwrap();
            let price = operation.price(&variables(given));
            let right = match &price {
                Ok(_) => case.accepted,
                Err(refusal) => !case.accepted && refusal.code == "BAD_USER_INPUT",
            };
            if !right {
                differ.push(format!("{text} {}: {price:?}", case.about));
            }
        }
    }
    assert!(count > 800, "{count}");
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}
