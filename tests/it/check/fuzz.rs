//! Disturbed and random texts: each is accepted or refused, and nothing else happens.

use serde_json::json;
use support::chance::{Chance, seed};

use super::disturbed::{below, disturbed};
use super::{codes, corpus, probe_checker, variables};

/// The codes with which a document may be refused.
const CODES: [&str; 6] = [
    "GRAPHQL_PARSE_FAILED",
    "GRAPHQL_VALIDATION_FAILED",
    "QUERY_TOO_LARGE",
    "QUERY_TOO_DEEP",
    "QUERY_TOO_COMPLEX",
    "BAD_USER_INPUT",
];

#[test]
fn no_text_stops_the_check() {
    let mut chance = Chance::new(seed("no_text_stops_the_check"));
    let checker = probe_checker();
    let documents = corpus::documents("probe.txt").into_iter();
    let texts: Vec<String> = documents.map(|case| case.text).collect();
    let count = 200 * support::repeat();
    let mut accepted = 0;
    for at in 0..count {
        let text = match at % 5 {
            0 => disturbed(&texts, &mut chance),
            1 => misspelt(&disturbed(&texts, &mut chance), &mut chance),
            2 => soup(&mut chance, 1_200),
            3 => (0..200)
                .map(|_| disturbed(&texts, &mut chance))
                .collect::<Vec<_>>()
                .join(" "),
            _ => large(&texts, &mut chance),
        };
        match checker.document(&text) {
            Ok(document) => {
                accepted += 1;
                drop(document.executable());
                if let Ok(operation) = document.operation(None) {
                    let _ = operation.price(&variables(json!({})));
                }
            }
            Err(refusal) => assert!(
                codes(&refusal).iter().all(|code| CODES.contains(&code.as_str())),
                "{text}: {refusal:?}"
            ),
        }
    }
    println!("{accepted} of {count} were accepted");
    assert!(accepted > 0, "none of {count} came through");
}

/// A text with some characters changed.
fn misspelt(text: &str, chance: &mut Chance) -> String {
    const NEW: [char; 21] = [
        '"', '\\', '{', '}', '(', ')', '[', ']', '$', '@', ':', '!', '#', '\n', 'u', '\0', '电', '\u{FEFF}',
        '.', '-', '0',
    ];
    let mut signs: Vec<char> = text.chars().collect();
    for _ in 0..3 {
        let at = below(chance, signs.len());
        let new = *chance.pick(&NEW);
        match chance.below(3) {
            0 if !signs.is_empty() => signs[at] = new,
            1 if !signs.is_empty() => drop(signs.remove(at)),
            _ => signs.insert(at, new),
        }
    }
    signs.into_iter().collect()
}

/// Signs and words in no order.
fn soup(chance: &mut Chance, length: usize) -> String {
    const SIGNS: &str = "{ } ( ) [ ] : $ @ ! ... | & = \" \"\"\" \\ # - \\u{ \\uD83D \\uDE00";
    const WORDS: &str = "query fragment on dog name x 1 1.5 true null F int subscription";
    let mut words: Vec<&str> = SIGNS.split(' ').chain(WORDS.split(' ')).collect();
    words.push("\n");
    (0..length)
        .map(|_| (*chance.pick(&words)).to_owned() + " ")
        .collect()
}

/// A long document of good parts: fragments of fields of dogs, each of which spreads the next, and a few more.
fn large(texts: &[String], chance: &mut Chance) -> String {
    let fragments = 2 + chance.below(30);
    let mut text = String::from("{ dog { ...F0 } } ");
    for at in 0..fragments {
        text += &format!("fragment F{at} on Dog {{ name ");
        if at + 1 < fragments {
            text += &format!("...F{} ", at + 1);
        }
        for _ in 0..chance.below(20) {
            let to = at + 1 + chance.below(3);
            let spread = format!("...F{to} ");
            text += match chance.below(40) {
                0 if to < fragments => &spread,
                1..4 => "owner { name best { ... on Dog { name } ... on Cat { lives } } } ",
                4..8 => "friends(first: 3, ids: [1, 2]) { name ... on Dog { nick } } ",
                8..12 => "size(unit: CM) ",
                12..16 => "... @include(if: true) { name } ",
                _ => "age nick ",
            };
        }
        text += "} ";
    }
    if chance.percent(33) {
        text += &disturbed(texts, chance);
    }
    text
}
