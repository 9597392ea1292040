//! JSON in which a member stands once (RFC 7515 §4, RFC 7519 §4). Of two equal members one would win in silence, and which
//! one differs between readers.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::{Map, Value};

/// The longest error text that is kept; it may quote what was sent.
const LONGEST_ERROR: usize = 200;

/// An object out of JSON text, if it has the shape of `T`.
pub(super) fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, String> {
    let read = serde_json::from_slice::<Unique>(text).and_then(|_| {
        let mut reader = serde_json::Deserializer::from_slice(text);
        object(&mut reader)
    });
    read.map_err(|error| printable(&error.to_string()))
}

/// A member that must be an object: a derived reader alone takes an array of the fields in their order, too.
pub(super) fn object<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let members = Map::deserialize(deserializer)?;
    serde_json::from_value(Value::Object(members)).map_err(D::Error::custom)
}

/// A member that may be missing but, where it stands, is not null.
pub(super) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Text of others, fit for a line of a log.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .take(LONGEST_ERROR)
        .flat_map(char::escape_debug)
        .collect()
}

/// Any value whose objects have no member twice; nothing of it is kept.
struct Unique;

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Unique;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Unique, A::Error> {
        while items.next_element::<Unique>()?.is_some() {}
        Ok(Unique)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Unique, A::Error> {
        let mut seen = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            members.next_value::<Unique>()?;
            if let Some(twice) = seen.replace(name) {
                return Err(A::Error::custom(format_args!(
                    "the member {twice:?} stands twice"
                )));
            }
        }
        Ok(Unique)
    }
}

#[cfg(test)]
mod tests {
    use serde::de::IgnoredAny;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Shape {
        a: i64,
        #[serde(default, deserialize_with = "present")]
        b: Option<IgnoredAny>,
    }

    #[test]
    fn a_member_that_stands_twice_is_refused_at_every_depth() {
        for text in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"x":1,"x":1}"#,
            r#"{"a":1,"x":[{"y":{"z":1,"\u007a":2}}]}"#,
        ] {
            let refused = read::<Shape>(text.as_bytes()).unwrap_err();
            assert!(refused.contains("stands twice"), "{text}: {refused}");
        }
        let good = read::<Shape>(br#"{"a":1,"x":[{"a":1},{"a":[null,true,-1,1.5]}]}"#).unwrap();
        assert_eq!((good.a, good.b.is_some()), (1, false));
    }

    #[test]
    fn only_an_object_is_taken_and_only_whole() {
        for text in [
            "",
            "null",
            "[1]",
            "3",
            "\"x\"",
            "{\"a\":1",
            "{\"a\":1} x",
            "{\"a\":1,}",
            "{\"a\":1,\"b\":null",
        ] {
            assert!(read::<Shape>(text.as_bytes()).is_err(), "{text}");
        }
        assert!(
            read::<Shape>(b"{\"a\":1,\"x\":\"\xff\"}").is_err(),
            "bytes that are no UTF-8"
        );
        assert!(
            read::<Shape>(br#"{"a":1,"b":null}"#).unwrap().b.is_some(),
            "null stands there"
        );
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_end_the_process() {
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(30_000), "]".repeat(30_000));
        assert!(read::<Shape>(deep.as_bytes()).unwrap_err().contains("recursion"));
    }

    #[test]
    fn errors_are_one_short_line() {
        let long = format!("{{\"a\":\"{}\"}}", "\\n\\u202e".repeat(500));
        let refused = read::<Shape>(long.as_bytes()).unwrap_err();
        assert!(
            refused.chars().all(|c| c.is_ascii_graphic() || c == ' '),
            "{refused}"
        );
        assert!(refused.len() <= LONGEST_ERROR * 10, "{}", refused.len());
    }
}
