//! Publication and taking back: what each reader of the feed is told, and that it ends where the hub stands.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use support::on_both;

use super::{NUMBER, Office, Reader, moving, with, word};

/// The operations that a reader is told, with versions that grow.
async fn told(office: &Office, reader: &Reader, behind: i64) -> Vec<String> {
    let events = office.events(reader, behind).await;
    assert!(
        events
            .windows(2)
            .all(|pair| pair[0].version < pair[1].version && pair[0].pos < pair[1].pos),
        "{}: {events:?}",
        reader.name
    );
    events.into_iter().map(|event| event.op).collect()
}

/// The copy of a client that took everything it was told: texts and stages by key.
async fn copied(office: &Office, reader: &Reader) -> BTreeMap<String, (String, String)> {
    let mut copy = BTreeMap::new();
    for event in office.events(reader, 0).await {
        if ["UPSERT", "ENTER"].contains(&event.op.as_str()) {
            let body: Value = serde_json::from_str(&event.body).unwrap();
            let told = (word(&body["text"]).to_owned(), word(&body["stage"]).to_owned());
            copy.insert(event.record_key, told);
        } else {
            assert_eq!(event.body, "null");
            copy.remove(&event.record_key);
        }
    }
    copy
}

/// What the hub shows a reader, in the same form.
async fn shown(office: &Office, reader: &Reader) -> Vec<(String, String)> {
    let list = "{ annotations { totalCount nodes { text stage } } \
        declarations { nodes { annotations { totalCount nodes { text } } } } }";
    let found = office.data(reader, list, json!({})).await;
    let nodes = found["annotations"]["nodes"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    assert_eq!(found["annotations"]["totalCount"], json!(nodes.len()));
    let edges = found["declarations"]["nodes"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let nested: u64 = edges
        .iter()
        .filter_map(|one| one["annotations"]["totalCount"].as_u64())
        .sum();
    assert_eq!(nested, nodes.len() as u64, "{}", reader.name);
    nodes
        .iter()
        .map(|node| (word(&node["text"]).to_owned(), word(&node["stage"]).to_owned()))
        .collect()
}

async fn a_copy_is_what_the_hub_shows(office: &Office) {
    for reader in office.outsiders().iter().chain(&office.insiders()) {
        let mut copy: Vec<_> = copied(office, reader).await.into_values().collect();
        // What is held back is in no feed, so no copy has it.
        let mut snapshot = shown(office, reader).await;
        snapshot.retain(|(_, stage)| stage == "PUBLISHED");
        copy.sort();
        snapshot.sort();
        assert_eq!(copy, snapshot, "{}", reader.name);
    }
}

on_both! {
    async fn r80_publication_enters_the_view_of_everybody_exactly_once(engine) {
        let office = Office::open(engine).await;
        let annotation = office.carried(office.drafted("PUBLIC").await, "AUTHORISED").await;
        a_copy_is_what_the_hub_shows(&office).await;
        let head = office.head().await;
        let published = office.carried(annotation, "PUBLISHED").await;
        assert_eq!(office.head().await, head + 1);
        for reader in office.outsiders() {
            // The whole feed, not only the last of it.
            assert_eq!(told(&office, &reader, 0).await, ["ENTER"], "{}", reader.name);
            let event = office.events(&reader, 0).await.remove(0);
            assert_eq!(json!(event.version), published["version"]);
            let body: Value = serde_json::from_str(&event.body).unwrap();
            assert_eq!((&body["text"], &body["document_number"]), (&published["text"], &json!(NUMBER)));
        }
        for reader in office.insiders() {
            assert_eq!(told(&office, &reader, 0).await, ["ENTER"], "{}", reader.name);
        }
        a_copy_is_what_the_hub_shows(&office).await;
        let search = "{ search(text: \"批注专用词\") { totalCount } }";
        assert_eq!(office.data(&office.reader("public", None), search, json!({})).await["search"]["totalCount"], 0);
    }

    async fn r80_what_is_for_the_enterprise_reaches_it_and_nobody_else(engine) {
        let office = Office::open(engine).await;
        let annotation = office.carried(office.drafted("ENTERPRISE").await, "AUTHORISED").await;
        let head = office.head().await;
        let published = office.carried(annotation, "PUBLISHED").await;
        let node = "query($id: ID!) { node(id: $id) { id } }";
        for reader in office.outsiders() {
            let own = reader.name == "own";
            let expected: &[&str] = if own { &["ENTER"] } else { &[] };
            assert_eq!(told(&office, &reader, 0).await, expected, "{}", reader.name);
            let found = office.data(&reader, node, json!({ "id": published["id"] })).await;
            assert_eq!(found["node"]["id"] == published["id"], own, "{}", reader.name);
            assert_eq!(shown(&office, &reader).await.len(), usize::from(own), "{}", reader.name);
        }
        for reader in office.insiders() {
            assert_eq!(told(&office, &reader, head).await, ["ENTER"], "{}", reader.name);
        }
        a_copy_is_what_the_hub_shows(&office).await;
    }

    async fn what_is_taken_back_is_gone_for_those_who_saw_it(engine) {
        let office = Office::open(engine).await;
        let node = "query($id: ID!) { node(id: $id) { ... on Annotation { stage reason withdrawnAt } } }";
        for (meant_for, readers) in [("PUBLIC", 6), ("ENTERPRISE", 1)] {
            let start = office.head().await;
            let published = office.carried(office.drafted(meant_for).await, "PUBLISHED").await;
            let first = office.clerk("first");
            // Nothing but taking back, and that for a reason.
            for step in ["SUBMIT", "REVIEW", "AUTHORISE", "PUBLISH", "RETURN"] {
                let found = office.refused(&first, "moveAnnotation", moving(&published, step)).await;
                assert_eq!(found, json!(["WRONG_STAGE", "step"]), "{step}");
            }
            let silent = with(moving(&published, "WITHDRAW"), "reason", " ");
            assert_eq!(office.refused(&first, "moveAnnotation", silent).await, json!(["REASON_MISSING", "reason"]));
            let head = office.head().await;
            let withdrawn = office.carried(published, "WITHDRAWN").await;
            let mut saw = 0;
            for reader in office.outsiders() {
                let events = told(&office, &reader, start).await;
                if !events.is_empty() {
                    assert_eq!(events, ["ENTER", "DELETE"], "{}", reader.name);
                    saw += 1;
                }
                let found = office.data(&reader, node, json!({ "id": withdrawn["id"] })).await;
                assert_eq!(found["node"], Value::Null, "{}", reader.name);
            }
            assert_eq!(saw, readers, "{meant_for}");
            for reader in office.insiders() {
                assert_eq!(told(&office, &reader, head).await, ["DELETE"], "{}", reader.name);
                let found = office.data(&reader, node, json!({ "id": withdrawn["id"] })).await;
                assert_eq!((&found["node"]["stage"], &found["node"]["reason"]), (&json!("WITHDRAWN"), &json!("须补充依据")));
            }
            a_copy_is_what_the_hub_shows(&office).await;
            let again = office.refused(&first, "moveAnnotation", moving(&withdrawn, "PUBLISH")).await;
            assert_eq!(again, json!(["WRONG_STAGE", "step"]));
        }
    }
}
