//! The type `TypeApproval`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::metrology as domain;
use entity::record::RecordKind;

use super::vocabulary::{ApprovalFlag, ApprovalOrigin, ApprovalStatus};
use crate::graphql::context::ContextExt;
use crate::graphql::enterprise::Enterprise;
use crate::graphql::enums::{member, members};
use crate::graphql::error::ApiError;
use crate::graphql::institution::Qualification;
use crate::graphql::metrology::query::{InstrumentConnection, instruments_of};
use crate::graphql::node::node_id;
use crate::graphql::page::{PageArguments, capped, page_cost};
use crate::graphql::provenance::{Conflict, Provenance, conflicts, provenance};
use crate::graphql::region::Region;
use crate::graphql::scalar::Date;
use crate::loader::load;

/// A type approval for the schema.
#[derive(Clone)]
pub(crate) struct TypeApproval(pub(crate) Arc<domain::TypeApproval>);

/// 计量器具型式批准（CPA）：计量器具新产品定型或进口前，省级以上计量行政部门对其型式的批准（《计量法》第十三条）。
///
/// A type approval (CPA): an authority of a province at least approved the type of a new or imported measuring instrument (计量法 art 13).
#[Object]
impl TypeApproval {
    /// 全局标识。
    ///
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        node_id(RecordKind::TypeApproval, &self.0.key)
    }

    /// 型式批准证书编号，统一书写：四位年份、字母与序号，如 2021F123-32。
    ///
    /// The number of its certificate in one spelling: year, letter and serial number, such as 2021F123-32.
    async fn number(&self) -> &str {
        &self.0.key
    }

    /// 申请单位名称，按来源书写。
    ///
    /// The name of its holder as the source writes it.
    async fn holder_name(&self) -> Option<&str> {
        self.0.holder_name.as_deref()
    }

    /// 申请单位的统一社会信用代码。
    ///
    /// The credit code of its holder.
    async fn holder_credit_code(&self) -> Option<&str> {
        self.0.credit_code.as_deref()
    }

    /// 申请单位，本枢纽收录时。
    ///
    /// Its holder, where the hub holds it.
    async fn holder(&self, ctx: &Context<'_>) -> Result<Option<Enterprise>, ApiError> {
        let Some(code) = &self.0.credit_code else {
            return Ok(None);
        };
        Ok(load(&ctx.loaders()?.enterprise, code.clone())
            .await?
            .map(Enterprise))
    }

    /// 计量器具名称。
    ///
    /// The name of the instrument.
    async fn instrument_name(&self) -> &str {
        &self.0.instrument_name
    }

    /// 规格型号；至多 500 项。
    ///
    /// Its models; 500 at most.
    async fn models(&self) -> Vec<String> {
        capped(self.0.models.0.iter().cloned())
    }

    /// 测量范围，按来源书写。
    ///
    /// The measuring range as the source writes it.
    async fn range(&self) -> Option<&str> {
        self.0.measuring_range.as_deref()
    }

    /// 准确度等级，按来源书写。
    ///
    /// The accuracy class as the source writes it.
    async fn accuracy(&self) -> Option<&str> {
        self.0.accuracy.as_deref()
    }

    /// 批准机关。
    ///
    /// The authority that gave it.
    async fn authority(&self) -> Option<&str> {
        self.0.authority.as_deref()
    }

    /// 批准日期。
    ///
    /// The day on which it was given.
    async fn approved_on(&self) -> Option<Date> {
        self.0.approved_on.map(Date)
    }

    /// 有效期至，来源所载。
    ///
    /// The last day, as told.
    async fn valid_until(&self) -> Option<Date> {
        self.0.valid_until.map(Date)
    }

    /// 国产或进口；来源未说明时为空。
    ///
    /// Whether its instruments are made in China or imported; null when no source tells.
    async fn origin(&self) -> Option<ApprovalOrigin> {
        self.0.origin.as_deref().and_then(member)
    }

    /// 状态，来源所载。
    ///
    /// The status, as told.
    async fn status(&self) -> Option<ApprovalStatus> {
        self.0.status.as_deref().and_then(member)
    }

    /// 来源描述状态的原词。
    ///
    /// The source's word for the status.
    async fn status_word(&self) -> Option<&str> {
        self.0.status_word.as_deref()
    }

    /// 在某日是否有效及理由。
    ///
    /// Whether it holds on a day, and why.
    async fn valid(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "以此日判断，默认今日。\n\nJudged on this day; today unless told.")] on: Option<
            Date,
        >,
    ) -> Result<Qualification, ApiError> {
        Ok(Qualification(self.0.qualification(ctx.day(on)?)))
    }

    /// 申请单位所在的行政区划。
    ///
    /// The region in which its holder is.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>, ApiError> {
        Region::of(ctx, &self.0.region).await
    }

    /// 载有此编号的强制检定计量器具；仅所在辖区工作人员和使用单位可见。
    ///
    /// The instruments under mandatory verification that name it; for staff of the district and for the owner only.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn instruments(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<InstrumentConnection, ApiError> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        instruments_of(ctx, domain::Parent::TypeApproval, &self.0.key, arguments).await
    }

    /// 出处：构成本记录的每一条来源陈述，最优者在前；至多 500 条。
    ///
    /// Where the record comes from: every claim behind it, the best source first; 500 at most.
    async fn provenance(&self, ctx: &Context<'_>) -> Result<Vec<Provenance>, ApiError> {
        provenance(ctx, RecordKind::TypeApproval, &self.0.key).await
    }

    /// 各来源说法不一的字段；至多 500 条。
    ///
    /// The fields in which sources differ; 500 at most.
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Vec<Conflict>, ApiError> {
        conflicts(ctx, RecordKind::TypeApproval, &self.0.key).await
    }

    /// 质量标记。
    ///
    /// Quality flags.
    async fn flags(&self) -> Vec<ApprovalFlag> {
        members(&self.0.flags.0)
    }
}
