//! The root fields of credit records.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::credit::{licence, listing, penalty};

use super::connection::{CreditListingConnection, LicenceConnection, PenaltyConnection};
use super::input::{CreditListingFilter, LicenceFilter, PenaltyFilter};
use super::licence::Licence;
use super::listing::CreditListing;
use super::penalty::Penalty;
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::graphql::page::{PageArguments, listed, page_cost};
use crate::graphql::standard::OrderDirection;

#[derive(Default)]
pub(crate) struct CreditQuery;

#[Object]
impl CreditQuery {
    /// 行政处罚列表，仅含读者可见者。
    ///
    /// Penalties that the reader may see.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn penalties(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "条件。\n\nWhich ones.")] filter: Option<PenaltyFilter>,
        #[graphql(
            default_with = "OrderDirection::Desc",
            desc = "按决定日期的方向，默认新者在前。\n\nThe direction, by day of decision; newest first unless told."
        )]
        direction: OrderDirection,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<Option<PenaltyConnection>, ApiError> {
        let list = penalty::PenaltyList {
            filter: filter.unwrap_or_default().domain()?,
            direction: direction.into(),
            today: ctx.loaders()?.credit.today,
        };
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let listed = listed(ctx, "penalties", list, arguments).await?;
        Ok(Some(listed.map(|row| Penalty(Arc::new(row))).into()))
    }

    /// 行政许可列表，仅含读者可见者。
    ///
    /// Licences that the reader may see.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn licences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "条件。\n\nWhich ones.")] filter: Option<LicenceFilter>,
        #[graphql(
            default_with = "OrderDirection::Desc",
            desc = "按决定日期的方向，默认新者在前。\n\nThe direction, by day of decision; newest first unless told."
        )]
        direction: OrderDirection,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<Option<LicenceConnection>, ApiError> {
        let list = licence::LicenceList {
            filter: filter.unwrap_or_default().domain()?,
            direction: direction.into(),
            today: ctx.loaders()?.credit.today,
        };
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let listed = listed(ctx, "licences", list, arguments).await?;
        Ok(Some(listed.map(|row| Licence(Arc::new(row))).into()))
    }

    /// 名单记录列表，仅含读者可见者。
    ///
    /// Listings that the reader may see.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn credit_listings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "条件。\n\nWhich ones.")] filter: Option<CreditListingFilter>,
        #[graphql(
            default_with = "OrderDirection::Desc",
            desc = "按列入日期的方向，默认新者在前。\n\nThe direction, by day of listing; newest first unless told."
        )]
        direction: OrderDirection,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<Option<CreditListingConnection>, ApiError> {
        let list = listing::ListingList {
            filter: filter.unwrap_or_default().domain()?,
            direction: direction.into(),
            today: ctx.loaders()?.credit.today,
        };
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let listed = listed(ctx, "creditListings", list, arguments).await?;
        Ok(Some(listed.map(|row| CreditListing(Arc::new(row))).into()))
    }
}
