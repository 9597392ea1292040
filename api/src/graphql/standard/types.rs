//! The type `Standard` and what hangs on it.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::declaration::Parent;
use entity::record::RecordKind;
use entity::standard::{self, StatusReason as Reason, Successor, status_on};

use super::reason::StatusReason;
use super::reference::StandardReference;
use super::vocabulary::{StandardFlag, StandardKind, StandardNature, StandardStatus};
use crate::graphql::context::ContextExt;
use crate::graphql::declaration::{DeclarationConnection, declarations_of};
use crate::graphql::enums::members;
use crate::graphql::error::ApiError;
use crate::graphql::node::node_id;
use crate::graphql::page::{PageArguments, capped, page_cost};
use crate::graphql::provenance::{Conflict, Provenance, conflicts, provenance};
use crate::graphql::region::Region;
use crate::graphql::scalar::Date;
use crate::loader::load;

/// A standard for the schema.
#[derive(Clone)]
pub(crate) struct Standard(pub(crate) Arc<standard::Standard>);

/// 标准：国家、行业、地方、团体、企业标准，计量技术规范与国外标准。
///
/// A standard: national, industry, local, group or enterprise standard, metrological regulation, or foreign standard.
#[Object]
impl Standard {
    /// 全局标识。
    ///
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        node_id(RecordKind::Standard, &self.0.key)
    }

    /// 标准编号，规范形式，如 GB/T 1.1-2020。
    ///
    /// The number in its canonical form, such as GB/T 1.1-2020.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// 编号的连接键：无空格、半角大写、四位年份。
    ///
    /// The join key of the number: no blanks, ASCII upper case, four-digit year.
    async fn number_key(&self) -> &str {
        &self.0.key
    }

    /// 来源书写的编号原文。
    ///
    /// The number as the source writes it.
    async fn number_raw(&self) -> &str {
        &self.0.number_raw
    }

    /// 标准的层级。
    ///
    /// The level of the standard.
    async fn kind(&self) -> Option<StandardKind> {
        self.0
            .kind
            .parse::<entity::value::StandardKind>()
            .ok()
            .map(Into::into)
    }

    /// 标准的性质：强制性、推荐性或指导性。
    ///
    /// Mandatory, recommended or guidance.
    async fn nature(&self) -> Option<StandardNature> {
        self.0
            .nature
            .as_deref()?
            .parse::<entity::value::StandardNature>()
            .ok()
            .map(Into::into)
    }

    /// 标准名称，已清理。
    ///
    /// The title, cleaned.
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// 来源书写的名称原文。
    ///
    /// The title as the source writes it.
    async fn name_reported(&self) -> Option<&str> {
        self.0.name_reported.as_deref()
    }

    /// 来源报告的状态。
    ///
    /// The status as the source reports it.
    async fn status_reported(&self) -> Option<StandardStatus> {
        self.0.reported_status().map(Into::into)
    }

    /// 来源描述状态的原词。
    ///
    /// The source's word for the status.
    async fn status_word(&self) -> Option<&str> {
        self.0.status_word.as_deref()
    }

    /// 最近一次读到该状态的日期。
    ///
    /// The last day on which the source said so.
    async fn status_read_on(&self) -> Option<Date> {
        self.0.status_read_on.map(Date)
    }

    /// 某日的状态，由日期、来源报告与代替关系推得；不给日期则为今日。
    ///
    /// The status on a day, derived from dates, reports and succession; today unless told.
    async fn status(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "哪一日；默认今日（中国）。\n\nThe day; today in China by default.")] on: Option<
            Date,
        >,
    ) -> Result<StandardStatus, ApiError> {
        Ok(self.judged(ctx, on).await?.0.into())
    }

    /// 该日状态的理由：适用的规则与依据的事实。
    ///
    /// Why the status holds on that day: the rule that decided and the facts that it used.
    async fn status_reason(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "哪一日；默认今日（中国）。\n\nThe day; today in China by default.")] on: Option<
            Date,
        >,
    ) -> Result<StatusReason, ApiError> {
        Ok(StatusReason(self.judged(ctx, on).await?.1))
    }

    /// 发布日期。
    ///
    /// The day of issue.
    async fn issued_on(&self) -> Option<Date> {
        self.0.issued_on.map(Date)
    }

    /// 实施日期。
    ///
    /// The day on which it takes effect.
    async fn effective_on(&self) -> Option<Date> {
        self.0.effective_on.map(Date)
    }

    /// 废止日期。
    ///
    /// The day of withdrawal.
    async fn withdrawn_on(&self) -> Option<Date> {
        self.0.withdrawn_on.map(Date)
    }

    /// 代替：本标准所代替的标准；至多 500 条。
    ///
    /// The standards whose place it takes; 500 at most.
    async fn replaces(&self, ctx: &Context<'_>) -> Result<Vec<StandardReference>, ApiError> {
        let found = load(&ctx.loaders()?.predecessors, self.0.key.clone()).await?;
        Ok(capped(found.iter().map(StandardReference::of)))
    }

    /// 被代替：代替本标准的标准；至多 500 条。
    ///
    /// The standards that take its place; 500 at most.
    async fn replaced_by(&self, ctx: &Context<'_>) -> Result<Vec<StandardReference>, ApiError> {
        let found = load(&ctx.loaders()?.successors, self.0.key.clone()).await?;
        Ok(capped(found.iter().map(StandardReference::of)))
    }

    /// 修改单所修改的标准。
    ///
    /// The standard that it amends, if it is an amendment.
    async fn amends(&self) -> Option<StandardReference> {
        let (key, number) = self.0.amends_key.clone().zip(self.0.amends_number.clone())?;
        Some(StandardReference {
            number,
            key,
            partial: false,
        })
    }

    /// 本标准的修改单；至多 500 条。
    ///
    /// The amendments of the standard; 500 at most.
    async fn amended_by(&self, ctx: &Context<'_>) -> Result<Vec<Standard>, ApiError> {
        let found = load(&ctx.loaders()?.amendments, self.0.key.clone()).await?;
        Ok(capped(
            found.iter().cloned().map(|amendment| Self(Arc::new(amendment))),
        ))
    }

    /// 同一编号的各年版本（含本身），由旧到新；至多 500 条。
    ///
    /// All editions of the number, this one included, oldest first; 500 at most.
    async fn editions(&self, ctx: &Context<'_>) -> Result<Vec<Standard>, ApiError> {
        let found = load(&ctx.loaders()?.editions, self.0.base_key.clone()).await?;
        Ok(capped(
            found.iter().cloned().map(|edition| Self(Arc::new(edition))),
        ))
    }

    /// 采用的国际标准及一致性程度，如 ISO 9001:2015 IDT。
    ///
    /// The international standard that it adopts, with the degree, such as ISO 9001:2015 IDT.
    async fn adopts(&self) -> Option<&str> {
        self.0.adopts.as_deref()
    }

    /// 国际标准分类号（ICS）。
    ///
    /// Codes of the International Classification for Standards (ICS).
    async fn ics_codes(&self) -> &[String] {
        &self.0.ics_codes.0
    }

    /// 中国标准文献分类号（CCS）。
    ///
    /// Codes of the Chinese Classification for Standards (CCS).
    async fn ccs_codes(&self) -> &[String] {
        &self.0.ccs_codes.0
    }

    /// ICS 类目及其名称；至多 500 条。
    ///
    /// The ICS classes with their names; 500 at most.
    async fn ics_classes(&self, ctx: &Context<'_>) -> Result<Vec<ClassificationItem>, ApiError> {
        let edge = &ctx.loaders()?.ics;
        let found = self.0.ics_codes.0.iter().map(|code| load(edge, code.clone()));
        Ok(items(futures_util::future::try_join_all(found).await?))
    }

    /// CCS 类目及其名称；至多 500 条。
    ///
    /// The CCS classes with their names; 500 at most.
    async fn ccs_classes(&self, ctx: &Context<'_>) -> Result<Vec<ClassificationItem>, ApiError> {
        let edge = &ctx.loaders()?.ccs;
        let found = self.0.ccs_codes.0.iter().map(|code| load(edge, code.clone()));
        Ok(items(futures_util::future::try_join_all(found).await?))
    }

    /// 国民经济行业分类代码（GB/T 4754）。
    ///
    /// Codes of the industrial classification GB/T 4754.
    async fn industry_codes(&self) -> &[String] {
        &self.0.industry_codes.0
    }

    /// 发布部门，规范名称。
    ///
    /// The issuing bodies by their established names.
    async fn issuing_bodies(&self) -> &[String] {
        &self.0.issuing_bodies.0
    }

    /// 发布部门，来源原文。
    ///
    /// The issuing bodies in the source's words.
    async fn issuing_bodies_reported(&self) -> &[String] {
        &self.0.issuing_bodies_reported.0
    }

    /// 归口单位。
    ///
    /// The technical committee or body in charge.
    async fn committee(&self) -> Option<&str> {
        self.0.committee.as_deref()
    }

    /// 主管部门。
    ///
    /// The competent department.
    async fn department(&self) -> Option<&str> {
        self.0.department.as_deref()
    }

    /// 地方标准所属的行政区划。
    ///
    /// The region of a local standard.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>, ApiError> {
        Region::of(ctx, &self.0.region).await
    }

    /// 来源的备注，与代替关系无关者。
    ///
    /// Remarks of the sources that are no succession.
    async fn notes(&self) -> &[String] {
        &self.0.notes.0
    }

    /// 出处：构成本记录的每一条来源陈述，最优者在前；至多 500 条。
    ///
    /// Where the record comes from: every claim behind it, the best source first; 500 at most.
    async fn provenance(&self, ctx: &Context<'_>) -> Result<Vec<Provenance>, ApiError> {
        provenance(ctx, RecordKind::Standard, &self.0.key).await
    }

    /// 各来源说法不一的字段；至多 500 条。
    ///
    /// The fields in which sources differ; 500 at most.
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Vec<Conflict>, ApiError> {
        conflicts(ctx, RecordKind::Standard, &self.0.key).await
    }

    /// 声明执行该标准的自我声明，新者在前。
    ///
    /// The declarations of this standard, newest first.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn declarations(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<DeclarationConnection, ApiError> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        declarations_of(ctx, Parent::Standard, &self.0.key, arguments).await
    }

    /// 质量标记。
    ///
    /// Quality flags.
    async fn flags(&self) -> Vec<StandardFlag> {
        members(&self.0.flags.0)
    }
}

impl Standard {
    /// The status on a day with its reason.
    pub(crate) async fn judged(
        &self,
        ctx: &Context<'_>,
        on: Option<Date>,
    ) -> Result<(standard::StandardStatus, Reason), ApiError> {
        let day = ctx.day(on)?;
        let found = load(&ctx.loaders()?.successors, self.0.key.clone()).await?;
        let successors = found.iter().map(Successor::from).collect();
        Ok(status_on(&self.0.status_facts(successors), day))
    }
}

fn items(found: Vec<Option<Arc<entity::classification::Model>>>) -> Vec<ClassificationItem> {
    capped(found.into_iter().flatten().map(|item| ClassificationItem {
        code: item.code.clone(),
        name_zh: item.name_zh.clone(),
        name_en: item.name_en.clone(),
    }))
}

/// 分类类目。
///
/// An item of a classification.
#[derive(SimpleObject)]
pub(crate) struct ClassificationItem {
    /// 代码。
    ///
    /// The code.
    code: String,
    /// 中文名称。
    ///
    /// The Chinese name.
    name_zh: Option<String>,
    /// 英文名称。
    ///
    /// The English name.
    name_en: Option<String>,
}
