//! The type `Licence`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::credit::licence as domain;
use entity::record::RecordKind;

use super::shared::{due_on, flags_of};
use super::vocabulary::{CreditFlag, LicenceStatus, SubjectKind};
use crate::graphql::context::ContextExt;
use crate::graphql::enterprise::Enterprise;
use crate::graphql::enums::member;
use crate::graphql::error::ApiError;
use crate::graphql::node::node_id;
use crate::graphql::provenance::{Conflict, Provenance, conflicts, provenance};
use crate::graphql::region::Region;
use crate::graphql::scalar::Date;
use crate::loader::load;

/// A licence (行政许可), for the schema.
#[derive(Clone)]
pub(crate) struct Licence(pub(crate) Arc<domain::Model>);

/// 行政许可（双公示）。
///
/// A licence (行政许可). Those of natural persons are for staff.
#[Object]
impl Licence {
    /// 全局标识。
    ///
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        node_id(RecordKind::Licence, &self.0.key)
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

    /// 行政许可决定文书号，能规范化的已规范化。
    ///
    /// The document number, in its one form where it has one.
    async fn document_number(&self) -> &str {
        &self.0.document_number
    }

    /// 行政许可决定文书名称。
    ///
    /// The name of the document.
    async fn document_name(&self) -> Option<&str> {
        self.0.document_name.as_deref()
    }

    /// 许可类别，来源用语。
    ///
    /// The kind in the source's word.
    async fn kind(&self) -> Option<&str> {
        self.0.kind.as_deref()
    }

    /// 许可证书名称。
    ///
    /// The name of the certificate.
    async fn certificate_name(&self) -> Option<&str> {
        self.0.certificate_name.as_deref()
    }

    /// 许可编号。
    ///
    /// The number of the certificate.
    async fn certificate_number(&self) -> Option<&str> {
        self.0.certificate_number.as_deref()
    }

    /// 许可内容。
    ///
    /// What is licensed.
    async fn content(&self) -> Option<&str> {
        self.0.content.as_deref()
    }

    /// 许可决定日期。
    ///
    /// The day of the decision.
    async fn decided_on(&self) -> Date {
        Date(self.0.decided_on)
    }

    /// 有效期自。
    ///
    /// The first day.
    async fn valid_from(&self) -> Option<Date> {
        self.0.valid_from.map(Date)
    }

    /// 有效期至，最后一日。
    ///
    /// The last day.
    async fn valid_until(&self) -> Option<Date> {
        self.0.valid_until.map(Date)
    }

    /// 某日是否有效：在有效期内，且来源未说明其已撤销、吊销或注销。
    ///
    /// Whether it is valid on a day: inside its term, and no source says that it was annulled, revoked or cancelled.
    async fn is_valid(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "以此日判断，默认今日。\n\nJudged on this day; today unless told.")] on: Option<
            Date,
        >,
    ) -> Result<bool, ApiError> {
        Ok(self.0.is_valid_on(ctx.day(on)?))
    }

    /// 状态。
    ///
    /// The state.
    async fn status(&self) -> Option<LicenceStatus> {
        member(self.0.status.as_deref()?)
    }

    /// 当前状态，来源用语。
    ///
    /// The state in the source's word.
    async fn status_word(&self) -> Option<&str> {
        self.0.status_word.as_deref()
    }

    /// 许可机关。
    ///
    /// The organ.
    async fn organ(&self) -> Option<&str> {
        self.0.organ.as_deref()
    }

    /// 许可机关统一社会信用代码。
    ///
    /// The credit code of the organ.
    async fn organ_code(&self) -> Option<&str> {
        self.0.organ_code.as_deref()
    }

    /// 备注。
    ///
    /// Remarks.
    async fn remark(&self) -> Option<&str> {
        self.0.remark.as_deref()
    }

    /// 报送期限：决定之日起 7 个工作日，按节假日安排计算。
    ///
    /// The last day for handing it in: 7 working days after the decision, by the yearly notices on holidays.
    async fn due_on(&self, ctx: &Context<'_>) -> Result<Option<Date>, ApiError> {
        due_on(ctx, self.0.decided_on).await
    }

    /// 首次报送所描述的日期。
    ///
    /// The first day of which a file told of it.
    async fn received_on(&self) -> Date {
        Date(self.0.received_on)
    }

    /// 是否逾期报送：首次报送晚于期限。
    ///
    /// Whether it was handed in late: the first file came after the last day.
    async fn submitted_late(&self, ctx: &Context<'_>) -> Result<Option<bool>, ApiError> {
        let due = due_on(ctx, self.0.decided_on).await?;
        Ok(due.map(|due| self.0.received_on > due.0))
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
        provenance(ctx, RecordKind::Licence, &self.0.key).await
    }

    /// 各来源说法不一的字段；至多 500 条。
    ///
    /// The fields in which sources differ; 500 at most.
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Vec<Conflict>, ApiError> {
        conflicts(ctx, RecordKind::Licence, &self.0.key).await
    }

    /// 质量标记；记录的日期早于企业成立日期时带有 BEFORE_ESTABLISHED。
    ///
    /// Quality flags; BEFORE_ESTABLISHED is among them when the day of the record is before that on which the enterprise was established.
    async fn flags(&self, ctx: &Context<'_>) -> Result<Vec<CreditFlag>, ApiError> {
        flags_of(ctx, &self.0.owner_key, &self.0.flags.0, self.0.decided_on).await
    }
}
