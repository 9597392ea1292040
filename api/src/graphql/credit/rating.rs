//! The type `RiskRating`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::credit::rating as domain;
use entity::record::RecordKind;

use super::vocabulary::{CreditFlag, RiskClass};
use crate::graphql::context::ContextExt;
use crate::graphql::enterprise::Enterprise;
use crate::graphql::enums::{member, members};
use crate::graphql::error::ApiError;
use crate::graphql::node::node_id;
use crate::graphql::provenance::{Conflict, Provenance, conflicts, provenance};
use crate::graphql::region::Region;
use crate::graphql::scalar::Date;
use crate::loader::load;

/// The risk class of an enterprise in a month, for the schema.
#[derive(Clone)]
pub(crate) struct RiskRating(pub(crate) Arc<domain::Model>);

/// 企业某月的信用风险分类，用于监管资源配置，不作为对企业的信用评价；仅工作人员可见。
///
/// The risk class of an enterprise in a month. It directs the attention of bureaus and is no judgement of the enterprise; staff see it.
#[Object]
impl RiskRating {
    /// 全局标识。
    ///
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        node_id(RecordKind::RiskRating, &self.0.key)
    }

    /// 月份，以其首日表示。
    ///
    /// The month, by its first day.
    async fn month(&self) -> Date {
        Date(self.0.month)
    }

    /// 信用风险等级。
    ///
    /// The risk class.
    async fn class(&self) -> Option<RiskClass> {
        member(&self.0.class)
    }

    /// 分类指标体系或模型。
    ///
    /// The model behind it.
    async fn model(&self) -> Option<&str> {
        self.0.model.as_deref()
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
        provenance(ctx, RecordKind::RiskRating, &self.0.key).await
    }

    /// 各来源说法不一的字段；至多 500 条。
    ///
    /// The fields in which sources differ; 500 at most.
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Vec<Conflict>, ApiError> {
        conflicts(ctx, RecordKind::RiskRating, &self.0.key).await
    }

    /// 质量标记。
    ///
    /// Quality flags.
    async fn flags(&self) -> Vec<CreditFlag> {
        members(&self.0.flags.0)
    }
}
