//! Lists are connections, or short ones that say how long they can be.

use serde_json::Value;

use super::introspection::{inner, list, own_types, schema, text};

/// Whether a field of a connection holds the page itself, whose length `first` and `last` bound.
fn is_page(kind: &Value, field: &Value) -> bool {
    text(kind, "name").ends_with("Connection") && ["nodes", "edges"].contains(&text(field, "name"))
}

/// Whether both halves of a description name the same number of rows.
fn names_its_cap(description: &str) -> bool {
    let number = |marked: Option<&str>| -> String {
        let rest = marked.unwrap_or_default().trim_start();
        rest.chars()
            .take_while(|sign| sign.is_ascii_digit() || *sign == ',')
            .filter(|sign| *sign != ',')
            .collect()
    };
    let description = description.split_whitespace().collect::<Vec<_>>().join(" ");
    let chinese = number(description.split_once("至多").map(|(_, rest)| rest));
    let english = description
        .split_once(" at most")
        .map(|(before, _)| before)
        .unwrap_or_default();
    let word = english.rsplit([' ', '(']).next();
    !chinese.is_empty() && chinese == number(word)
}

#[test]
fn a_list_of_objects_is_a_connection_or_says_how_long_it_can_be() {
    let schema = support::block_on(schema());
    let mut offenders = Vec::new();
    for kind in own_types(&schema) {
        for field in list(kind, "fields") {
            let (inside, many) = inner(&field["type"]);
            let leaf = ["SCALAR", "ENUM"].contains(&text(inside, "kind"));
            if many && !leaf && !is_page(kind, field) && !names_its_cap(text(field, "description")) {
                offenders.push(format!("{}.{}", text(kind, "name"), text(field, "name")));
            }
        }
    }
    assert!(
        offenders.is_empty(),
        "lists without a cap in their description:\n  {}",
        offenders.join("\n  ")
    );
}

#[test]
fn a_cap_stands_in_both_languages() {
    assert!(names_its_cap(
        "多个对象（至多 500 个）。\n\nObjects (500 at most), in order."
    ));
    assert!(names_its_cap("对象，至多 1000 个。\n\nObjects, 1,000 at most."));
    for wrong in [
        "对象。\n\nObjects.",
        "对象，至多 500 个。\n\nObjects.",
        "对象，至多 500 个。\n\nObjects, 50 at most.",
    ] {
        assert!(!names_its_cap(wrong), "{wrong}");
    }
}
