//! Why a request is refused: a code for programs, a remedy for people, and the status of HTTP that goes with it.

use std::time::Duration;

use actix_web::http::StatusCode;
use async_graphql::ServerError;

use super::check;
use super::run::Cost;
use crate::graphql::ApiError;

/// A refusal. Nothing was executed.
#[derive(Debug, Clone)]
pub(super) struct Refused {
    /// The errors, one at least, each with its code.
    pub(super) errors: Vec<ServerError>,
    /// The status; without one it follows from the form of the answer, as errors of a GraphQL request do.
    pub(super) status: Option<StatusCode>,
    /// When it may go better.
    pub(super) retry_after: Option<Duration>,
    /// The methods that go, for a method that does not.
    pub(super) allow: Option<&'static str>,
    /// Whether a token that is believed would help (`WWW-Authenticate`, RFC 6750).
    pub(super) challenges: bool,
    /// Whether the connection ends: what follows on it cannot be trusted to be a request.
    pub(super) closes: bool,
    /// What the request would have cost.
    pub(super) cost: Option<Box<Cost>>,
}

impl Refused {
    /// The request cannot be executed although it was read.
    pub(super) fn request(code: &'static str, message: impl Into<String>) -> Self {
        let mut error = ServerError::new(message, None);
        error.extensions.get_or_insert_default().set("code", code);
        Self {
            errors: vec![error],
            status: None,
            retry_after: None,
            allow: None,
            challenges: false,
            closes: false,
            cost: None,
        }
    }

    /// HTTP itself says no.
    pub(super) fn http(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status: Some(status),
            ..Self::request(code, message)
        }
    }

    /// What arrived is no request.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::http(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }

    /// The token is not believed. Why not is told to the log alone.
    pub(super) fn unauthenticated(message: impl Into<String>) -> Self {
        Self {
            challenges: true,
            ..Self::http(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", message)
        }
    }

    /// The hub has too much to do; a moment later it may not.
    pub(super) fn overloaded(message: impl Into<String>) -> Self {
        let refused = Self::http(StatusCode::SERVICE_UNAVAILABLE, "OVERLOADED", message);
        refused.retry_after(Duration::from_secs(1))
    }

    /// The method does not go; these do.
    pub(super) fn method(allow: &'static str, message: impl Into<String>) -> Self {
        Self {
            allow: Some(allow),
            ..Self::http(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message)
        }
    }

    /// Says when to try again.
    pub(super) fn retry_after(self, wait: Duration) -> Self {
        Self {
            retry_after: Some(wait),
            ..self
        }
    }

    /// Ends the connection behind the answer.
    pub(super) fn closing(self) -> Self {
        Self { closes: true, ..self }
    }

    /// Says what the request would have cost.
    pub(super) fn with_cost(self, cost: Cost) -> Self {
        Self {
            cost: Some(Box::new(cost)),
            ..self
        }
    }
}

impl From<ApiError> for Refused {
    fn from(error: ApiError) -> Self {
        let status = match error {
            ApiError::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            ApiError::AuditOverdue => StatusCode::SERVICE_UNAVAILABLE,
            ApiError::CursorEpochChanged | ApiError::CursorExpired => StatusCode::GONE,
            ApiError::BadInput(_) | ApiError::CursorInvalid => StatusCode::BAD_REQUEST,
        };
        let code = error.code();
        Self::http(status, code, async_graphql::Error::from(error).message)
    }
}

impl From<check::Refusal> for Refused {
    fn from(refusal: check::Refusal) -> Self {
        Self {
            errors: refusal.errors,
            ..Self::request(refusal.code, "")
        }
    }
}
