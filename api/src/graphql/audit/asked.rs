//! What a request puts into the audit trail of itself.

use async_graphql::Context;
use entity::audit::Asked;

use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;

/// The request as the door told of it; at least who asks.
pub(crate) fn asked(ctx: &Context<'_>) -> Result<Asked, ApiError> {
    match ctx.data_opt::<Asked>() {
        Some(asked) => Ok(asked.clone()),
        None => Ok(Asked::by(ctx.identity()?.clone())),
    }
}
