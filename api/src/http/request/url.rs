//! A request in the address of a `GET`: the same parts as parameters, objects as JSON text.

use actix_web::HttpRequest;
use async_graphql::indexmap::IndexMap;
use async_graphql::{Name, Value};

use super::asked::Asked;
use super::parameters::Parameters;
use crate::http::limits::Limits;
use crate::http::refused::Refused;
use crate::json::object;

/// Reads the parameters of an address.
pub(super) fn read(http: &HttpRequest, limits: &Limits) -> Result<Asked, Refused> {
    let mut members = IndexMap::new();
    for (name, value) in Parameters::read(http, limits)? {
        let value = match name.as_str() {
            "query" | "operationName" | "documentId" if value.is_empty() => Value::Null,
            "variables" | "extensions" if value.is_empty() || value == "null" => Value::Null,
            "variables" | "extensions" => Value::Object(
                object(&value)
                    .map_err(|why| Refused::bad(format!("the parameter `{name}` cannot be read: {why}")))?,
            ),
            _ => Value::String(value),
        };
        members.insert(Name::new(&name), value);
    }
    Asked::from_object(members)
}
