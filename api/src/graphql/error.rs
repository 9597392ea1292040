//! Errors as clients see them: a stable code, what to do, and nothing internal.

use async_graphql::{Error, ErrorExtensions};
use tracing::error;

/// What a resolver can answer instead of a value. It has no `Display`, so that nothing turns into a message for the
/// client by accident.
#[derive(Debug, Clone)]
pub(crate) enum ApiError {
    /// `BAD_USER_INPUT`: an argument cannot be used.
    BadInput(String),
    /// `CURSOR_INVALID`: a cursor was made by another list, order or filter, or by nobody.
    CursorInvalid,
    /// `CURSOR_EPOCH_CHANGED`: a cursor of the feed from before a restore.
    CursorEpochChanged,
    /// `CURSOR_EXPIRED`: a cursor of the feed that is older than the retention.
    CursorExpired,
    /// `AUDIT_OVERDUE`: nothing is written, because the audit trail went unsigned for too long.
    AuditOverdue,
    /// `INTERNAL`: our fault; the log says which.
    Internal,
}

impl ApiError {
    /// Logs what went wrong inside and keeps it there.
    pub(crate) fn internal(cause: &dyn std::fmt::Display) -> Self {
        error!(cause = %cause, "request failed");
        Self::Internal
    }

    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::BadInput(_) => "BAD_USER_INPUT",
            Self::CursorInvalid => "CURSOR_INVALID",
            Self::CursorEpochChanged => "CURSOR_EPOCH_CHANGED",
            Self::CursorExpired => "CURSOR_EXPIRED",
            Self::AuditOverdue => "AUDIT_OVERDUE",
            Self::Internal => "INTERNAL",
        }
    }
}

impl From<entity::Error> for ApiError {
    fn from(error: entity::Error) -> Self {
        match error {
            entity::Error::Page(_) => Self::CursorInvalid,
            entity::Error::AuditUnsigned { .. } => {
                error!(cause = %error, "nothing is written");
                Self::AuditOverdue
            }
            other => Self::internal(&other),
        }
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        let message = match &error {
            ApiError::BadInput(message) => message.clone(),
            ApiError::CursorInvalid => {
                "the cursor belongs to another list, order or filter: leave it out and start from the first page".to_owned()
            }
            ApiError::CursorEpochChanged => {
                "the hub was restored since and positions began anew: take a new snapshot from /sync/snapshot, or read from the start without a cursor".to_owned()
            }
            ApiError::CursorExpired => {
                "the changes behind the cursor are kept no longer: take a new snapshot from /sync/snapshot and go on with its cursor"
                    .to_owned()
            }
            ApiError::AuditOverdue => {
                "the audit trail has not been signed for hours, so nothing is written: tell the operator; reading goes on"
                    .to_owned()
            }
            ApiError::Internal => "something went wrong on our side; please report the request".to_owned(),
        };
        Self::new(message).extend_with(|_, extensions| extensions.set("code", error.code()))
    }
}
