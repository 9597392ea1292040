//! The table of rules: R1 to R88 once each, in a known state, and with tests that exist.

use super::tree::{none, read, rust_files};

/// The number of rules that the five notices state.
const RULES: usize = 88;
const STATES: &[&str] = &["held", "planned", "not checkable"];

/// A row of the table.
struct Rule {
    name: String,
    state: String,
    code: String,
    test: String,
}

fn rules() -> Vec<Rule> {
    let text = read("docs/rules.md");
    let rows = text
        .lines()
        .filter(|line| line.starts_with("| R") && !line.starts_with("| Rule "));
    rows.map(|line| {
        let mut cells = line
            .trim_matches('|')
            .split(" | ")
            .map(|cell| cell.trim().to_owned());
        let mut cell = || cells.next().unwrap_or_default();
        let (name, _says, _from) = (cell(), cell(), cell());
        let (state, code, test) = (cell(), cell(), cell());
        Rule {
            name,
            state,
            code,
            test,
        }
    })
    .collect()
}

#[test]
fn every_rule_is_listed_once_in_order() {
    let names: Vec<String> = rules().into_iter().map(|rule| rule.name).collect();
    let wanted: Vec<String> = (1..=RULES).map(|number| format!("R{number}")).collect();
    assert_eq!(names, wanted);
}

#[test]
fn every_rule_is_in_a_known_state_and_says_where() {
    let offenders: Vec<String> = rules()
        .into_iter()
        .filter(|rule| !STATES.contains(&rule.state.as_str()) || rule.code.len() < 2)
        .map(|rule| format!("{}: state {:?}, code {:?}", rule.name, rule.state, rule.code))
        .collect();
    none("rules without a state or a place", &offenders);
}

#[test]
fn every_held_rule_names_a_test_and_every_named_test_exists() {
    let code: String = rust_files().iter().map(|path| read(path)).collect();
    let mut offenders = Vec::new();
    for rule in rules() {
        // Names stand between backticks: the odd parts.
        let named: Vec<&str> = rule.test.split('`').skip(1).step_by(2).collect();
        if rule.state == "held" && named.is_empty() {
            offenders.push(format!("{} is held and no test proves it", rule.name));
        }
        for test in named {
            if !code.contains(&format!("fn {test}(")) {
                offenders.push(format!("{}: there is no test `{test}`", rule.name));
            }
        }
    }
    none("rules without their tests", &offenders);
}
