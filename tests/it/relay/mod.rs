//! Hubs above hubs (R68): what one says, the one above has, whatever happens to either.

mod below;
mod chain;
mod claims;
mod onward;
mod trouble;

use std::collections::BTreeMap;

use api::identity::Grant;
use client::Filter;
use entity::access::Role;
use serde_json::Value;
use support::{Engine, Hub, TestDatabase};

use crate::sync::source::{Source, served};
use crate::sync::{Place, copied};

/// Whoever takes in what lies in a province.
fn hub_above() -> Grant {
    Grant {
        region: Some("320000".to_owned()),
        ..Grant::new(Role::Hub)
    }
}

/// An empty hub.
async fn empty(engine: Engine) -> Source {
    let database = TestDatabase::new(engine).await;
    let bureau = support::bureau::Bureau::default();
    let server = served(database.open().await, &bureau);
    Source {
        database,
        server,
        bureau,
    }
}

/// `relay --once` to its end; gives what it printed.
fn relayed(above: &Source, below: &Source, name: &str, more: &[&str]) -> Value {
    let ran = relaying(above, below, name, more).output().unwrap();
    assert!(ran.status.success(), "{ran:?}");
    serde_json::from_slice(&ran.stdout).unwrap()
}

fn relaying(above: &Source, below: &Source, name: &str, more: &[&str]) -> std::process::Command {
    let url = below.url();
    let mut words = vec!["relay", url.as_str(), "--as", name, "--once", "--json"];
    words.extend(more);
    let mut command = Hub::on(&above.database).command(&words);
    command.env("NQI_SYNC_TOKEN", below.bureau.token("above", hub_above()));
    command
}

/// The hash of every record that a hub shows to the one above it; acts of persons stay where they are.
async fn shown(hub: &Source) -> BTreeMap<(String, String), String> {
    let place = Place::new("shown.sqlite");
    hub.follow("reader", &hub_above(), &Filter::default(), &place.path())
        .await;
    let rows = copied(&place.path()).await;
    let relayed = rows.into_iter().filter(|((kind, _), _)| kind != "Annotation");
    relayed.map(|(name, record)| (name, record.hash)).collect()
}

/// How many records of each kind.
fn kinds(shown: &BTreeMap<(String, String), String>) -> BTreeMap<&str, usize> {
    let mut kinds = BTreeMap::new();
    for (kind, _) in shown.keys() {
        *kinds.entry(kind.as_str()).or_default() += 1;
    }
    kinds
}
