//! Webhooks: what is delivered is what `changes` shows, in its order, whatever receivers, networks and processes do.

mod commands;
mod deliver;
mod processes;
mod resumed;
mod trouble;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use api::identity::Grant;
use api::webhook::{Begin, Pace, Wanted, Webhooks, prepare};
use api::{Limits, Settings};
use entity::Clock;
use entity::webhook::{self, Webhook};
use serde_json::{Value, json};
use support::Server;
use support::receiver::Receiver;
use tokio::time::{sleep, timeout};

use crate::sync::source::Source;

/// What a test waits for at most.
const PATIENCE: Duration = Duration::from_secs(90);

/// Waits and bounds with which a test does not wait for long.
fn brisk() -> Pace {
    Pace {
        changes: 25,
        attempt: Duration::from_secs(20),
        least: Duration::from_millis(50),
        most: Duration::from_millis(400),
        look: Duration::from_millis(50),
        ..Pace::default()
    }
}

/// A server that delivers, over the database of a source.
async fn sending(source: &Source, pace: Pace) -> Server {
    let settings = Settings {
        webhooks: Some(Webhooks {
            pace,
            ..Webhooks::default()
        }),
        limits: Limits::default(),
        ..Settings::default()
    };
    Server::start_with(source.database.open().await, Clock::System, settings)
}

fn wanted(name: &str, url: &str, grant: Option<Grant>) -> Wanted {
    Wanted {
        name: name.to_owned(),
        url: url.to_owned(),
        reader: ("urn:nqi-hub:development".to_owned(), name.to_owned()),
        grant,
        kinds: Vec::new(),
        regions: Vec::new(),
        begin: Begin::Start,
    }
}

/// Makes a webhook, or changes the one of that name.
async fn add(source: &Source, wanted: Wanted) -> Webhook {
    let (db, name) = (&source.server.db, wanted.name.clone());
    let new = prepare(db, wanted).await.unwrap();
    webhook::add(db, &Clock::System, &new).await.unwrap();
    find(source, &name).await
}

async fn find(source: &Source, name: &str) -> Webhook {
    webhook::find(&source.server.db, name).await.unwrap().unwrap()
}

/// Waits until something holds.
async fn until(what: &str, holds: impl AsyncFn() -> bool) {
    let waiting = async {
        while !holds().await {
            sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(timeout(PATIENCE, waiting).await.is_ok(), "never: {what}");
}

/// All that `changes` shows a reader from the start, and the cursor behind it.
async fn changes(source: &Source, grant: &Grant, kinds: &[&str], regions: &[&str]) -> (Vec<Value>, String) {
    let token = source.bureau.token("somebody", grant.clone());
    let query = "query ($after: String, $kinds: [String!], $regions: [String!]) { changes(first: 1000, after: $after, kinds: $kinds, \
        regions: $regions) { nodes { operation kind key recordId version region day contentHash body at changedFields changeReason \
        source } endCursor hasNextPage } }";
    let list = |words: &[&str]| {
        (!words.is_empty())
            .then(|| words.to_vec())
            .map_or(Value::Null, |words| json!(words))
    };
    let (mut nodes, mut after) = (Vec::new(), Value::Null);
    loop {
        let variables = json!({ "after": after, "kinds": list(kinds), "regions": list(regions) });
        let request = source
            .server
            .client()
            .post(source.server.url("/graphql"))
            .bearer_auth(&token);
        let answer = request
            .json(&json!({ "query": query, "variables": variables }))
            .send()
            .await;
        let mut answer: Value = answer.unwrap().json().await.unwrap();
        assert!(answer.get("errors").is_none(), "{answer:#}");
        let page = answer["data"]["changes"].take();
        nodes.extend(page["nodes"].as_array().unwrap().iter().cloned());
        after = page["endCursor"].clone();
        if page["hasNextPage"] == false {
            return (nodes, after.as_str().unwrap().to_owned());
        }
    }
}

fn data(events: &[Value]) -> Vec<Value> {
    events.iter().map(|event| event["data"].clone()).collect()
}

/// The events in their order, each once.
fn once(events: &[Value]) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let new = |event: &&Value| seen.insert(event["id"].as_str().unwrap().to_owned());
    events.iter().filter(new).cloned().collect()
}

/// The bodies of a copy that applied every event, by kind and key.
fn applied(events: &[Value]) -> BTreeMap<(String, String), String> {
    let mut copy: BTreeMap<(String, String), (i64, Option<String>)> = BTreeMap::new();
    for change in data(events) {
        let text = |member: &str| change[member].as_str().unwrap().to_owned();
        let (name, version) = ((text("kind"), text("key")), change["version"].as_i64().unwrap());
        if text("operation") == "LEAVE" {
            copy.remove(&name);
        } else if copy.get(&name).is_none_or(|(known, _)| version >= *known) {
            copy.insert(name, (version, change["body"].as_str().map(str::to_owned)));
        }
    }
    let there = copy
        .into_iter()
        .filter_map(|(name, (_, body))| Some((name, body?)));
    there.collect()
}

/// Waits until a receiver took as many different events as there are changes, and gives the events as they came.
async fn all_taken(receiver: &Receiver, count: usize) -> Vec<Value> {
    until("all is taken", async || once(&receiver.taken()).len() >= count).await;
    receiver.taken()
}
