//! Response keys in the order of the query, and all of them.
//!
//! The specification demands it and people read it; the executor gives keys in the order in which their resolvers
//! happen to finish. This extension puts every object of an answer back into the order of its selection set.

use std::sync::{Arc, Mutex};

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextParseQuery};
use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, Selection, SelectionSet};
use async_graphql::{Name, PathSegment, Positioned, Response, ServerResult, Value, Variables};

/// Makes the extension for each request.
pub(crate) struct InOrder;

impl ExtensionFactory for InOrder {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(KeepOrder::default())
    }
}

/// The document of one request.
#[derive(Default)]
struct KeepOrder(Mutex<Option<ExecutableDocument>>);

#[async_trait]
impl Extension for KeepOrder {
    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let document = next.run(ctx, query, variables).await?;
        if let Ok(mut kept) = self.0.lock() {
            *kept = Some(document.clone());
        }
        Ok(document)
    }

    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let mut response = next.run(ctx, operation_name).await;
        fill_in(&mut response);
        if let Ok(kept) = self.0.lock()
            && let Some(document) = kept.as_ref()
            && let Some(operation) = operation(document, operation_name)
        {
            arrange(&mut response.data, &[&operation.selection_set], document);
        }
        response
    }
}

/// A root field that failed is null. The executor leaves it out, because a merged root takes it for one of the next part,
/// and has no data at all when every field failed.
fn fill_in(response: &mut Response) {
    for error in &response.errors {
        let Some(PathSegment::Field(key)) = error.path.first() else {
            continue;
        };
        if response.data == Value::Null {
            response.data = Value::Object(IndexMap::new());
        }
        if let Value::Object(data) = &mut response.data {
            data.entry(Name::new(key)).or_insert(Value::Null);
        }
    }
}

fn operation<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Option<&'a OperationDefinition> {
    let mut operations = document.operations.iter();
    let found = match name {
        Some(name) => operations.find(|(known, _)| known.is_some_and(|known| known.as_str() == name)),
        None => operations.next(),
    };
    found.map(|(_, operation)| &operation.node)
}

type Sets<'a> = Vec<&'a Positioned<SelectionSet>>;

/// Arranges a value; `sets` are the selection sets that were asked of it, in order.
fn arrange(value: &mut Value, sets: &[&Positioned<SelectionSet>], document: &ExecutableDocument) {
    match value {
        Value::List(items) => items.iter_mut().for_each(|item| arrange(item, sets, document)),
        Value::Object(object) => {
            let mut wanted: IndexMap<Name, Sets<'_>> = IndexMap::new();
            for set in sets {
                collect(set, document, &mut wanted);
            }
            let mut found = std::mem::take(object);
            for (key, below) in wanted {
                if let Some(mut field) = found.swap_remove(&key) {
                    arrange(&mut field, &below, document);
                    object.insert(key, field);
                }
            }
            object.extend(found);
        }
        _ => {}
    }
}

/// The response keys of a selection set in order, each with the sets that are asked of it. The document was validated
/// before it ran: fragments hold no circle.
fn collect<'a>(
    set: &'a Positioned<SelectionSet>,
    document: &'a ExecutableDocument,
    wanted: &mut IndexMap<Name, Sets<'a>>,
) {
    for selection in &set.node.items {
        match &selection.node {
            Selection::Field(field) => {
                let sets = wanted.entry(field.node.response_key().node.clone()).or_default();
                sets.push(&field.node.selection_set);
            }
            Selection::InlineFragment(fragment) => collect(&fragment.node.selection_set, document, wanted),
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    collect(&fragment.node.selection_set, document, wanted);
                }
            }
        }
    }
}
