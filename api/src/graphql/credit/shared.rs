//! What credit records ask of other records.

use async_graphql::Context;
use chrono::NaiveDate;
use entity::credit::DUE_WORKING_DAYS;

use super::vocabulary::CreditFlag;
use crate::graphql::context::ContextExt;
use crate::graphql::enums::members;
use crate::graphql::error::ApiError;
use crate::graphql::scalar::Date;
use crate::loader::load;

/// The last day for handing a decision in.
pub(super) async fn due_on(ctx: &Context<'_>, decided_on: NaiveDate) -> Result<Option<Date>, ApiError> {
    let due = load(
        &ctx.loaders()?.credit.working_terms,
        (decided_on, DUE_WORKING_DAYS),
    )
    .await?;
    Ok(due.map(Date))
}

/// The flags of a record, and whether its day is before the enterprise was established.
pub(super) async fn flags_of(
    ctx: &Context<'_>,
    owner: &str,
    words: &[String],
    day: NaiveDate,
) -> Result<Vec<CreditFlag>, ApiError> {
    let mut flags: Vec<CreditFlag> = members(words);
    let enterprise = load(&ctx.loaders()?.enterprise, owner.to_owned()).await?;
    let established = enterprise.and_then(|enterprise| enterprise.established_on);
    if established.is_some_and(|established| day < established) {
        flags.push(CreditFlag::BeforeEstablished);
    }
    Ok(flags)
}
