//! Brings what the executor gives into the form that the specification demands (6.4).
//!
//! The executor gives names in the order in which their resolvers happen to finish, leaves a field that failed out, and
//! has no object at all where every field of it failed. Here names stand in the order of the document, a field that failed is
//! null, and one that is never null takes what it stands in along, up to the next that may be null.

use apollo_compiler::ast::Type;
use async_graphql::indexmap::IndexMap;
use async_graphql::{Name, PathSegment, Response, Value};

use crate::http::check::Shape;

/// Completes the data of an answer.
pub(super) fn complete(response: &mut Response, shape: &Shape) {
    let paths = || response.errors.iter().map(|error| error.path.as_slice());
    for path in paths().filter(|path| !path.is_empty()) {
        fill_in(&mut response.data, path);
    }
    arrange(&mut response.data, shape);
    for path in paths() {
        if let Some((PathSegment::Field(name), rest)) = path.split_first()
            && let Value::Object(data) = &mut response.data
            && fails(data, shape, name, rest)
        {
            response.data = Value::Null;
        }
    }
}

/// Puts null where a field failed, and around it the objects that the executor gave up because nothing in them was left.
fn fill_in(value: &mut Value, path: &[PathSegment]) {
    match path.split_first() {
        Some((PathSegment::Field(name), rest)) => {
            if *value == Value::Null {
                *value = Value::Object(IndexMap::new());
            }
            if let Value::Object(object) = value {
                fill_in(object.entry(Name::new(name)).or_insert(Value::Null), rest);
            }
        }
        Some((PathSegment::Index(index), rest)) => {
            // A list that an item failed with is not there, and neither is anything to fill in.
            if let Value::List(items) = value
                && let Some(item) = items.get_mut(*index)
            {
                fill_in(item, rest);
            }
        }
        None => {}
    }
}

/// Puts names into their order and takes out what nobody asked for.
fn arrange(value: &mut Value, shape: &Shape) {
    match value {
        Value::List(items) => items.iter_mut().for_each(|item| arrange(item, shape)),
        Value::Object(object) => {
            object.retain(|name, _| shape.member(name).is_some());
            let place = |name: &Name| shape.place(name);
            if !object.keys().is_sorted_by_key(place) {
                object.sort_by_cached_key(|name, _| place(name));
            }
            for (name, value) in object {
                if let Some(member) = shape.member(name) {
                    arrange(value, member.below());
                }
            }
        }
        _ => {}
    }
}

/// Follows a path to the field that failed. True says that the object, too, has to be null.
fn fails(object: &mut IndexMap<Name, Value>, shape: &Shape, name: &str, rest: &[PathSegment]) -> bool {
    match (object.get_mut(name), shape.member(name)) {
        (Some(value), Some(member)) => is_missing(value, member.ty(), member.below(), rest),
        _ => false,
    }
}

/// The same for a value of a type: whether it is null and must not be.
fn is_missing(value: &mut Value, ty: &Type, below: &Shape, path: &[PathSegment]) -> bool {
    let broken = match (path.split_first(), &mut *value) {
        (Some((PathSegment::Field(name), rest)), Value::Object(object)) => fails(object, below, name, rest),
        (Some((PathSegment::Index(index), rest)), Value::List(items)) => items
            .get_mut(*index)
            .is_some_and(|item| is_missing(item, ty.item_type(), below, rest)),
        _ => false,
    };
    if broken {
        *value = Value::Null;
    }
    *value == Value::Null && ty.is_non_null()
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::types::ExecutableDocument;
    use async_graphql::{EmptyMutation, EmptySubscription, Object, Request, Schema, SimpleObject};
    use serde_json::{Value as Json, json};

    use super::complete;
    use crate::http::check::{Checker, Limits, Prices};

    struct Query;

    #[derive(SimpleObject)]
    #[graphql(complex)]
    struct Thing {
        name: &'static str,
    }

    #[async_graphql::ComplexObject]
    impl Thing {
        async fn late(&self) -> &str {
            tokio::task::yield_now().await;
            "late"
        }
        async fn may(&self) -> async_graphql::Result<Option<i32>> {
            Err("may".into())
        }
        async fn must(&self) -> async_graphql::Result<i32> {
            Err("must".into())
        }
        async fn thing(&self) -> Thing {
            Thing { name: "inner" }
        }
        async fn perhaps(&self) -> Option<Thing> {
            Some(Thing { name: "perhaps" })
        }
    }

    #[Object]
    impl Query {
        async fn thing(&self) -> Option<Thing> {
            Some(Thing { name: "one" })
        }
        async fn never_null(&self) -> Thing {
            Thing { name: "sure" }
        }
        async fn things(&self) -> Option<Vec<Thing>> {
            Some(vec![Thing { name: "a" }, Thing { name: "b" }])
        }
        async fn gaps(&self) -> Option<Vec<Option<Thing>>> {
            Some(vec![Some(Thing { name: "a" }), None])
        }
    }

    async fn answer(text: &str) -> Json {
        let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
        let checker = Checker::new(&schema.sdl(), Prices::default(), Limits::default()).unwrap();
        let document = checker
            .document(text)
            .unwrap_or_else(|refusal| panic!("{:?}", refusal.errors));
        let executable: ExecutableDocument = document.executable();
        let mut request = Request::new(String::new());
        request.set_parsed_query(executable);
        let mut response = schema.execute(request).await;
        let operation = document
            .operation(None)
            .unwrap_or_else(|_| panic!("one operation"));
        complete(&mut response, operation.shape());
        serde_json::to_value(&response.data).unwrap()
    }

    #[tokio::test]
    async fn names_stand_in_the_order_of_the_document() {
        let text =
            answer("{ b: thing { late name ...F } a: thing { name } } fragment F on Thing { x: name late }")
                .await;
        assert_eq!(
            text.to_string(),
            r#"{"b":{"late":"late","name":"one","x":"one"},"a":{"name":"one"}}"#
        );
    }

    #[tokio::test]
    async fn a_field_that_failed_is_null() {
        assert_eq!(
            answer("{ thing { may name } }").await,
            json!({"thing": {"may": null, "name": "one"}})
        );
        // Alone, too: the object is there.
        assert_eq!(answer("{ thing { may } }").await, json!({"thing": {"may": null}}));
        assert_eq!(
            answer("{ thing { thing { may again: may } } }").await,
            json!({"thing": {"thing": {"may": null, "again": null}}})
        );
    }

    #[tokio::test]
    async fn one_that_is_never_null_takes_its_object_along() {
        assert_eq!(
            answer("{ thing { must name } other: thing { name } }").await,
            json!({"thing": null, "other": {"name": "one"}})
        );
        assert_eq!(
            answer("{ thing { perhaps { thing { must may } } name } }").await,
            json!({"thing": {"perhaps": null, "name": "one"}})
        );
        assert_eq!(answer("{ thing { name } neverNull { must } }").await, json!(null));
    }

    #[tokio::test]
    async fn lists_keep_or_lose_what_failed() {
        assert_eq!(answer("{ things { name must } }").await, json!({"things": null}));
        assert_eq!(
            answer("{ gaps { must } things { may } }").await,
            json!({"gaps": [null, null], "things": [{"may": null}, {"may": null}]})
        );
    }

    #[tokio::test]
    async fn an_object_of_which_nothing_was_asked_is_there() {
        assert_eq!(
            answer("{ thing { name @skip(if: true) } gaps { ... @include(if: false) { name } } }").await,
            json!({"thing": {}, "gaps": [{}, null]})
        );
        assert_eq!(answer("{ thing @skip(if: true) { name } }").await, json!({}));
    }
}
