//! JSON in which a key stands once: requests, tokens and key sets are read by it. Of two equal keys one would win in silence,
//! and which one differs between readers (RFC 7515 §4, RFC 7519 §4).

use async_graphql::indexmap::IndexMap;
use async_graphql::{Name, Value};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// An object out of JSON text.
pub(crate) fn object(text: &str) -> Result<IndexMap<Name, Value>, String> {
    match serde_json::from_str(text) {
        Ok(Strict(Value::Object(object))) => Ok(object),
        Ok(Strict(other)) => Err(format!("it must be a JSON object, not {}", kind(&other))),
        Err(error) => Err(format!("it is no JSON: {error}")),
    }
}

/// What a value is, for messages.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Number(_) => "a number",
        Value::String(_) | Value::Enum(_) => "a string",
        Value::Boolean(_) => "a boolean",
        Value::List(_) | Value::Binary(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A value whose objects have no key twice.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = IndexMap::new();
        while let Some(key) = entries.next_key::<String>()? {
            let Strict(value) = entries.next_value()?;
            if let Some(twice) = object.insert(Name::new(&key), value).map(|_| key) {
                return Err(A::Error::custom(format_args!("the key {twice:?} stands twice")));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::object;

    #[test]
    fn a_key_that_stands_twice_is_refused_at_every_depth() {
        for text in [
            r#"{"a":1,"a":1}"#,
            r#"{"x":[{"b":{"a":1,"c":2,"a":3}}]}"#,
            r#"{"a":1,"\u0061":2}"#,
        ] {
            let refused = object(text).unwrap_err();
            assert!(refused.contains("\"a\" stands twice"), "{text}: {refused}");
        }
        assert_eq!(object(r#"{"a":{"a":[{"a":1},{"a":2}]}}"#).unwrap().len(), 1);
    }

    #[test]
    fn only_an_object_is_taken_and_only_whole() {
        for text in ["", "null", "[]", "3", "\"x\"", "{", "{} x", "{\"a\":1,}"] {
            assert!(object(text).is_err(), "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_end_the_process() {
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(30_000), "]".repeat(30_000));
        assert!(object(&deep).unwrap_err().contains("recursion"));
    }
}
