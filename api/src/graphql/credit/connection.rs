//! The credit records of an enterprise as connections, newest first.

use std::sync::Arc;

use async_graphql::Context;
use entity::credit::{CreditFilter, NEWEST_FIRST, licence, listing, penalty, rating, repair};

use super::licence::Licence;
use super::listing::CreditListing;
use super::penalty::Penalty;
use super::rating::RiskRating;
use super::repair::CreditRepair;
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::graphql::page::{CountAnswer, PageArguments, connection, nested};
use crate::loader::load;

/// A connection of the records of one kind that an enterprise has.
macro_rules! of_enterprise {
    ($(#[$meta:meta])* $of:ident, $module:ident::$list:ident, $rows:ident, $counts:ident, $field:literal, $type:ident, $connection:ident) => {
        $(#[$meta])*
        pub(crate) async fn $of(
            ctx: &Context<'_>,
            enterprise: &str,
            arguments: PageArguments,
        ) -> Result<$connection, ApiError> {
            let loaders = &ctx.loaders()?.credit;
            let list = $module::$list {
                filter: CreditFilter {
                    enterprise: Some(enterprise.to_owned()),
                    ..CreditFilter::default()
                },
                direction: NEWEST_FIRST,
                today: loaders.today,
            };
            let parent = $module::Parent(loaders.today);
            let rows = |limit| load(&loaders.$rows, (parent, enterprise.to_owned(), limit));
            let (shared, owner) = (ctx.shared_loaders()?, enterprise.to_owned());
            let count = move || -> CountAnswer {
                let (shared, owner) = (shared.clone(), owner.clone());
                Box::pin(async move { load(&shared.credit.$counts, (parent, owner)).await })
            };
            let listed = nested(ctx, $field, list, arguments, rows, count).await?;
            Ok(listed.map(|row| $type(Arc::new(row))).into())
        }
    };
}

connection! {
    /// 处罚的一页。
    ///
    /// A page of penalties.
    PenaltyConnection, PenaltyEdge, Penalty
}

connection! {
    /// 许可的一页。
    ///
    /// A page of licences.
    LicenceConnection, LicenceEdge, Licence
}

connection! {
    /// 名单记录的一页。
    ///
    /// A page of listings.
    CreditListingConnection, CreditListingEdge, CreditListing
}

connection! {
    /// 信用修复的一页。
    ///
    /// A page of repairs.
    CreditRepairConnection, CreditRepairEdge, CreditRepair
}

connection! {
    /// 信用风险分类的一页。
    ///
    /// A page of risk classes.
    RiskRatingConnection, RiskRatingEdge, RiskRating
}

of_enterprise! {
    /// The penalties of an enterprise.
    penalties_of, penalty::PenaltyList, penalties, penalty_counts, "penalties", Penalty, PenaltyConnection
}

of_enterprise! {
    /// The licences of an enterprise.
    licences_of, licence::LicenceList, licences, licence_counts, "licences", Licence, LicenceConnection
}

of_enterprise! {
    /// The listings of an enterprise.
    credit_listings_of, listing::ListingList, listings, listing_counts, "listings", CreditListing, CreditListingConnection
}

of_enterprise! {
    /// The repairs of an enterprise.
    credit_repairs_of, repair::RepairList, repairs, repair_counts, "repairs", CreditRepair, CreditRepairConnection
}

of_enterprise! {
    /// The risk classes of an enterprise.
    risk_ratings_of, rating::RatingList, ratings, rating_counts, "riskRatings", RiskRating, RiskRatingConnection
}
