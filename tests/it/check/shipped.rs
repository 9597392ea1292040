//! What the hub itself tests, shows or brings along stays within the limits; so does introspection as tools send it.

use api::check::Checker;
use serde_json::{Value, json};

use super::{hub_checker, root, variables};

fn passes(checker: &Checker, name: &str, text: &str, given: Value) {
    let document = checker.document(text).map_err(|refusal| (name, refusal.errors));
    let document = document.unwrap();
    let price = document.operation(None).unwrap().price(&variables(given));
    let price = price.map_err(|refusal| (name, refusal.errors)).unwrap();
    println!("{:>6}  {name}", price.requested);
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

#[test]
fn golden_queries_pass() {
    let checker = hub_checker();
    let entries = std::fs::read_dir(root().join("tests/golden")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut count = 0;
    for path in paths.filter(|path| path.extension().is_some_and(|kind| kind == "graphql")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let given = std::fs::read_to_string(path.with_extension("json"));
        let given = given.map_or(json!({}), |given| serde_json::from_str(&given).unwrap());
        passes(
            &checker,
            &path.file_name().unwrap().to_string_lossy(),
            &text,
            given,
        );
        count += 1;
    }
    assert!(count > 20, "{count}");
}

#[test]
fn queries_of_the_readme_pass() {
    let checker = hub_checker();
    for file in ["README.md", "README.zh-CN.md"] {
        let text = read(file);
        let bodies: Vec<Value> = between(&text, "-d '", "'")
            .map(|body| serde_json::from_str(body).unwrap())
            .collect();
        let queries: Vec<String> = between(&text, "`{ ", "`")
            .map(|rest| format!("{{ {rest}"))
            .collect();
        assert!(bodies.len() >= 2 && queries.len() >= 3, "{bodies:?} {queries:?}");
        for body in &bodies {
            passes(
                &checker,
                file,
                body["query"].as_str().unwrap(),
                body["variables"].clone(),
            );
        }
        for query in &queries {
            passes(&checker, file, query, json!({}));
        }
    }
}

/// What stands between two marks, wherever it does.
fn between<'a>(text: &'a str, before: &'a str, behind: &'a str) -> impl Iterator<Item = &'a str> {
    let rests = text.split(before).skip(1);
    rests.filter_map(move |rest| rest.split_once(behind).map(|(found, _)| found))
}

#[test]
fn introspection_of_the_query_page_passes() {
    // GraphiQL puts its options in where `${…}` stands; without them it asks for less.
    let page = read("api/assets/vendor/graphiql.min.js");
    let start = page.find("query IntrospectionQuery").unwrap();
    let (text, _) = page[start..].split_once('`').unwrap();
    let mut parts = text.split("${");
    let first = parts.next().unwrap_or_default().to_owned();
    let query = parts.fold(first, |query, part| query + part.split_once('}').unwrap().1);
    passes(&hub_checker(), "GraphiQL", &query.replace("\\n", "\n"), json!({}));
}

#[test]
fn introspection_of_older_tools_passes() {
    let checker = hub_checker();
    for levels in 7..=9 {
        let of = "ofType { name kind ".repeat(levels) + &"}".repeat(levels);
        let old = format!(
            "{{ __schema {{ types {{ name fields {{ name args {{ name type {{ kind {of} }} }} }} }} }} }}"
        );
        passes(&checker, &format!("{levels} levels"), &old, json!({}));
    }
}
