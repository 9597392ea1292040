//! What a resolver may touch: the database handle, the clock, the viewer and the viewer's loaders.

use std::sync::Arc;

use async_graphql::Context;
use chrono::NaiveDate;
use entity::access::{Identity, Permission};
use entity::audit::Asked;
use entity::credit::Today;
use entity::{Clock, Database, Scope};

use super::error::ApiError;
use super::heads::Heads;
use super::page::CursorKey;
use super::scalar::Date;
use crate::loader::Loaders;

/// What all requests share.
pub(crate) struct Hub {
    db: Database,
    clock: Clock,
    heads: Arc<Heads>,
}

impl Hub {
    pub(crate) fn new(db: Database, clock: Clock, heads: Arc<Heads>) -> Self {
        Self { db, clock, heads }
    }
}

/// Who asks, with the loaders of this request.
pub(crate) struct Viewer {
    asked: Asked,
    scope: Scope,
    may_declare: bool,
    loaders: Arc<Loaders>,
}

impl Viewer {
    /// Whoever sent a request on a day, in a hub in which everybody may declare or only enterprises for themselves.
    pub(crate) fn new(db: &Database, asked: Asked, declaring: bool, today: NaiveDate) -> Self {
        let scope = Scope::of(&asked.identity);
        let loaders = Arc::new(Loaders::new(db, &scope, Today(today)));
        Self {
            may_declare: declaring || scope.allows(Permission::Declare),
            asked,
            scope,
            loaders,
        }
    }
}

/// Short ways to what a resolver needs.
pub(crate) trait ContextExt {
    fn db(&self) -> Result<&Database, ApiError>;
    fn clock(&self) -> Result<Clock, ApiError>;
    /// What is told when the feed grows.
    fn heads(&self) -> Result<&Arc<Heads>, ApiError>;
    /// Who asks.
    fn identity(&self) -> Result<&Identity, ApiError>;
    /// The request as the audit trail names it.
    fn asked(&self) -> Result<&Asked, ApiError>;
    fn scope(&self) -> Result<&Scope, ApiError>;
    /// Whether the reader may declare for enterprises.
    fn may_declare(&self) -> Result<bool, ApiError>;
    fn loaders(&self) -> Result<&Loaders, ApiError>;
    /// The loaders for work that outlives the call, such as a count.
    fn shared_loaders(&self) -> Result<Arc<Loaders>, ApiError>;
    fn cursors(&self) -> Result<&CursorKey, ApiError>;
    /// The day asked for, or today in China.
    fn day(&self, on: Option<Date>) -> Result<NaiveDate, ApiError>;
}

impl ContextExt for Context<'_> {
    fn db(&self) -> Result<&Database, ApiError> {
        Ok(&self
            .data::<Hub>()
            .map_err(|error| ApiError::internal(&error.message))?
            .db)
    }

    fn clock(&self) -> Result<Clock, ApiError> {
        Ok(self
            .data::<Hub>()
            .map_err(|error| ApiError::internal(&error.message))?
            .clock)
    }

    fn heads(&self) -> Result<&Arc<Heads>, ApiError> {
        Ok(&self
            .data::<Hub>()
            .map_err(|error| ApiError::internal(&error.message))?
            .heads)
    }

    fn identity(&self) -> Result<&Identity, ApiError> {
        Ok(&self
            .data::<Viewer>()
            .map_err(|error| ApiError::internal(&error.message))?
            .asked
            .identity)
    }

    fn asked(&self) -> Result<&Asked, ApiError> {
        Ok(&self
            .data::<Viewer>()
            .map_err(|error| ApiError::internal(&error.message))?
            .asked)
    }

    fn scope(&self) -> Result<&Scope, ApiError> {
        Ok(&self
            .data::<Viewer>()
            .map_err(|error| ApiError::internal(&error.message))?
            .scope)
    }

    fn may_declare(&self) -> Result<bool, ApiError> {
        Ok(self
            .data::<Viewer>()
            .map_err(|error| ApiError::internal(&error.message))?
            .may_declare)
    }

    fn loaders(&self) -> Result<&Loaders, ApiError> {
        Ok(&self
            .data::<Viewer>()
            .map_err(|error| ApiError::internal(&error.message))?
            .loaders)
    }

    fn shared_loaders(&self) -> Result<Arc<Loaders>, ApiError> {
        Ok(self
            .data::<Viewer>()
            .map_err(|error| ApiError::internal(&error.message))?
            .loaders
            .clone())
    }

    fn cursors(&self) -> Result<&CursorKey, ApiError> {
        self.data::<CursorKey>()
            .map_err(|error| ApiError::internal(&error.message))
    }

    fn day(&self, on: Option<Date>) -> Result<NaiveDate, ApiError> {
        match on {
            Some(Date(day)) => Ok(day),
            None => Ok(self.clock()?.today()),
        }
    }
}
