//! Every root field and every guarded field for every role, as recorded in `tests/golden/access/matrix.snap`; what is not
//! covered stands in `uncovered.txt` beside it, which is empty.
//!
//! After a change that is meant: `INSTA_UPDATE=always INSTA_FORCE_PASS=1 tests/run --fast access`, and read the difference before it
//! is committed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use support::bureau::Bureau;
use support::on_both;

use super::desk::{carried, drafted, mutation};
use super::probes::{Ground, HOLDERS, READS, WRITES};
use super::reader::{Reader, credit_code, readers};
use super::sdl::{fields, guarded, leaves, roots, row_of, schema};
use super::world::{Reply, World, filled, hide, record_of};

/// A hub with a row of every kind for every audience, and an annotation at the ends of its way.
async fn opened(engine: support::Engine) -> World {
    let world = World::over(filled(engine).await, &Arc::new(Bureau::default())).await;
    hide(&world.raw, 2, "STAFF").await;
    hide(&world.raw, 3, "ENTERPRISE").await;
    let declaration = record(&world, "Q/320582TSA 101-2024").await;
    let on = declaration["id"].as_str().unwrap();
    for (meant_for, stage) in [
        ("PUBLIC", "PUBLISHED"),
        ("ENTERPRISE", "PUBLISHED"),
        ("PUBLIC", "WITHDRAWN"),
        ("PUBLIC", "AUTHORISED"),
    ] {
        let draft = drafted(&world, on, meant_for).await;
        carried(&world, draft, stage).await;
    }
    world
}

/// A declaration by its number, as an auditor sees it.
async fn record(world: &World, number: &str) -> Value {
    let auditor = readers(&world.bureau)
        .into_iter()
        .find(|reader| reader.name == "AUDITOR")
        .unwrap();
    let document =
        format!("{{ declarations(filter: {{ standard: \"{number}\" }}) {{ nodes {{ id recordId }} }} }}");
    world.ask(&auditor, &document, json!({})).await.json()["data"]["declarations"]["nodes"][0].take()
}

/// Every value that stands under a name, however deep.
fn under<'v>(value: &'v Value, name: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                if key == name {
                    found.push(member);
                }
                under(member, name, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| under(item, name, found)),
        _ => (),
    }
}

/// The rows by the audience that they are for, as in `public 3, staff 1`.
fn counted<'a>(rows: impl Iterator<Item = &'a str>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    rows.for_each(|row| *counts.entry(row).or_default() += 1);
    let words: Vec<String> = counts
        .iter()
        .map(|(row, count)| format!("{row} {count}"))
        .collect();
    words.join(", ")
}

/// The outcome of an answer in a word.
fn outcome(reply: &Reply, audiences: &BTreeMap<String, String>) -> String {
    if let Some(code) = reply.code() {
        return code;
    }
    let answer = reply.json();
    let data = answer
        .get("data")
        .or_else(|| answer["payload"].get("data"))
        .unwrap_or(&Value::Null);
    let found = |name: &str| {
        let mut found = Vec::new();
        under(data, name, &mut found);
        found
    };
    if let Some(refusals) = found("refusals").first() {
        let reasons: Vec<&str> = refusals
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|one| one["reason"].as_str())
            .collect();
        return if reasons.is_empty() {
            "done".to_owned()
        } else {
            reasons.join(", ")
        };
    }
    if let Some(count) = found("totalCount").first() {
        return count.to_string();
    }
    let ids = found("id").into_iter().filter_map(Value::as_str);
    let rows = counted(ids.map(|id| audiences.get(id).map_or("entry", String::as_str)));
    let data = data.to_string();
    match rows.is_empty() {
        false => rows,
        true if data.contains("null") || data.contains("[]") => "nothing".to_owned(),
        true => "answer".to_owned(),
    }
}

/// A document with its rows filled in.
fn filled_in(document: &str, audiences: &BTreeMap<String, String>) -> String {
    let mut document = document.to_owned();
    for number in 1..=3 {
        document = document.replace(&format!("@code{number}"), &credit_code(number));
    }
    let ids: Vec<String> = audiences.keys().map(|id| format!("\"{id}\"")).collect();
    document = document.replace("@ids", &ids.join(", "));
    for (id, audience) in audiences.iter().rev() {
        document = document.replace(&format!("@{}:{audience}", record_of(id).0), id);
    }
    assert!(!document.contains('@'), "no such row: {document}");
    document
}

/// A block of the matrix: what was tried, and who got what.
fn block(matrix: &mut String, what: &str, cells: &[(&str, String)]) {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for (reader, outcome) in cells {
        match groups.iter_mut().find(|(known, _)| known == outcome) {
            Some((_, readers)) => readers.push(reader),
            None => groups.push((outcome, vec![reader])),
        }
    }
    let _infallible = writeln!(matrix, "{what}");
    for (outcome, readers) in groups {
        let _infallible = writeln!(matrix, "    {outcome}: {}", readers.join("; "));
    }
}

async fn reads(world: &World, readers: &[Reader], audiences: &BTreeMap<String, String>, matrix: &mut String) {
    let mut probes: Vec<_> = READS.iter().collect();
    probes.sort_by_key(|(field, _)| *field);
    for (field, tries) in probes {
        for (what, document) in *tries {
            let document = filled_in(document, audiences);
            let mut cells = Vec::new();
            for reader in readers {
                let reply = match field.starts_with("Subscription") {
                    true => world.hear(reader, &document).await,
                    false => world.ask(reader, &document, json!({})).await,
                };
                cells.push((reader.name, outcome(&reply, audiences)));
            }
            block(matrix, format!("{field} {what}").trim(), &cells);
        }
    }
}

/// Whether there is something in a field.
fn is_open(value: &Value) -> bool {
    !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty())
}

/// The rows of a list with some of their fields.
async fn rows(world: &World, reader: &Reader, list: &str, fields: &[String]) -> Vec<Value> {
    let document = format!(
        "{{ {list}(first: 100) {{ nodes {{ id {} }} }} }}",
        fields.join(" ")
    );
    let mut answer = world.ask(reader, &document, json!({})).await.json();
    answer["data"][list]["nodes"]
        .as_array_mut()
        .map(std::mem::take)
        .unwrap_or_default()
}

async fn guards(
    world: &World,
    readers: &[Reader],
    audiences: &BTreeMap<String, String>,
    matrix: &mut String,
) {
    for field in guarded(&schema()) {
        let Some((_, list)) = HOLDERS.iter().find(|(of, _)| *of == field.of) else {
            continue;
        };
        let mut cells = Vec::new();
        for reader in readers {
            let rows = rows(world, reader, list, std::slice::from_ref(&field.name)).await;
            let told = |open: bool| {
                let rows = rows.iter().filter(|row| is_open(&row[&field.name]) == open);
                let rows = rows.filter_map(|row| audiences.get(row["id"].as_str()?).map(String::as_str));
                counted(rows)
            };
            let parts = [("read", told(true)), ("null", told(false))];
            let parts = parts.iter().filter(|(_, rows)| !rows.is_empty());
            let words: Vec<String> = parts.map(|(word, rows)| format!("{word} {rows}")).collect();
            cells.push((
                reader.name,
                if words.is_empty() {
                    "no row".to_owned()
                } else {
                    words.join("; ")
                },
            ));
        }
        block(matrix, &format!("{}.{}", field.of, field.name), &cells);
    }
}

async fn writes(
    world: &World,
    readers: &[Reader],
    audiences: &BTreeMap<String, String>,
    matrix: &mut String,
) {
    let (revised, withdrawn) = (
        record(world, "Q/320582TSA 104-2024").await,
        record(world, "Q/320582TSA 105-2024").await,
    );
    let hidden = filled_in("@Declaration:staff", audiences);
    let on = withdrawn["id"].as_str().unwrap();
    let mut grounds = Vec::new();
    for _ in readers {
        let submitted = drafted(world, on, "PUBLIC").await;
        grounds.push(Ground {
            declaration: revised.clone(),
            other: withdrawn.clone(),
            hidden: hidden.clone(),
            draft: drafted(world, on, "PUBLIC").await,
            text: drafted(world, on, "PUBLIC").await,
            submitted: carried(world, submitted, "SUBMITTED").await,
        });
    }
    let mut probes: Vec<_> = WRITES.iter().collect();
    probes.sort_by_key(|(field, _)| *field);
    for (field, tries) in probes {
        for (what, input) in *tries {
            let name = field.trim_start_matches("Mutation.");
            let mut cells = Vec::new();
            for (reader, ground) in readers.iter().zip(&grounds) {
                let variables = json!({ "input": input(ground) });
                let reply = world.ask(reader, &mutation(name, "__typename"), variables).await;
                cells.push((reader.name, outcome(&reply, audiences)));
            }
            block(matrix, &format!("{field} {what}"), &cells);
        }
    }
}

on_both! {
    async fn every_role_gets_of_every_field_what_is_recorded(engine) {
        let world = opened(engine).await;
        let (readers, audiences) = (readers(&world.bureau), world.audiences().await);
        let mut matrix = String::new();
        reads(&world, &readers, &audiences, &mut matrix).await;
        guards(&world, &readers, &audiences, &mut matrix).await;
        writes(&world, &readers, &audiences, &mut matrix).await;
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/access"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("matrix", matrix));
    }

    async fn a_field_that_not_everybody_reads_is_marked_as_guarded(engine) {
        let (world, schema) = (opened(engine).await, schema());
        let marked: BTreeSet<String> = guarded(&schema).into_iter().map(|field| format!("{}.{}", field.of, field.name)).collect();
        let (mut found, mut looked) = (BTreeSet::new(), 0);
        for list in fields(&schema, "Query") {
            let Some(of) = row_of(&schema, list.ty.inner_named_type()) else { continue };
            let leaves = leaves(&schema, of);
            if !leaves.iter().any(|leaf| leaf == "id") {
                continue;
            }
            let mut seen: BTreeMap<(String, String), BTreeSet<bool>> = BTreeMap::new();
            for reader in readers(&world.bureau) {
                for row in rows(&world, &reader, &list.name, &leaves).await {
                    for leaf in &leaves {
                        let place = (row["id"].as_str().unwrap_or_default().to_owned(), leaf.clone());
                        seen.entry(place).or_default().insert(is_open(&row[leaf]));
                        looked += 1;
                    }
                }
            }
            let differ = seen.into_iter().filter(|(_, seen)| seen.len() > 1);
            found.extend(differ.map(|((_, leaf), _)| format!("{of}.{leaf}")));
        }
        assert!(looked > 1_000, "{looked} values only");
        let unmarked: Vec<&String> = found.difference(&marked).collect();
        assert!(unmarked.is_empty(), "null for some who see the row, and not marked with @guarded: {unmarked:#?}");
        assert!(!found.is_empty(), "nothing is guarded");
    }
}

#[test]
fn nothing_in_the_schema_is_left_out_of_the_matrix() {
    let schema = schema();
    let known: BTreeSet<&str> = READS
        .iter()
        .map(|(field, _)| *field)
        .chain(WRITES.iter().map(|(field, _)| *field))
        .collect();
    let roots: BTreeSet<String> = roots(&schema).into_iter().collect();
    let roots_without = roots
        .iter()
        .filter(|root| !known.contains(root.as_str()))
        .cloned();
    let held = |of: &str| HOLDERS.iter().any(|(known, _)| *known == of);
    let guarded_without = guarded(&schema)
        .into_iter()
        .filter(|field| !held(&field.of))
        .map(|field| format!("{}.{}", field.of, field.name));
    let uncovered: Vec<String> = roots_without.chain(guarded_without).collect();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/access/uncovered.txt");
    let listed = std::fs::read_to_string(&file).unwrap();
    assert_eq!(
        listed.trim(),
        uncovered.join("\n"),
        "what probes.rs does not cover is not what {file:?} says"
    );
    assert_eq!(
        listed, "",
        "root fields and guarded fields without a probe in probes.rs"
    );
    let gone: Vec<&&str> = known.iter().filter(|field| !roots.contains(**field)).collect();
    assert!(
        gone.is_empty(),
        "probes of root fields that are not there: {gone:?}"
    );
    for (of, list) in HOLDERS {
        let field = fields(&schema, "Query")
            .into_iter()
            .find(|field| field.name == *list);
        let row = field.and_then(|field| row_of(&schema, field.ty.inner_named_type()));
        assert_eq!(row, Some(*of), "{list}");
    }
}
