//! Text with U+0000 is refused at the door: PostgreSQL holds none, and both engines must answer alike.

use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextParseQuery};
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{ServerError, ServerResult, Value, Variables};

/// Makes the check for each request.
pub(crate) struct NoNul;

impl ExtensionFactory for NoNul {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Check)
    }
}

struct Check;

#[async_trait]
impl Extension for Check {
    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        if escapes_nul(query) || variables.values().any(holds_nul) {
            let mut error = ServerError::new(
                "the character U+0000 cannot be part of a text: leave it out",
                None,
            );
            let extensions = error.extensions.get_or_insert_with(Default::default);
            extensions.set("code", "BAD_USER_INPUT");
            return Err(error);
        }
        next.run(ctx, query, variables).await
    }
}

/// Whether a document writes U+0000 as an escape; the character itself no document may hold.
fn escapes_nul(query: &str) -> bool {
    query.match_indices("\\u0000").any(|(at, _)| {
        let before = query.get(..at).unwrap_or_default();
        before.chars().rev().take_while(|sign| *sign == '\\').count() % 2 == 0
    })
}

fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::List(items) => items.iter().any(holds_nul),
        Value::Object(fields) => fields.values().any(holds_nul),
        _ => false,
    }
}
