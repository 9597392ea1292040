//! A GraphQL request as it was sent, each part of the right type.

use async_graphql::indexmap::IndexMap;
use async_graphql::{Name, Value, Variables};

use crate::http::refused::Refused;
use crate::json::{kind, object};

/// A request: the document or the name of one, and what to run of it with which variables.
#[derive(Debug, Clone, Default)]
pub(in crate::http) struct Asked {
    /// The text of the document.
    pub(in crate::http) query: Option<String>,
    /// Which operation of the document.
    pub(in crate::http) operation_name: Option<String>,
    /// The values of the variables.
    pub(in crate::http) variables: Variables,
    /// The name of a document that the hub knows, as a manifest spells it.
    pub(in crate::http) document_id: Option<String>,
    /// The SHA-256 of `extensions.persistedQuery`, in hexadecimal digits.
    pub(in crate::http) persisted: Option<String>,
}

type Members = IndexMap<Name, Value>;

impl Asked {
    /// Reads the body of a request.
    pub(super) fn from_json(bytes: &[u8]) -> Result<Self, Refused> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            Refused::bad(format!(
                "the body is no UTF-8 from byte {} on",
                error.valid_up_to()
            ))
        })?;
        if text.trim_start().starts_with('[') {
            return Err(Refused::bad(
                "the body is an array: send one request at a time, several fields fit into one operation",
            ));
        }
        let members = object(text).map_err(|why| Refused::bad(format!("the body cannot be read: {why}")))?;
        Self::from_object(members)
    }

    /// Reads the members of a request. Members that nobody knows may stand there: clients add their own.
    pub(in crate::http) fn from_object(mut members: Members) -> Result<Self, Refused> {
        let asked = Self {
            query: text(&mut members, "query")?,
            operation_name: text(&mut members, "operationName")?,
            variables: Variables::from_value(Value::Object(map(&mut members, "variables")?)),
            document_id: text(&mut members, "documentId")?,
            persisted: persisted(map(&mut members, "extensions")?)?,
        };
        if asked.query.is_none() && asked.document_id.is_none() && asked.persisted.is_none() {
            return Err(Refused::bad("`query` is missing: send the document as a string"));
        }
        Ok(asked)
    }
}

/// A string that may be missing or null.
fn text(members: &mut Members, name: &str) -> Result<Option<String>, Refused> {
    match members.swap_remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(wrong(name, "a string", &other)),
    }
}

/// An object that may be missing or null.
fn map(members: &mut Members, name: &str) -> Result<Members, Refused> {
    match members.swap_remove(name) {
        None | Some(Value::Null) => Ok(Members::new()),
        Some(Value::Object(object)) => Ok(object),
        Some(other) => Err(wrong(name, "an object", &other)),
    }
}

/// The hash of `extensions.persistedQuery {version: 1, sha256Hash}`.
fn persisted(mut extensions: Members) -> Result<Option<String>, Refused> {
    let named = extensions.contains_key("persistedQuery");
    let mut query = map(&mut extensions, "persistedQuery")?;
    if !named || query.is_empty() {
        return Ok(None);
    }
    let version = query.swap_remove("version");
    if version != Some(Value::from(1)) {
        return Err(Refused::bad(
            "`extensions.persistedQuery.version` must be 1: no other version is known",
        ));
    }
    let hash = text(&mut query, "sha256Hash")?.map(|hash| hash.to_ascii_lowercase());
    let whole = |hash: &String| hash.len() == 64 && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
    match hash.filter(whole) {
        Some(hash) => Ok(Some(hash)),
        None => Err(Refused::bad(
            "`extensions.persistedQuery.sha256Hash` must be the 64 hexadecimal digits of the document's SHA-256",
        )),
    }
}

fn wrong(name: &str, wanted: &str, found: &Value) -> Refused {
    Refused::bad(format!("`{name}` must be {wanted}, not {}", kind(found)))
}
