//! The type `CreditRepair`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::credit::{RepairTarget as RepairedTarget, repair as domain};
use entity::record::RecordKind;

use super::vocabulary::{CreditFlag, RepairResult, RepairTarget, SubjectKind};
use crate::graphql::context::ContextExt;
use crate::graphql::enterprise::Enterprise;
use crate::graphql::enums::{member, members};
use crate::graphql::error::ApiError;
use crate::graphql::node::node_id;
use crate::graphql::provenance::{Conflict, Provenance, conflicts, provenance};
use crate::graphql::region::Region;
use crate::graphql::scalar::Date;
use crate::loader::load;

/// A repair of credit, for the schema.
#[derive(Clone)]
pub(crate) struct CreditRepair(pub(crate) Arc<domain::Model>);

/// 信用修复。仅相关企业与本辖区工作人员可见。
///
/// A repair of credit. It is for the enterprise and for staff of the district.
#[Object]
impl CreditRepair {
    /// 全局标识。
    ///
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        node_id(RecordKind::CreditRepair, &self.0.key)
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

    /// 修复的事项。
    ///
    /// What it is about.
    async fn target(&self) -> Option<RepairTarget> {
        member(&self.0.target)
    }

    /// 所修复的处罚或名单记录的全局标识。
    ///
    /// The global id of the penalty or listing.
    async fn target_id(&self) -> ID {
        let kind = match self.0.target.parse() {
            Ok(RepairedTarget::Penalty) => RecordKind::Penalty,
            _ => RecordKind::CreditListing,
        };
        node_id(kind, &self.0.target_key)
    }

    /// 申请日期。
    ///
    /// The day of the application.
    async fn applied_on(&self) -> Date {
        Date(self.0.applied_on)
    }

    /// 受理日期。
    ///
    /// The day on which it was accepted.
    async fn accepted_on(&self) -> Option<Date> {
        self.0.accepted_on.map(Date)
    }

    /// 决定日期。
    ///
    /// The day of the decision.
    async fn decided_on(&self) -> Option<Date> {
        self.0.decided_on.map(Date)
    }

    /// 结果。
    ///
    /// The result.
    async fn result(&self) -> Option<RepairResult> {
        member(&self.0.result)
    }

    /// 结果，来源用语。
    ///
    /// The result in the source's word.
    async fn result_word(&self) -> Option<&str> {
        self.0.result_word.as_deref()
    }

    /// 修复机关。
    ///
    /// The organ.
    async fn organ(&self) -> Option<&str> {
        self.0.organ.as_deref()
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
        provenance(ctx, RecordKind::CreditRepair, &self.0.key).await
    }

    /// 各来源说法不一的字段；至多 500 条。
    ///
    /// The fields in which sources differ; 500 at most.
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Vec<Conflict>, ApiError> {
        conflicts(ctx, RecordKind::CreditRepair, &self.0.key).await
    }

    /// 质量标记。
    ///
    /// Quality flags.
    async fn flags(&self) -> Vec<CreditFlag> {
        members(&self.0.flags.0)
    }
}
