//! The type `TestingInstitution`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::institution as domain;
use entity::record::RecordKind;

use super::vocabulary::{InstitutionFlag, InstitutionStatus, Misconduct, QualificationReason};
use crate::graphql::context::ContextExt;
use crate::graphql::enterprise::Enterprise;
use crate::graphql::enums::{member, members};
use crate::graphql::error::ApiError;
use crate::graphql::node::node_id;
use crate::graphql::page::capped;
use crate::graphql::provenance::{Conflict, Provenance, conflicts, provenance};
use crate::graphql::region::Region;
use crate::graphql::scalar::Date;
use crate::loader::load;

/// An institution for the schema.
#[derive(Clone)]
pub(crate) struct TestingInstitution(pub(crate) Arc<domain::Institution>);

/// A qualification for the schema.
pub(crate) struct Qualification(pub(crate) domain::Qualification);

/// 资质认定或型式批准在某日的有效情况。
///
/// Whether a qualification or a type approval holds on a day.
#[Object]
impl Qualification {
    /// 判断所依的日期。
    ///
    /// The day on which it is judged.
    async fn day(&self) -> Date {
        Date(self.0.on)
    }

    /// 是否有效。
    ///
    /// Whether it holds.
    async fn holds(&self) -> bool {
        self.0.holds()
    }

    /// 理由。
    ///
    /// Why.
    async fn reason(&self) -> QualificationReason {
        self.0.reason.into()
    }

    /// 最后一日：来源所载；资质认定未载者自发证日起六年。
    ///
    /// Its last day: as told; where a qualification tells none, six years from the day on which it was given.
    async fn until(&self) -> Option<Date> {
        self.0.until.map(Date)
    }
}

/// Misconduct for the schema.
pub(crate) struct MisconductFinding(domain::MisconductFinding);

/// 检验检测机构违法违规线索（R60）：市场监管部门查得，仅其辖区工作人员可见。
///
/// Misconduct of a testing institution as a bureau found it (R60); for staff of the bureau's district only.
#[Object]
impl MisconductFinding {
    /// 违法违规情形。
    ///
    /// What kind.
    async fn misconduct(&self) -> Option<Misconduct> {
        member(&self.0.code)
    }

    /// 发现日期。
    ///
    /// The day on which it was found.
    async fn found_on(&self) -> Option<Date> {
        self.0.found_on.map(Date)
    }

    /// 文书号，按来源书写。
    ///
    /// The number of the document as the source writes it.
    async fn document_number(&self) -> Option<&str> {
        self.0.document_number.as_deref()
    }

    /// 说明。
    ///
    /// What is told of it.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// 查得部门的辖区。
    ///
    /// The district of the bureau that found it.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>, ApiError> {
        Region::of(ctx, &self.0.region).await
    }
}

/// 检验检测机构：依法取得资质认定（CMA），出具检验检测报告者。
///
/// A testing institution: who holds a qualification (CMA) and gives test reports.
#[Object]
impl TestingInstitution {
    /// 全局标识。
    ///
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        node_id(RecordKind::TestingInstitution, &self.0.key)
    }

    /// 资质认定证书编号（CMA），12 位。
    ///
    /// The number of its certificate (CMA), 12 digits.
    async fn cma_number(&self) -> &str {
        &self.0.key
    }

    /// 机构名称。
    ///
    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// 统一社会信用代码。
    ///
    /// The credit code.
    async fn credit_code(&self) -> Option<&str> {
        self.0.credit_code.as_deref()
    }

    /// 对应的市场主体，本枢纽收录时。
    ///
    /// The enterprise that it is, where the hub holds it.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Enterprise>, ApiError> {
        let Some(code) = &self.0.credit_code else {
            return Ok(None);
        };
        Ok(load(&ctx.loaders()?.enterprise, code.clone())
            .await?
            .map(Enterprise))
    }

    /// 检验检测能力范围；至多 500 项。
    ///
    /// What it may test; 500 items at most.
    async fn scope(&self) -> Vec<String> {
        capped(self.0.scope.0.iter().cloned())
    }

    /// 发证日期。
    ///
    /// The day on which the certificate was given.
    async fn issued_on(&self) -> Option<Date> {
        self.0.issued_on.map(Date)
    }

    /// 有效期至，来源所载。
    ///
    /// The last day, as told.
    async fn valid_until(&self) -> Option<Date> {
        self.0.valid_until.map(Date)
    }

    /// 资质状态，来源所载。
    ///
    /// The status, as told.
    async fn status(&self) -> Option<InstitutionStatus> {
        self.0.status.as_deref().and_then(member)
    }

    /// 来源描述状态的原词。
    ///
    /// The source's word for the status.
    async fn status_word(&self) -> Option<&str> {
        self.0.status_word.as_deref()
    }

    /// 资质在某日是否有效及理由。
    ///
    /// Whether the qualification holds on a day, and why.
    async fn valid(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "以此日判断，默认今日。\n\nJudged on this day; today unless told.")] on: Option<
            Date,
        >,
    ) -> Result<Qualification, ApiError> {
        Ok(Qualification(self.0.qualification(ctx.day(on)?)))
    }

    /// 地址。
    ///
    /// The address.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// 所在行政区划。
    ///
    /// The region that it lies in.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>, ApiError> {
        Region::of(ctx, &self.0.region).await
    }

    /// 违法违规线索（R60），新者在前；仅查得部门辖区的工作人员可见。至多 500 条。
    ///
    /// Misconduct that bureaus found (R60), the newest first; for staff of their districts only. 500 at most.
    #[graphql(complexity = "5 * child_complexity")]
    async fn misconducts(&self, ctx: &Context<'_>) -> Result<Vec<MisconductFinding>, ApiError> {
        let found = load(&ctx.loaders()?.misconducts, self.0.key.clone()).await?;
        Ok(capped(found.iter().cloned().map(MisconductFinding)))
    }

    /// 出处：构成本记录的每一条来源陈述，最优者在前；至多 500 条。
    ///
    /// Where the record comes from: every claim behind it, the best source first; 500 at most.
    async fn provenance(&self, ctx: &Context<'_>) -> Result<Vec<Provenance>, ApiError> {
        provenance(ctx, RecordKind::TestingInstitution, &self.0.key).await
    }

    /// 各来源说法不一的字段；至多 500 条。
    ///
    /// The fields in which sources differ; 500 at most.
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Vec<Conflict>, ApiError> {
        conflicts(ctx, RecordKind::TestingInstitution, &self.0.key).await
    }

    /// 质量标记。
    ///
    /// Quality flags.
    async fn flags(&self) -> Vec<InstitutionFlag> {
        members(&self.0.flags.0)
    }
}
