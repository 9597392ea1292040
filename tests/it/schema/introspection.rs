//! The schema as a client reads it: by introspection over HTTP.

use serde_json::{Value, json};
use support::{Engine, Server, TestDatabase, test_clock};

/// What code generators send, with everything that can be deprecated.
const INTROSPECTION: &str = "
query Introspection {
  __schema {
    queryType { name } mutationType { name } subscriptionType { name }
    types { ...FullType }
    directives { name description isRepeatable locations args(includeDeprecated: true) { ...Input } }
  }
}
fragment FullType on __Type {
  kind name description specifiedByURL
  fields(includeDeprecated: true) {
    name description isDeprecated deprecationReason
    args(includeDeprecated: true) { ...Input }
    type { ...Ref }
  }
  inputFields(includeDeprecated: true) { ...Input }
  interfaces { ...Ref }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...Ref }
}
fragment Input on __InputValue { name description isDeprecated deprecationReason type { ...Ref } defaultValue }
fragment Ref on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }
";

/// Scalars that the specification of GraphQL defines.
const BUILT_IN: &[&str] = &["String", "Int", "Float", "Boolean", "ID"];

/// A server over an empty hub: the schema is the same on every database.
pub(super) async fn server() -> (TestDatabase, Server) {
    let database = TestDatabase::new(Engine::Sqlite).await;
    let db = database.open().await;
    (database, Server::start(db, test_clock()))
}

/// The whole schema.
pub(super) async fn schema() -> Value {
    let (_database, server) = server().await;
    server.data(INTROSPECTION, json!({})).await["__schema"].take()
}

/// The members of a list of the introspection.
pub(super) fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value[name].as_array().into_iter().flatten()
}

/// A text of the introspection; empty where it is null.
pub(super) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// The types that are the hub's own.
pub(super) fn own_types(schema: &Value) -> Vec<&Value> {
    let types: Vec<&Value> = list(schema, "types")
        .filter(|kind| !text(kind, "name").starts_with("__") && !BUILT_IN.contains(&text(kind, "name")))
        .collect();
    assert!(types.len() > 40, "introspection shows {} types only", types.len());
    types
}

/// The named type inside lists and non-nulls, and whether there is a list around it.
pub(super) fn inner(reference: &Value) -> (&Value, bool) {
    let mut inside = reference;
    let mut many = false;
    while inside["ofType"].is_object() {
        many |= inside["kind"] == "LIST";
        inside = &inside["ofType"];
    }
    (inside, many)
}
