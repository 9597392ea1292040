//! The type `Penalty`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::credit::penalty as domain;
use entity::record::RecordKind;

use super::money::Money;
use super::publication::Publication;
use super::shared::{due_on, flags_of};
use super::vocabulary::{CreditFlag, PenaltyKind, PublicationTerm, SubjectKind};
use crate::graphql::context::ContextExt;
use crate::graphql::enterprise::Enterprise;
use crate::graphql::enums::members;
use crate::graphql::error::ApiError;
use crate::graphql::node::node_id;
use crate::graphql::provenance::{Conflict, Provenance, conflicts, provenance};
use crate::graphql::region::Region;
use crate::graphql::scalar::Date;
use crate::loader::load;

/// A penalty (行政处罚), for the schema.
#[derive(Clone)]
pub(crate) struct Penalty(pub(crate) Arc<domain::Model>);

/// 行政处罚（双公示）。公示期届满或信用修复后不再对公众公示；自然人的处罚从不公示。
///
/// A penalty (行政处罚). After its term, or a repair, the public does not see it any more; that of a natural person is never shown.
#[Object]
impl Penalty {
    /// 全局标识。
    ///
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        node_id(RecordKind::Penalty, &self.0.key)
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

    /// 行政处罚决定书文号，能规范化的已规范化。
    ///
    /// The document number, in its one form where it has one.
    async fn document_number(&self) -> &str {
        &self.0.document_number
    }

    /// 处罚名称或案件名称。
    ///
    /// The name of the penalty or of the case.
    async fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// 违法行为类型。
    ///
    /// The type of the violation.
    async fn violation(&self) -> Option<&str> {
        self.0.violation.as_deref()
    }

    /// 违法事实或处罚事由。
    ///
    /// The facts.
    async fn facts(&self) -> Option<&str> {
        self.0.facts.as_deref()
    }

    /// 处罚依据。
    ///
    /// The legal basis.
    async fn basis(&self) -> Option<&str> {
        self.0.basis.as_deref()
    }

    /// 处罚类别。
    ///
    /// The kinds of the penalty.
    async fn kinds(&self) -> Vec<PenaltyKind> {
        members(&self.0.kinds.0)
    }

    /// 处罚类别，来源用语。
    ///
    /// The kinds in the source's words.
    async fn kind_words(&self) -> Option<&str> {
        self.0.kind_words.as_deref()
    }

    /// 处罚内容或处罚结果。
    ///
    /// What was decided.
    async fn content(&self) -> Option<&str> {
        self.0.content.as_deref()
    }

    /// 罚款金额；来源未给出或无法读取时为空。
    ///
    /// The fine; null when the source gives none or it cannot be read.
    async fn fine(&self) -> Option<Money> {
        Money::of(self.0.fine, self.0.fine_raw.as_ref())
    }

    /// 没收金额；来源未给出或无法读取时为空。
    ///
    /// What was confiscated; null when the source gives none or it cannot be read.
    async fn confiscated(&self) -> Option<Money> {
        Money::of(self.0.confiscated, self.0.confiscated_raw.as_ref())
    }

    /// 暂扣或吊销证照名称及编号。
    ///
    /// The certificate that was suspended or revoked.
    async fn certificate(&self) -> Option<&str> {
        self.0.certificate.as_deref()
    }

    /// 处罚决定日期。
    ///
    /// The day of the decision.
    async fn decided_on(&self) -> Date {
        Date(self.0.decided_on)
    }

    /// 处罚有效期。
    ///
    /// The last day of the penalty.
    async fn valid_until(&self) -> Option<Date> {
        self.0.valid_until.map(Date)
    }

    /// 公示日期。
    ///
    /// The day of publication.
    async fn published_on(&self) -> Option<Date> {
        self.0.published_on.map(Date)
    }

    /// 公示截止期，来源给出的最后一日。
    ///
    /// The last day of publication by the source.
    async fn deadline_on(&self) -> Option<Date> {
        self.0.deadline_on.map(Date)
    }

    /// 公示期限（令45号）。
    ///
    /// How long it is shown by law (Order 45).
    async fn publication_term(&self) -> PublicationTerm {
        self.0.window_term().into()
    }

    /// 某日是否公示及其理由。
    ///
    /// Whether it is shown to the public on a day, and why.
    async fn publication(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "以此日判断，默认今日。\n\nJudged on this day; today unless told.")] on: Option<
            Date,
        >,
    ) -> Result<Publication, ApiError> {
        Ok(Publication::of(self.0.window(), ctx.day(on)?))
    }

    /// 处罚机关。
    ///
    /// The organ.
    async fn organ(&self) -> Option<&str> {
        self.0.organ.as_deref()
    }

    /// 处罚机关统一社会信用代码。
    ///
    /// The credit code of the organ.
    async fn organ_code(&self) -> Option<&str> {
        self.0.organ_code.as_deref()
    }

    /// 当前状态，来源用语。
    ///
    /// The state in the source's word.
    async fn status_word(&self) -> Option<&str> {
        self.0.status_word.as_deref()
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
        provenance(ctx, RecordKind::Penalty, &self.0.key).await
    }

    /// 各来源说法不一的字段；至多 500 条。
    ///
    /// The fields in which sources differ; 500 at most.
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Vec<Conflict>, ApiError> {
        conflicts(ctx, RecordKind::Penalty, &self.0.key).await
    }

    /// 质量标记；记录的日期早于企业成立日期时带有 BEFORE_ESTABLISHED。
    ///
    /// Quality flags; BEFORE_ESTABLISHED is among them when the day of the record is before that on which the enterprise was established.
    async fn flags(&self, ctx: &Context<'_>) -> Result<Vec<CreditFlag>, ApiError> {
        flags_of(ctx, &self.0.owner_key, &self.0.flags.0, self.0.decided_on).await
    }
}
