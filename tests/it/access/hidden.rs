//! A row that is not for a reader leaves no trace: everything that can be asked answers, byte for byte, like a hub without the row.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use entity::change::{events_after, head};
use support::bureau::Bureau;
use support::{Engine, TestDatabase, on_both};

use super::questions::{Question, all};
use super::reader::{Reader, credit_code, readers};
use super::world::{Reply, World, filled, hide, remove};

/// What a hub without the row told, by who asked what.
pub(super) type Told = BTreeMap<(&'static str, String), Reply>;

/// Fails unless one hub answers a reader everything as the other one does, or did when it was asked before.
pub(super) async fn compare(
    reader: &Reader,
    questions: &[Question],
    one: &World,
    other: &World,
    when: &str,
    known: &mut Told,
) {
    for question in questions {
        if question.tells_of_acts() && reader.reads_audit() {
            continue;
        }
        let (document, variables) = (question.document(reader), &question.variables);
        let found = other.ask(reader, &document, variables.clone()).await;
        assert!(found.status == 200 || found.status == 403, "{found:?}");
        let told = match known.entry((reader.name, format!("{document}{variables}"))) {
            Entry::Occupied(told) => told.into_mut(),
            Entry::Vacant(place) => place.insert(one.ask(reader, &document, variables.clone()).await),
        };
        assert_eq!(
            found, *told,
            "{when}: {} asks {document} {variables}",
            reader.name
        );
        // With the tag by which a client asks whether anything changed.
        if variables.as_object().is_some_and(serde_json::Map::is_empty) {
            let found = other.get(reader, &document).await;
            let told = match known.entry((reader.name, document.clone())) {
                Entry::Occupied(told) => told.into_mut(),
                Entry::Vacant(place) => place.insert(one.get(reader, &document).await),
            };
            assert_eq!(found, *told, "{when}: {} gets {document}", reader.name);
        }
    }
    let scope = reader.scope();
    let events = events_after(&one.server.db, &scope, 0, 1_000).await.unwrap();
    let found = events_after(&other.server.db, &scope, 0, 1_000).await.unwrap();
    assert_eq!(found, events, "{when}: the feed of {}", reader.name);
    let heads = [
        head(&one.server.db, &scope).await.unwrap(),
        head(&other.server.db, &scope).await.unwrap(),
    ];
    assert_eq!(heads[0], heads[1], "{when}: the head of the feed");
}

/// Two hubs with the same rows, but for the second and third set: taken away in the first, for an audience in the second.
async fn pair(engine: Engine, bureau: &Arc<Bureau>, audience: &str) -> (World, World) {
    let base = filled(engine).await;
    let without = World::over(TestDatabase::copy_of(&base, engine).await, bureau).await;
    let with = World::over(base, bureau).await;
    for set in [2, 3] {
        remove(&without.raw, set).await;
        hide(&with.raw, set, audience).await;
    }
    (without, with)
}

/// The ids of what is hidden, one of each kind at least, and of nothing.
async fn ids(with: &World) -> Vec<String> {
    let audiences = with.audiences().await;
    let hidden = audiences.into_iter().filter(|(_, audience)| audience != "public");
    let mut ids: Vec<String> = hidden.map(|(id, _)| id).collect();
    for kind in [
        "Standard",
        "StandardProject",
        "Region",
        "Enterprise",
        "Product",
        "Declaration",
        "MeasuringInstrument",
        "TestingInstitution",
        "TypeApproval",
        "Penalty",
        "Licence",
        "CreditListing",
        "CreditRepair",
        "RiskRating",
    ] {
        let of_kind = |id: &String| super::world::record_of(id).0 == kind;
        assert!(ids.iter().any(of_kind), "no {kind} is hidden");
    }
    ids.push(super::world::node_id("Declaration", "nothing"));
    ids
}

/// A declaration among the ids.
fn declaration(ids: &[String]) -> &str {
    let found = ids
        .iter()
        .find(|id| super::world::record_of(id).0 == "Declaration");
    found.map(String::as_str).unwrap_or_default()
}

async fn no_trace(engine: Engine, audience: &str, sees: fn(&Reader) -> bool) {
    let bureau = Arc::new(Bureau::default());
    let (without, with) = pair(engine, &bureau, audience).await;
    let ids = ids(&with).await;
    let questions = all(&ids, declaration(&ids), &credit_code(2));
    let mut outside = 0;
    for reader in readers(&bureau) {
        if sees(&reader) {
            let document = "{ standards { totalCount } declarations { totalCount } products { totalCount } }";
            let told = without.ask(&reader, document, serde_json::json!({})).await;
            let found = with.ask(&reader, document, serde_json::json!({})).await;
            assert_ne!(found.text, told.text, "{} should see more", reader.name);
        } else {
            compare(&reader, &questions, &without, &with, audience, &mut Told::new()).await;
            outside += 1;
        }
    }
    assert!(outside >= 9, "{outside}");
}

on_both! {
    async fn what_is_for_staff_leaves_no_trace_for_others(engine) {
        no_trace(engine, "STAFF", Reader::is_inside).await;
    }

    async fn what_is_for_an_enterprise_leaves_no_trace_for_others(engine) {
        // Whoever counts a district counts what is for its enterprises.
        no_trace(engine, "ENTERPRISE", |reader| reader.is_inside() || reader.only_counts()).await;
    }
}
