//! A request in the address of a `GET`: the same parts as parameters, objects as JSON text.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use async_graphql::indexmap::IndexMap;
use async_graphql::{Name, Value};
use percent_encoding::percent_decode_str;

use super::asked::Asked;
use crate::http::limits::Limits;
use crate::http::refused::Refused;
use crate::json::object;

/// Reads the parameters of an address.
pub(super) fn read(http: &HttpRequest, limits: &Limits) -> Result<Asked, Refused> {
    let text = http.query_string();
    if text.len() > limits.address {
        let remedy = format!("the address is longer than {} bytes: use POST", limits.address);
        return Err(Refused::http(
            StatusCode::URI_TOO_LONG,
            "ADDRESS_TOO_LONG",
            remedy,
        ));
    }
    let mut members = IndexMap::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decoded(name).ok_or_else(|| Refused::bad("the name of a parameter is no UTF-8"))?;
        let value =
            decoded(value).ok_or_else(|| Refused::bad(format!("the parameter `{name}` is no UTF-8")))?;
        let value = match name.as_str() {
            "query" | "operationName" | "documentId" if value.is_empty() => Value::Null,
            "variables" | "extensions" if value.is_empty() || value == "null" => Value::Null,
            "variables" | "extensions" => Value::Object(
                object(&value)
                    .map_err(|why| Refused::bad(format!("the parameter `{name}` cannot be read: {why}")))?,
            ),
            _ => Value::String(value),
        };
        if members.insert(Name::new(&name), value).is_some() {
            return Err(Refused::bad(format!("the parameter `{name}` stands twice")));
        }
    }
    Asked::from_object(members)
}

/// The text behind `%E7%BC%86` and `+`; none when the bytes are no UTF-8.
fn decoded(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced)
        .decode_utf8()
        .ok()
        .map(|text| text.into_owned())
}
