//! An answer, before it is known which way it leaves.

mod etag;
mod http;
mod unread;

use std::time::Duration;

use actix_web::http::StatusCode;
use async_graphql::indexmap::IndexMap;
use async_graphql::{Response, ServerError, Value};
use serde::Serialize;

pub(super) use unread::{ending, refuse_bodies};

use super::refused::Refused;
use super::request::RequestId;
use super::run::Cost;

/// What is answered to one request, or told by one event.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// The data; a request that was not executed has none.
    pub(super) data: Option<Value>,
    /// The errors, each with a code.
    pub(super) errors: Vec<ServerError>,
    extensions: IndexMap<String, Value>,
    status: Option<StatusCode>,
    retry_after: Option<Duration>,
    allow: Option<&'static str>,
    challenges: bool,
    closes: bool,
    cost: Option<Cost>,
}

/// An answer as it is written.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    extensions: &'a IndexMap<String, Value>,
}

impl Answer {
    /// What the executor gave. Without data nothing ran: every root field is nullable, so that a failure stays below it.
    pub(super) fn executed(response: Response) -> Self {
        let data = (response.data != Value::Null).then_some(response.data);
        let mut answer = Self {
            data,
            errors: response.errors,
            extensions: response.extensions.into_iter().collect(),
            ..Self::default()
        };
        for error in &mut answer.errors {
            let extensions = error.extensions.get_or_insert_default();
            if extensions.get("code").is_none() {
                extensions.set("code", "BAD_USER_INPUT");
            }
        }
        if answer.data.is_none() && answer.code() == "INTERNAL" {
            answer.status = Some(StatusCode::INTERNAL_SERVER_ERROR);
        }
        answer
    }

    /// A price, for a client that asked for nothing else.
    pub(super) fn quote(cost: Cost) -> Self {
        Self::default().with_cost(cost)
    }

    /// Adds a member to `extensions`.
    pub(super) fn with(mut self, name: &str, value: Option<Value>) -> Self {
        if let Some(value) = value {
            self.extensions.insert(name.to_owned(), value);
        }
        self
    }

    /// Adds the cost.
    pub(super) fn with_cost(self, cost: Cost) -> Self {
        let value = cost.value();
        Self {
            cost: Some(cost),
            ..self.with("cost", Some(value))
        }
    }

    /// The code of the first error; `OK` without one.
    pub(super) fn code(&self) -> &str {
        match self
            .errors
            .first()
            .and_then(|error| error.extensions.as_ref()?.get("code"))
        {
            Some(Value::String(code)) => code,
            Some(_) => "INTERNAL",
            None => "OK",
        }
    }

    /// Whether the connection ends with it.
    pub(super) fn closes(&self) -> bool {
        self.closes
    }

    /// Whether nothing was executed, so that there are errors and nothing else.
    pub(super) fn is_refusal(&self) -> bool {
        self.data.is_none() && !self.errors.is_empty()
    }

    /// Names the request in each error, and keeps the errors within their bound.
    pub(super) fn named(mut self, id: &RequestId, most_errors: usize) -> Self {
        let left_out = self.errors.len().saturating_sub(most_errors);
        if left_out > 0 {
            self.errors.truncate(most_errors.saturating_sub(1));
            let mut last = ServerError::new(format!("{} more errors are not shown", left_out + 1), None);
            last.extensions
                .get_or_insert_default()
                .set("code", "TOO_MANY_ERRORS");
            self.errors.push(last);
        }
        for error in &mut self.errors {
            error
                .extensions
                .get_or_insert_default()
                .set("requestId", id.as_str());
        }
        self
    }

    /// The members that are written.
    pub(super) fn body(&self) -> Body<'_> {
        Body {
            data: self.data.as_ref(),
            errors: &self.errors,
            extensions: &self.extensions,
        }
    }

    /// The answer as JSON text.
    pub(super) fn json(&self) -> String {
        // Values of GraphQL have text as keys and finite numbers, so there is nothing that JSON cannot hold.
        serde_json::to_string(&self.body())
            .unwrap_or_else(|_| "{\"errors\":[{\"message\":\"the answer cannot be written\"}]}".to_owned())
    }
}

impl From<Refused> for Answer {
    fn from(refused: Refused) -> Self {
        let answer = Self {
            errors: refused.errors,
            status: refused.status,
            retry_after: refused.retry_after,
            allow: refused.allow,
            challenges: refused.challenges,
            closes: refused.closes,
            ..Self::default()
        };
        match refused.cost {
            Some(cost) => answer.with_cost(*cost),
            None => answer,
        }
    }
}
