//! Records as cells.

use entity::change::feed;
use entity::clock::china_day;
use serde_json::{Map, Value};

/// The columns before those of the record itself.
pub(super) const HEAD: [&str; 4] = ["record_key", "record_version", "record_region", "changed_on"];

/// The members at the top of a record.
pub(super) fn members(body: &str) -> Map<String, Value> {
    serde_json::from_str(body).unwrap_or_default()
}

/// The cells of a record: what is no text, number or truth is JSON text, and what is unknown is empty.
pub(super) fn of(event: &feed::Model, columns: &[String]) -> Vec<String> {
    let record = members(&event.body);
    let head = [
        event.record_key.clone(),
        event.version.to_string(),
        event.region.clone(),
        china_day(event.at).to_string(),
    ];
    let members = columns.iter().map(|name| match record.get(name) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    });
    head.into_iter().chain(members).collect()
}
