//! The type `CreditListing`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::credit::listing as domain;
use entity::record::RecordKind;

use super::publication::Publication;
use super::shared::flags_of;
use super::vocabulary::{CreditFlag, CreditList, SubjectKind};
use crate::graphql::context::ContextExt;
use crate::graphql::enterprise::Enterprise;
use crate::graphql::enums::member;
use crate::graphql::error::ApiError;
use crate::graphql::node::node_id;
use crate::graphql::provenance::{Conflict, Provenance, conflicts, provenance};
use crate::graphql::region::Region;
use crate::graphql::scalar::Date;
use crate::loader::load;

/// A listing: that an enterprise is or was on the list of abnormal operation or of serious violations, for the schema.
#[derive(Clone)]
pub(crate) struct CreditListing(pub(crate) Arc<domain::Model>);

/// 列入经营异常名录或严重违法失信名单的记录。
///
/// A listing: that an enterprise is or was on the list of abnormal operation or of serious violations. One entry is one listing.
#[Object]
impl CreditListing {
    /// 全局标识。
    ///
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        node_id(RecordKind::CreditListing, &self.0.key)
    }

    /// 名称，按来源；自然人仅有姓氏与两个圈。
    ///
    /// The name as the source gives it; of a natural person only the family name and two circles.
    async fn subject_name(&self) -> &str {
        &self.0.subject_name
    }

    /// 行政相对人类别。
    ///
    /// What kind of subject it is.
    async fn subject_kind(&self) -> SubjectKind {
        self.0.subject().into()
    }

    /// 名单。
    ///
    /// The list.
    async fn list(&self) -> Option<CreditList> {
        member(&self.0.list)
    }

    /// 列入原因。
    ///
    /// Why it was put on the list.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// 列入日期。
    ///
    /// The day on which it was put on the list.
    async fn listed_on(&self) -> Date {
        Date(self.0.listed_on)
    }

    /// 列入机关。
    ///
    /// The organ that put it there.
    async fn organ(&self) -> Option<&str> {
        self.0.organ.as_deref()
    }

    /// 移出日期；仍在名单上时为空。
    ///
    /// The day on which it was removed; null while it is on the list.
    async fn removed_on(&self) -> Option<Date> {
        self.0.removed_on.map(Date)
    }

    /// 移出原因。
    ///
    /// Why it was removed.
    async fn removal_reason(&self) -> Option<&str> {
        self.0.removal_reason.as_deref()
    }

    /// 移出机关。
    ///
    /// The organ that removed it.
    async fn removal_organ(&self) -> Option<&str> {
        self.0.removal_organ.as_deref()
    }

    /// 某日是否在名单上。
    ///
    /// Whether it is on the list on a day.
    async fn is_listed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "以此日判断，默认今日。\n\nJudged on this day; today unless told.")] on: Option<
            Date,
        >,
    ) -> Result<bool, ApiError> {
        Ok(self.0.is_listed_on(ctx.day(on)?))
    }

    /// 某日是否公示及其理由：信用修复后不再公示；严重违法失信名单移出后不再公示。
    ///
    /// Whether it is shown to the public on a day, and why: not after a repair; the list of serious violations not after the removal either.
    async fn publication(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "以此日判断，默认今日。\n\nJudged on this day; today unless told.")] on: Option<
            Date,
        >,
    ) -> Result<Publication, ApiError> {
        Ok(Publication::of(self.0.window(), ctx.day(on)?))
    }

    /// 企业；自然人为空。
    ///
    /// The enterprise; null for a natural person.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Enterprise>, ApiError> {
        Ok(load(&ctx.loaders()?.enterprise, self.0.owner_key.clone())
            .await?
            .map(Enterprise))
    }

    /// 作出决定机关所在的行政区划。
    ///
    /// The region of the organ.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>, ApiError> {
        Region::of(ctx, &self.0.region).await
    }

    /// 出处：构成本记录的每一条来源陈述，最优者在前；至多 500 条。
    ///
    /// Where the record comes from: every claim behind it, the best source first; 500 at most.
    async fn provenance(&self, ctx: &Context<'_>) -> Result<Vec<Provenance>, ApiError> {
        provenance(ctx, RecordKind::CreditListing, &self.0.key).await
    }

    /// 各来源说法不一的字段；至多 500 条。
    ///
    /// The fields in which sources differ; 500 at most.
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Vec<Conflict>, ApiError> {
        conflicts(ctx, RecordKind::CreditListing, &self.0.key).await
    }

    /// 质量标记；记录的日期早于企业成立日期时带有 BEFORE_ESTABLISHED。
    ///
    /// Quality flags; BEFORE_ESTABLISHED is among them when the day of the record is before that on which the enterprise was established.
    async fn flags(&self, ctx: &Context<'_>) -> Result<Vec<CreditFlag>, ApiError> {
        flags_of(ctx, &self.0.owner_key, &self.0.flags.0, self.0.listed_on).await
    }
}
