//! The messages of a socket.

use async_graphql::indexmap::IndexMap;
use async_graphql::{Name, Value};
use serde_json::json;

use crate::http::answer::Answer;
use crate::http::request::Asked;
use crate::json::object;

/// The longest id of an operation.
const LONGEST_ID: usize = 256;

/// What a client says.
pub(super) enum Heard {
    /// The greeting, with a token if the client has one.
    Init { authorization: Option<String> },
    /// Asks for a pong with the same payload.
    Ping(Option<Value>),
    /// Answers a ping.
    Pong,
    /// Starts an operation.
    Subscribe { id: String, asked: Box<Asked> },
    /// Wants no more of an operation.
    Complete { id: String },
}

/// The member `authorization` of a greeting, as browsers cannot send headers with a socket. Its value is that of the header.
fn authorization(payload: Option<Value>) -> Result<Option<String>, String> {
    let Some(Value::Object(members)) = payload else {
        return Ok(None);
    };
    let mut found = members
        .into_iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("authorization"))
        .map(|(_, value)| value);
    match (found.next(), found.next()) {
        (None | Some(Value::Null), None) => Ok(None),
        (Some(Value::String(text)), None) => Ok(Some(text)),
        _ => Err("Invalid message: `authorization` is one text".to_owned()),
    }
}

/// Reads a message; an error says what is wrong with it.
pub(super) fn read(text: &str) -> Result<Heard, String> {
    let mut message = object(text).map_err(|why| format!("Invalid message: {why}"))?;
    let kind = string(&mut message, "type")?;
    match kind.as_str() {
        "connection_init" => Ok(Heard::Init {
            authorization: authorization(payload(&mut message)?)?,
        }),
        "ping" => Ok(Heard::Ping(payload(&mut message)?)),
        "pong" => {
            payload(&mut message)?;
            Ok(Heard::Pong)
        }
        "subscribe" => {
            let id = id(&mut message)?;
            let Some(Value::Object(members)) = payload(&mut message)? else {
                return Err("Invalid message: `payload` is missing".to_owned());
            };
            let asked = Asked::from_object(members).map_err(|refused| {
                let why = refused.errors.first().map_or("", |error| error.message.as_str());
                format!("Invalid message: {why}")
            })?;
            Ok(Heard::Subscribe {
                id,
                asked: Box::new(asked),
            })
        }
        "complete" => Ok(Heard::Complete {
            id: id(&mut message)?,
        }),
        _ => Err("Invalid message: no such `type`".to_owned()),
    }
}

type Message = IndexMap<Name, Value>;

fn string(message: &mut Message, name: &str) -> Result<String, String> {
    match message.swap_remove(name) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(format!("Invalid message: `{name}` must be a string")),
    }
}

fn id(message: &mut Message) -> Result<String, String> {
    let id = string(message, "id")?;
    if id.is_empty() || id.len() > LONGEST_ID {
        return Err(format!("Invalid message: `id` must be 1 to {LONGEST_ID} bytes"));
    }
    Ok(id)
}

fn payload(message: &mut Message) -> Result<Option<Value>, String> {
    match message.swap_remove("payload") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(object)) => Ok(Some(Value::Object(object))),
        Some(_) => Err("Invalid message: `payload` must be an object".to_owned()),
    }
}

/// The answer to a greeting.
pub(super) fn ack() -> String {
    json!({ "type": "connection_ack" }).to_string()
}

/// The answer to a ping.
pub(super) fn pong(payload: Option<&Value>) -> String {
    match payload {
        Some(payload) => json!({ "type": "pong", "payload": payload }).to_string(),
        None => json!({ "type": "pong" }).to_string(),
    }
}

/// An answer of an operation.
pub(super) fn next(id: &str, answer: &Answer) -> String {
    json!({ "id": id, "type": "next", "payload": answer.body() }).to_string()
}

/// An operation that was not executed; nothing follows for its id.
pub(super) fn error(id: &str, answer: &Answer) -> String {
    json!({ "id": id, "type": "error", "payload": answer.errors }).to_string()
}

/// The end of an operation.
pub(super) fn complete(id: &str) -> String {
    json!({ "id": id, "type": "complete" }).to_string()
}
