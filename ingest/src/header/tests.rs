//! The words are tried with 484 headers of tables that bureaus published (food inspections; each with the field that a reader of the table put it
//! to). Names of substances and of dishes that stand in the place of a header are nobody's column: they have to stay unknown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::*;

#[derive(serde::Deserialize)]
struct Header {
    header_as_published: String,
    canonical_field: String,
}

fn headers() -> Vec<Header> {
    include_str!("inspection_headers.ndjson")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn words() -> Names {
    let words: BTreeMap<String, Vec<String>> = toml::from_str(include_str!("inspection_words.toml")).unwrap();
    let fields: Vec<String> = words.keys().cloned().collect();
    Names::new(fields.iter().map(String::as_str), &words).unwrap()
}

#[test]
fn published_headers_are_known_by_their_words() {
    let names = words();
    let (mut right, mut not) = (0, String::new());
    let headers = headers();
    for header in &headers {
        let found = names.name_of(&header.header_as_published);
        if found == Some(header.canonical_field.as_str()) {
            right += 1;
            continue;
        }
        let shown = header.header_as_published.escape_debug();
        let _infallible = writeln!(
            not,
            "{} | {shown} | {}",
            header.canonical_field,
            found.unwrap_or("—")
        );
    }
    assert_eq!(headers.len(), 484);
    let expected = include_str!("not_mapped.txt");
    assert!(
        not == expected,
        "right: {right}; what is not mapped right is now:\n{not}"
    );
    let wrong = not.lines().filter(|line| !line.ends_with('—')).count();
    assert_eq!((right, wrong), (RIGHT, WRONG), "of 484");
}

/// Headers that are put to their field, and those put to another; the rest stays unknown.
const RIGHT: usize = 311;
const WRONG: usize = 5;

#[test]
fn one_header_speaks_for_a_column() {
    let columns = ["检定日期", "出厂编号", "检定周期(月)", "检定周期"];
    let synonyms = BTreeMap::from([("出厂编号".to_owned(), vec!["器号".to_owned()])]);
    let names = Names::new(columns.into_iter(), &synonyms).unwrap();
    let found = |headers: &[&str]| -> Vec<(String, String)> {
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        names
            .of_all(&headers)
            .into_iter()
            .map(|(header, name)| (name.to_owned(), header.to_owned()))
            .collect()
    };
    let one = |name: &str, header: &str| vec![(name.to_owned(), header.to_owned())];
    assert_eq!(
        found(&["检定日期.1", "检\n定 日期"]),
        one("检定日期", "检\n定 日期")
    );
    assert_eq!(
        found(&["检定日期（盖章）", "检定日期.1"]),
        one("检定日期", "检定日期.1")
    );
    assert_eq!(found(&["器號*"]), one("出厂编号", "器號*"));
    assert_eq!(found(&["检定周期（月）"]), one("检定周期(月)", "检定周期（月）"));
    assert_eq!(
        found(&["检定周期(单位:天)"]),
        one("检定周期", "检定周期(单位:天)")
    );
    assert!(found(&["备注", "", "（）"]).is_empty());
}

#[test]
fn words_that_say_two_things_are_refused() {
    let refused = |columns: &[&str], word: (&str, &str)| {
        let synonyms = BTreeMap::from([(word.0.to_owned(), vec![word.1.to_owned()])]);
        Names::new(columns.iter().copied(), &synonyms).unwrap_err()
    };
    assert!(refused(&["甲", "乙"], ("甲", "乙")).contains("both"));
    assert!(refused(&["甲"], ("丙", "丁")).contains("no column"));
    assert!(refused(&["甲"], ("甲", "——")).contains("neither"));
}
