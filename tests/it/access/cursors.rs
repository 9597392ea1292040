//! Ways around the rows: filters and orders by what a reader may not read, cursors of somebody else, and cursors that nobody made.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use support::bureau::Bureau;
use support::{Chance, TestDatabase, chance::seed, on_both};

use super::reader::{Reader, clerk, readers};
use super::sdl::{fields, guarded, inputs, members, row_of, schema};
use super::world::{World, filled, hide, remove};

/// Lists with rows of the second set, and what they need.
const LISTS: [(&str, &str); 8] = [
    ("standards", ""),
    ("regions", ""),
    ("enterprises", ""),
    ("products", ""),
    ("declarations", ""),
    ("search", "text: \"泵\", "),
    ("ingestionRuns", ""),
    ("quarantine", ""),
];

/// The name of a field as members of enums are written: `documentNumber` is `DOCUMENT_NUMBER`.
fn shouted(name: &str) -> String {
    let signs = name.chars().map(|sign| match sign.is_ascii_uppercase() {
        true => format!("_{sign}"),
        false => sign.to_ascii_uppercase().to_string(),
    });
    signs.collect()
}

#[test]
fn no_list_is_filtered_or_ordered_by_a_guarded_field() {
    let schema = schema();
    let mut looked = 0;
    for field in guarded(&schema) {
        for of in schema.types.keys() {
            for list in fields(&schema, of) {
                if row_of(&schema, list.ty.inner_named_type()) != Some(field.of.as_str()) {
                    continue;
                }
                for argument in &list.arguments {
                    let kind = argument.ty.inner_named_type().as_str();
                    let mut ways = vec![argument.name.to_string()];
                    for (name, kind, _) in inputs(&schema, kind) {
                        ways.push(name);
                        ways.extend(members(&schema, &kind));
                    }
                    looked += ways.len();
                    let name = &field.name;
                    let named = ways.iter().find(|way| *way == name || **way == shouted(name));
                    assert_eq!(
                        named, None,
                        "{of}.{} shows by {} what is guarded",
                        list.name, argument.name
                    );
                }
            }
        }
    }
    assert!(looked > 10, "{looked}");
    assert_eq!(shouted("documentNumber"), "DOCUMENT_NUMBER");
}

/// The page of a list from or up to a cursor.
fn page(list: &str, needed: &str, place: &str) -> String {
    format!(
        "{{ page: {list}({needed}{place}) {{ totalCount pageInfo {{ hasPreviousPage hasNextPage }} nodes {{ __typename }} edges {{ cursor }} }} }}"
    )
}

/// The cursors of a list, as a reader gets them.
async fn cursors(world: &World, reader: &Reader, (list, needed): (&str, &str)) -> Vec<String> {
    let answer = world
        .ask(reader, &page(list, needed, "first: 100"), json!({}))
        .await
        .json();
    let edges = answer["data"]["page"]["edges"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    edges
        .iter()
        .filter_map(|edge| edge["cursor"].as_str().map(str::to_owned))
        .collect()
}

/// Two hubs: the second set was taken away from the first, and is for staff here in the second.
async fn pair(engine: support::Engine) -> (World, World) {
    let bureau = Arc::new(Bureau::default());
    let base = filled(engine).await;
    let without = World::over(TestDatabase::copy_of(&base, engine).await, &bureau).await;
    let with = World::over(base, &bureau).await;
    remove(&without.raw, 2).await;
    hide(&with.raw, 2, "STAFF").await;
    (without, with)
}

/// Cursors like a genuine one that the hub did not make: of another place, of another code, cut, and longer.
fn forged(genuine: &str, other: &str, chance: &mut Chance) -> Vec<String> {
    let bytes = |cursor: &str| URL_SAFE_NO_PAD.decode(cursor).unwrap();
    let (one, another) = (bytes(genuine), bytes(other));
    // A version, a code of twelve bytes, a place.
    let mut moved = one[..13].to_vec();
    moved.extend(&another[13..]);
    let mut blank = one.clone();
    blank[1..13].fill(0);
    let mut turned = one.clone();
    turned[usize::try_from(1 + chance.below(12)).unwrap()] ^= 1 << chance.below(8);
    let mut longer = one.clone();
    longer.push(b' ');
    [
        moved,
        blank,
        turned,
        longer,
        one[..one.len() - 1].to_vec(),
        one[13..].to_vec(),
    ]
    .iter()
    .map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
    .collect()
}

on_both! {
    async fn a_cursor_of_somebody_else_shows_nothing_more(engine) {
        let (without, with) = pair(engine).await;
        let clerk = clerk(&with.bureau, "clerk");
        for list in LISTS {
            let all = cursors(&with, &clerk, list).await;
            for reader in readers(&with.bureau).iter().filter(|reader| !reader.is_inside() && !reader.only_counts()) {
                let own = cursors(&with, reader, list).await;
                assert!(own.len() < all.len(), "{}: nothing of {list:?} is hidden", reader.name);
                for cursor in &all {
                    for (at, place) in [format!("first: 100, after: \"{cursor}\""), format!("last: 100, before: \"{cursor}\"")].iter().enumerate() {
                        let document = page(list.0, list.1, place);
                        let found = with.ask(reader, &document, json!({})).await;
                        assert_eq!(found, without.ask(reader, &document, json!({})).await, "{} {document}", reader.name);
                        let place_in_all = all.iter().position(|known| known == cursor).unwrap();
                        let beyond = if at == 0 { &all[place_in_all + 1..] } else { &all[..place_in_all] };
                        let expected: Vec<&String> = beyond.iter().filter(|cursor| own.contains(cursor)).collect();
                        let edges = found.json()["data"]["page"]["edges"].take();
                        let shown: Vec<Value> = edges.as_array().into_iter().flatten().map(|edge| edge["cursor"].clone()).collect();
                        assert_eq!(json!(shown), json!(expected), "{} {document}", reader.name);
                    }
                }
            }
        }
    }

    async fn a_cursor_that_the_hub_did_not_make_is_refused_whether_its_row_is_hidden_or_not_there(engine) {
        let mut chance = Chance::new(seed("a_cursor_that_the_hub_did_not_make"));
        let (without, with) = pair(engine).await;
        let (clerk, public) = (clerk(&with.bureau, "clerk"), &readers(&with.bureau)[0]);
        for list in LISTS {
            let own = cursors(&with, public, list).await;
            let all = cursors(&with, &clerk, list).await;
            let hidden = all.iter().find(|cursor| !own.contains(cursor)).unwrap();
            for cursor in forged(&own[0], hidden, &mut chance) {
                for place in [format!("first: 3, after: \"{cursor}\""), format!("last: 3, before: \"{cursor}\"")] {
                    let document = page(list.0, list.1, &place);
                    let found = with.ask(public, &document, json!({})).await;
                    assert_eq!(found.code().as_deref(), Some("CURSOR_INVALID"), "{document}: {}", found.text);
                    assert_eq!(found, without.ask(public, &document, json!({})).await, "{document}");
                }
            }
        }
    }
}
