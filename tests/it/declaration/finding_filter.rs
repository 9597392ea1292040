//! The filter of lists and the findings of each declaration say the same, over a whole county.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use support::chance::seed;
use support::{Hub, TestDatabase, on_both};

use super::finding::rules;
use super::record::{CATALOGUE, ask, items, word};

/// Every page of a list of declarations.
async fn pages(database: &TestDatabase, query: &str, mut variables: Value) -> Vec<Value> {
    let mut nodes = Vec::new();
    loop {
        let mut shown = ask(database, query, variables.clone()).await;
        let mut page = shown["declarations"].take();
        if let Value::Array(rows) = page["nodes"].take() {
            nodes.extend(rows);
        }
        if page["pageInfo"]["hasNextPage"] != true {
            return nodes;
        }
        variables["after"] = page["pageInfo"]["endCursor"].take();
    }
}

/// A page of all declarations with the rules of their findings.
const ALL: &str = "query($after: String, $on: Date) { declarations(first: 200, after: $after) { \
    nodes { id findings(on: $on) { rule } } pageInfo { hasNextPage endCursor } } }";

/// A page of the declarations that the filter gives.
const WITH: &str = "query($after: String, $on: Date, $rules: [FindingRule!]!) { \
    declarations(first: 200, after: $after, filter: { finding: { rules: $rules, on: $on } }) { \
    nodes { id } pageInfo { hasNextPage endCursor } } }";
on_both! {
    async fn the_filter_and_the_findings_agree(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let folder = database.path("county");
        let (seed, out) = (seed("the_filter_and_the_findings_agree").to_string(), folder.to_string_lossy());
        let made = hub.run(&["generate", "--scale", "county", "--seed", &seed, "--out", &out]);
        assert_eq!(made.code, Some(0), "{made:?}");
        for (adapter, name, day) in [
            ("enterprise-register", "register-enterprises.csv", "2026-10-31"),
            ("enterprise-standard-platform", "declarations-0001.ndjson", "2026-10-01"),
            ("enterprise-standard-platform", "declarations-corrections.ndjson", "2026-10-31"),
        ] {
            let ran = hub.ingest(adapter, &folder.join(name), &["--as-of", day]);
            assert_eq!(ran.code, Some(0), "{name}: {ran:?}");
        }
        let catalogue = support::catalogue::bundled_file("standards/a_biaozhun_csres.part1.csv");
        let ran = hub.ingest(CATALOGUE, &catalogue, &[]);
        assert_eq!(ran.code, Some(0), "{ran:?}");

        let limits = database.write("limits.csv", include_str!("../../../docs/samples/mandatory-limits.csv"));
        let ran = hub.ingest("mandatory-limits", &limits, &["--as-of", "2026-10-31"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");

        let rules = rules(&database).await;
        // Some standards that are withdrawn today were in force on the other day.
        for on in [json!(null), json!("2024-06-30")] {
            let all = pages(&database, ALL, json!({ "on": on })).await;
            assert!(all.len() > 3_000, "{} declarations", all.len());
            let mut by_rule: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
            for declaration in &all {
                for finding in items(&declaration["findings"]) {
                    by_rule.entry(word(&finding["rule"])).or_default().insert(word(&declaration["id"]));
                }
            }
            let mut sizes = Vec::new();
            for rule in &rules {
                let filtered = pages(&database, WITH, json!({ "on": on, "rules": [rule] })).await;
                let ids: BTreeSet<&str> = filtered.iter().map(|declaration| word(&declaration["id"])).collect();
                let shown = by_rule.remove(rule.as_str()).unwrap_or_default();
                assert_eq!(ids.len(), filtered.len(), "{rule} on {on}: a declaration came twice");
                let (more, less): (Vec<_>, Vec<_>) =
                    (ids.difference(&shown).collect(), shown.difference(&ids).collect());
                assert!(more.is_empty() && less.is_empty(), "{rule} on {on}: +{more:?} -{less:?}");
                sizes.push((rule.as_str(), ids.len()));
            }
            assert!(by_rule.is_empty(), "rules that nobody lists: {by_rule:?}");
            assert!(sizes.iter().filter(|(_, size)| *size > 0).count() >= 5, "{sizes:?}");
            assert!(sizes.iter().any(|(rule, size)| *rule == "BELOW_MANDATORY_LIMIT" && *size > 20), "{sizes:?}");
            println!("{on}: {sizes:?}");
        }
    }
}
