//! A batch: what `changes` shows the reader of a webhook behind its place, as events of CloudEvents 1.0.

use std::time::Duration;

use async_graphql::{Request, Variables};
use entity::access::Identity;
use entity::audit::Asked;
use entity::record::sha256_hex;
use entity::webhook::Webhook;
use serde::Deserialize;
use serde_json::{Value, json};

use super::settings::Pace;
use crate::http::door::Door;

/// How long the database may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Codes after which a place is of no use any more.
const LOST: [&str; 3] = ["CURSOR_INVALID", "CURSOR_EPOCH_CHANGED", "CURSOR_EXPIRED"];

/// The same question that a client asks: whatever it is not shown, a webhook does not send.
const QUERY: &str = "query Webhook($first: Int!, $after: String, $kinds: [String!], $regions: [String!]) { syncInfo { epoch } \
    changes(first: $first, after: $after, kinds: $kinds, regions: $regions) { nodes { operation kind key recordId version region \
    day contentHash body at changedFields changeReason source } endCursor hasNextPage } }";

/// What lies behind the place of a webhook.
#[derive(Debug)]
pub(super) struct Batch {
    /// The changes as a body; none when there is none.
    pub(super) body: Option<Vec<u8>>,
    /// Changes in it.
    pub(super) changes: usize,
    /// Where it ends.
    pub(super) end: String,
    /// Whether there is more behind it.
    pub(super) has_more: bool,
}

/// Why there is no batch.
#[derive(Debug)]
pub(super) enum Unread {
    /// The feed does not know the place.
    Lost(String),
    /// It may be read later.
    Later(String),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    sync_info: Info,
    changes: Page,
}

#[derive(Deserialize)]
struct Info {
    epoch: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    nodes: Vec<Value>,
    end_cursor: String,
    has_next_page: bool,
}

/// A name that is the same for every attempt at the same thing, as long as nobody sets the place of the webhook by hand.
fn name(webhook: &Webhook, of: &[&str]) -> String {
    let turn = webhook.turn.to_string();
    let place = webhook.place.as_deref().unwrap_or_default();
    let parts = [&[webhook.name.as_str(), &turn, place], of].concat();
    sha256_hex(parts.join("\n").as_bytes()).chars().take(32).collect()
}

/// The name of the message with a body at the place of a webhook. Changes may join between two attempts, and a receiver that knows a
/// message by its name has to take what joined: another body has another name.
pub(super) fn message(webhook: &Webhook, body: &[u8]) -> String {
    format!("msg_{}", name(webhook, &["message", &sha256_hex(body)]))
}

/// The batch at the place of a webhook, within the bounds.
pub(super) async fn read(
    door: &Door,
    reader: &Identity,
    webhook: &Webhook,
    pace: &Pace,
) -> Result<Batch, Unread> {
    let mut first = pace.changes;
    loop {
        let found = ask(door, reader, webhook, first).await?;
        let events: Vec<Value> = found
            .changes
            .nodes
            .into_iter()
            .map(|change| event(webhook, &found.sync_info.epoch, change))
            .collect();
        let (fits, body) = written(&events, pace.bytes);
        if fits < events.len() {
            // The end of the batch has to be told by the feed.
            first = fits;
            continue;
        }
        return Ok(Batch {
            changes: events.len(),
            body: (!events.is_empty()).then_some(body),
            end: found.changes.end_cursor,
            has_more: found.changes.has_next_page,
        });
    }
}

/// How many of the events fit into so many bytes, one at least, and the body of all that do.
fn written(events: &[Value], most: usize) -> (usize, Vec<u8>) {
    let mut body = vec![b'['];
    for (count, event) in events.iter().enumerate() {
        let text = event.to_string();
        if count > 0 {
            if body.len() + text.len() + 2 > most {
                body.push(b']');
                return (count, body);
            }
            body.push(b',');
        }
        body.extend_from_slice(text.as_bytes());
    }
    body.push(b']');
    (events.len(), body)
}

async fn ask(door: &Door, reader: &Identity, webhook: &Webhook, first: usize) -> Result<Found, Unread> {
    let list =
        |text: &str| (!text.is_empty()).then(|| text.split(',').map(str::to_owned).collect::<Vec<_>>());
    let variables = json!({
        "first": first, "after": webhook.place, "kinds": list(&webhook.kinds), "regions": list(&webhook.regions),
    });
    let asked = Asked {
        operation_name: "Webhook".to_owned(),
        ..Asked::by(reader.clone())
    };
    let request = Request::new(QUERY)
        .variables(Variables::from_json(variables))
        .data(door.viewer(asked));
    let response = tokio::time::timeout(PATIENCE, door.schema.execute(request)).await;
    let response = response.map_err(|_| Unread::Later("DEADLINE_EXCEEDED".to_owned()))?;
    if let Some(error) = response.errors.first() {
        let code = match error.extensions.as_ref().and_then(|more| more.get("code")) {
            Some(async_graphql::Value::String(code)) => code.clone(),
            _ => "INTERNAL".to_owned(),
        };
        let lost = LOST.contains(&code.as_str());
        return Err(if lost {
            Unread::Lost(code)
        } else {
            Unread::Later(code)
        });
    }
    let data = response.data.into_json().and_then(serde_json::from_value);
    let mut found: Found = data.map_err(|error| Unread::Later(error.to_string()))?;
    // The executor gives members in the order in which their resolvers happen to finish; the same batch is the same bytes.
    found.changes.nodes.iter_mut().for_each(Value::sort_all_objects);
    Ok(found)
}

/// A change as an event; its data are what `changes` shows.
fn event(webhook: &Webhook, epoch: &str, change: Value) -> Value {
    let of = |member: &str| match change.get(member) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let operation = of("operation");
    let id = name(
        webhook,
        &[&operation, &of("kind"), &of("key"), &of("version"), &of("at")],
    );
    json!({
        "specversion": "1.0", "id": id, "source": format!("urn:nqi-hub:feed:{epoch}"),
        "type": format!("nqi-hub.change.{}", operation.to_lowercase()), "subject": of("recordId"), "time": of("at"),
        "datacontenttype": "application/json", "data": change,
    })
}
