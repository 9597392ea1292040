//! The type `CreditSummary`.

use std::sync::Arc;

use async_graphql::{Context, Object};
use chrono::NaiveDate;
use entity::credit::summary as domain;

use super::listing::CreditListing;
use super::money::Money;
use super::rating::RiskRating;
use super::repair::CreditRepair;
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::graphql::page::capped;
use crate::graphql::scalar::Date;
use crate::loader::load;

/// The credit of an enterprise on a day.
pub(crate) struct CreditSummary {
    on: NaiveDate,
    told: Arc<domain::CreditSummary>,
}

/// 企业某日的信用概况。各数只计读者可见的记录：公示期外的处罚不计入公众所见。
///
/// The credit of an enterprise on a day. Every number counts what the reader may see: penalties whose publication is over are not
/// among what the public sees.
#[Object]
impl CreditSummary {
    /// 所描述的日期。
    ///
    /// The day that it describes.
    async fn on(&self) -> Date {
        Date(self.on)
    }

    /// 处罚数：决定日期不晚于该日。
    ///
    /// Penalties decided until that day.
    async fn penalty_count(&self) -> i64 {
        self.told.penalties
    }

    /// 其中该日处于公示期的处罚数（令45号）。
    ///
    /// Of them, those whose publication runs on that day (Order 45).
    async fn published_penalty_count(&self) -> i64 {
        self.told.published_penalties
    }

    /// 罚款合计：上述处罚中金额可读者之和。
    ///
    /// The sum of the fines of these penalties, as far as their amounts can be read.
    async fn total_fine(&self) -> Money {
        Money::sum(self.told.fine)
    }

    /// 没收合计：上述处罚中金额可读者之和。
    ///
    /// The sum of what these penalties confiscate, as far as the amounts can be read.
    async fn total_confiscated(&self) -> Money {
        Money::sum(self.told.confiscated)
    }

    /// 有效许可数：该日在有效期内，且未撤销、吊销或注销。
    ///
    /// Licences whose term holds that day and that were not annulled, revoked or cancelled.
    async fn valid_licence_count(&self) -> i64 {
        self.told.valid_licences
    }

    /// 该日所在名单的记录数：已列入且未移出。
    ///
    /// Listings that stand on that day: put on the list and not removed.
    async fn listing_count(&self) -> i64 {
        self.told.listings
    }

    /// 该日所在名单的记录，含原因与列入日期，新者在前；至多 20 条。
    ///
    /// The listings that stand on that day, with reason and since when, newest first; 20 at most.
    async fn current_listings(&self) -> Vec<CreditListing> {
        let listings = self.told.current_listings.iter().cloned();
        capped(listings.map(|listing| CreditListing(Arc::new(listing))))
    }

    /// 该日所在月份的信用风险分类；仅工作人员可见，其余读者为空。
    ///
    /// The risk class of the month of that day; staff see it, for others it is null.
    async fn risk_rating(&self) -> Option<RiskRating> {
        self.told
            .rating
            .clone()
            .map(|rating| RiskRating(Arc::new(rating)))
    }

    /// 该日之前（含当日）最近一次申请的信用修复；仅相关企业与工作人员可见。
    ///
    /// The repair that was applied for last until that day; the enterprise and staff see it.
    async fn latest_repair(&self) -> Option<CreditRepair> {
        let repair = self.told.latest_repair.clone();
        repair.map(|repair| CreditRepair(Arc::new(repair)))
    }
}

/// The credit of an enterprise on a day.
pub(crate) async fn credit_summary(
    ctx: &Context<'_>,
    enterprise: &str,
    on: Option<Date>,
) -> Result<CreditSummary, ApiError> {
    let on = ctx.day(on)?;
    let told = load(&ctx.loaders()?.credit.summary, (enterprise.to_owned(), on)).await?;
    Ok(CreditSummary {
        on,
        told: told.unwrap_or_default(),
    })
}
