//! The JSON of tokens and key sets, read into types.

use async_graphql::Value;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error};
use serde_json::Map;

/// The longest error text that is kept; it may quote what was sent.
const LONGEST_ERROR: usize = 200;

/// An object out of JSON text, if it has the shape of `T`. A member that stands twice is refused.
pub(super) fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, String> {
    let members = std::str::from_utf8(text)
        .map_err(|cause| format!("it is no UTF-8: {cause}"))
        .and_then(crate::json::object);
    let read = members.and_then(|members| {
        async_graphql::from_value(Value::Object(members)).map_err(|cause| cause.to_string())
    });
    read.map_err(|why| printable(&why))
}

/// A member that must be an object: a derived reader alone takes an array of the fields in their order, too.
pub(super) fn object<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let members = Map::deserialize(deserializer)?;
    serde_json::from_value(serde_json::Value::Object(members)).map_err(D::Error::custom)
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
