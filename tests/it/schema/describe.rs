//! Everything in the schema says in Chinese and in English what it is.

use serde_json::Value;

use super::introspection::{list, own_types, schema, text};

/// Directives that the specification defines.
const BUILT_IN_DIRECTIVES: &[&str] = &["skip", "include", "deprecated", "specifiedBy", "oneOf"];

/// What is wrong with a description; none when it is a Chinese sentence, a blank line, and an English one.
fn fault(description: &str) -> Option<&'static str> {
    let mut paragraphs = description.split("\n\n");
    let chinese = paragraphs.next().unwrap_or_default().trim();
    let english = paragraphs.next().unwrap_or_default().trim();
    let count = |text: &str, wanted: fn(char) -> bool| text.chars().filter(|sign| wanted(*sign)).count();
    if description.trim().is_empty() {
        Some("has no description")
    } else if count(chinese, is_han) == 0 {
        Some("does not begin with a Chinese paragraph")
    } else if !chinese.ends_with('。') {
        Some("has a Chinese paragraph that does not end like a sentence")
    } else if count(english, |sign| sign.is_ascii_alphabetic()) <= 3 * count(english, is_han) {
        Some("has no English second paragraph; Chinese may stand in it only as a term or an example")
    } else if !english.ends_with('.') {
        Some("has an English paragraph that does not end like a sentence")
    } else if paragraphs.next().is_some() {
        Some("has more than two paragraphs")
    } else {
        None
    }
}

fn is_han(sign: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&sign)
}

/// Adds what is wrong with an element, named by its coordinate.
fn judge(element: &Value, coordinate: &str, faults: &mut Vec<String>) {
    if let Some(fault) = fault(text(element, "description")) {
        faults.push(format!(
            "{coordinate} {fault}: {:?}",
            text(element, "description")
        ));
    }
}

#[test]
fn everything_is_described_in_chinese_and_english() {
    let schema = support::block_on(schema());
    let mut faults = Vec::new();
    for kind in own_types(&schema) {
        let name = text(kind, "name");
        judge(kind, name, &mut faults);
        for field in list(kind, "fields") {
            let field_name = format!("{name}.{}", text(field, "name"));
            judge(field, &field_name, &mut faults);
            for argument in list(field, "args") {
                judge(
                    argument,
                    &format!("{field_name}({}:)", text(argument, "name")),
                    &mut faults,
                );
            }
        }
        for member in list(kind, "inputFields").chain(list(kind, "enumValues")) {
            judge(member, &format!("{name}.{}", text(member, "name")), &mut faults);
        }
    }
    for directive in
        list(&schema, "directives").filter(|one| !BUILT_IN_DIRECTIVES.contains(&text(one, "name")))
    {
        let name = format!("@{}", text(directive, "name"));
        judge(directive, &name, &mut faults);
        for argument in list(directive, "args") {
            judge(
                argument,
                &format!("{name}({}:)", text(argument, "name")),
                &mut faults,
            );
        }
    }
    assert!(
        faults.is_empty(),
        "{} elements:\n  {}",
        faults.len(),
        faults.join("\n  ")
    );
}

#[test]
fn a_description_of_another_form_is_found_out() {
    assert_eq!(
        fault("词或编号，如 电缆。\n\nWords or a number, such as 电缆."),
        None
    );
    for wrong in [
        "",
        "Words.",
        "词。",
        "词。\n\n词。",
        "词\n\nA word.",
        "词。\n\nA word",
        "A word.\n\n词。",
        "词。\n\nA.\n\nB.",
    ] {
        assert!(fault(wrong).is_some(), "{wrong:?}");
    }
}
