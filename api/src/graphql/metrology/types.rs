//! The types `MeasuringInstrument` and `Verification`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::metrology as domain;
use entity::record::RecordKind;

use super::approval::TypeApproval;
use super::finding::{InstrumentFinding, InstrumentStanding};
use super::vocabulary::{
    CertificateKind, Conclusion, ControlMode, InstrumentFlag, InstrumentStatus, PeriodUnit, Purpose,
    VerificationMode,
};
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

/// An instrument for the schema.
#[derive(Clone)]
pub(crate) struct MeasuringInstrument(pub(crate) Arc<domain::Instrument>);

/// 检定周期。
///
/// The period between verifications.
#[derive(SimpleObject)]
pub(crate) struct VerificationPeriod {
    /// 数量。
    ///
    /// How many.
    count: i32,
    /// 单位。
    ///
    /// Of what.
    unit: PeriodUnit,
}

/// A verification for the schema.
pub(crate) struct Verification(domain::Verification);

/// 检定记录。两种日期均按来源保留：证书的有效期至与登记的下次检定日期常相差一天。
///
/// A verification. Both days are kept as told: the validity of a certificate and the next day of a register often differ by one.
#[Object]
impl Verification {
    /// 检定日期；来源只给有效期时为空。
    ///
    /// The day; null where a source tells only how long it holds.
    async fn verified_on(&self) -> Option<Date> {
        self.0.verified_on.map(Date)
    }

    /// 检定机构。
    ///
    /// The agency.
    async fn agency(&self) -> Option<&str> {
        self.0.agency.as_deref()
    }

    /// 检定结论。
    ///
    /// What it concludes.
    async fn conclusion(&self) -> Option<Conclusion> {
        self.0.conclusion.as_deref().and_then(member)
    }

    /// 证书种类。
    ///
    /// The kind of certificate.
    async fn certificate_kind(&self) -> Option<CertificateKind> {
        self.0.certificate_kind.as_deref().and_then(member)
    }

    /// 证书编号。
    ///
    /// The number of the certificate.
    async fn certificate_number(&self) -> Option<&str> {
        self.0.certificate_number.as_deref()
    }

    /// 有效期至（证书所载）。
    ///
    /// The last day, as the certificate tells it.
    async fn valid_until(&self) -> Option<Date> {
        self.0.valid_until.map(Date)
    }

    /// 下次检定日期（登记所载）。
    ///
    /// The day of the next verification, as the register tells it.
    async fn next_on(&self) -> Option<Date> {
        self.0.next_on.map(Date)
    }
}

/// 强制检定计量器具：用于贸易结算、安全防护、医疗卫生、环境监测等，依《计量法》第九条实行强制检定。
///
/// A measuring instrument under mandatory verification (计量法 art 9).
#[Object]
impl MeasuringInstrument {
    /// 全局标识。
    ///
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        node_id(RecordKind::MeasuringInstrument, &self.0.key)
    }

    /// 器具名称。
    ///
    /// What it is.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// 强检器具唯一性编号。
    ///
    /// The code under which it is registered.
    async fn mandatory_code(&self) -> Option<&str> {
        self.0.mandatory_code.as_deref()
    }

    /// 出厂编号。
    ///
    /// The maker's serial number.
    async fn serial_number(&self) -> Option<&str> {
        self.0.serial_number.as_deref()
    }

    /// 制造单位。
    ///
    /// The maker.
    async fn maker(&self) -> Option<&str> {
        self.0.maker.as_deref()
    }

    /// 规格型号。
    ///
    /// The model.
    async fn model(&self) -> Option<&str> {
        self.0.model.as_deref()
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

    /// 用途。
    ///
    /// What it is used for.
    async fn purposes(&self) -> Vec<Purpose> {
        members(&self.0.purposes.0)
    }

    /// 《实施强制管理的计量器具目录》中的项目，来源用语。
    ///
    /// The item of the catalogue in the source's word.
    async fn catalogue_item(&self) -> Option<&str> {
        self.0.catalogue_item.as_deref()
    }

    /// 监管方式。
    ///
    /// How it is put under control.
    async fn control(&self) -> Option<ControlMode> {
        self.0.mode.as_deref().and_then(member)
    }

    /// 强检方式；未说明的按周期检定判断。
    ///
    /// How often it is verified; judged as periodic where nobody tells.
    async fn verification_mode(&self) -> Option<VerificationMode> {
        self.0.verification_mode.as_deref().and_then(member)
    }

    /// 检定周期；未说明或为 0 时为空。
    ///
    /// The period; null where none is told or it is 0.
    async fn period(&self) -> Option<VerificationPeriod> {
        Some(VerificationPeriod {
            count: self.0.period_count?,
            unit: self.0.period_unit.as_deref().and_then(member)?,
        })
    }

    /// 来源描述检定周期的原词。
    ///
    /// The source's words for the period.
    async fn period_word(&self) -> Option<&str> {
        self.0.period_word.as_deref()
    }

    /// 状态。
    ///
    /// The state.
    async fn status(&self) -> Option<InstrumentStatus> {
        self.0.status.as_deref().and_then(member)
    }

    /// 来源描述状态的原词。
    ///
    /// The source's word for the state.
    async fn status_word(&self) -> Option<&str> {
        self.0.status_word.as_deref()
    }

    /// 安装地点。
    ///
    /// Where it stands.
    async fn site(&self) -> Option<&str> {
        self.0.site.as_deref()
    }

    /// 使用单位，本枢纽收录时。
    ///
    /// The owner, where the hub holds it.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Enterprise>, ApiError> {
        Ok(load(&ctx.loaders()?.enterprise, self.0.owner_key.clone())
            .await?
            .map(Enterprise))
    }

    /// 使用单位名称，按来源书写。
    ///
    /// The name of the owner as the source writes it.
    async fn owner_name(&self) -> Option<&str> {
        self.0.owner_name.as_deref()
    }

    /// 使用单位统一社会信用代码。
    ///
    /// The credit code of the owner.
    async fn owner_credit_code(&self) -> Option<&str> {
        Some(self.0.owner.as_str()).filter(|code| !code.is_empty())
    }

    /// 使用地的行政区划。
    ///
    /// The region in which it is used.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>, ApiError> {
        Region::of(ctx, &self.0.region).await
    }

    /// 是否登记造册（R59）；来源未说明时为空。
    ///
    /// Whether it is registered (R59); null when no source tells.
    async fn registered(&self) -> Option<bool> {
        self.0.registered
    }

    /// 是否备案（R59）；来源未说明时为空。
    ///
    /// Whether it is filed with the bureau (R59); null when no source tells.
    async fn filed(&self) -> Option<bool> {
        self.0.filed
    }

    /// 型式批准证书编号（CPA），按来源书写。
    ///
    /// The number of the type approval (CPA) as the source writes it.
    async fn type_approval_number(&self) -> Option<&str> {
        self.0.type_approval.as_deref()
    }

    /// 所载型式批准，本枢纽收录时。
    ///
    /// The type approval that it names, where the hub holds it.
    async fn type_approval(&self, ctx: &Context<'_>) -> Result<Option<TypeApproval>, ApiError> {
        let Some(key) = &self.0.type_approval_key else {
            return Ok(None);
        };
        Ok(load(&ctx.loaders()?.type_approval, key.clone())
            .await?
            .map(TypeApproval))
    }

    /// 出厂日期。
    ///
    /// The day on which it was made.
    async fn made_on(&self) -> Option<Date> {
        self.0.made_on.map(Date)
    }

    /// 使用期限：到期轮换者的最后一日。
    ///
    /// The last day of its time of use, where it is rotated.
    async fn use_by(&self) -> Option<Date> {
        self.0.use_by.map(Date)
    }

    /// 到期日：按最近一次检定，下次检定或轮换的最后一日。
    ///
    /// The due day after the last verification.
    async fn due_on(&self) -> Option<Date> {
        self.0.due_on.map(Date)
    }

    /// 在某日是否超期：到期日当日不算，次日起算。
    ///
    /// Whether its due day has gone by on a day: not on the due day itself, but from the day after.
    #[graphql(complexity = 2)]
    async fn overdue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "以此日判断，默认今日。\n\nJudged on this day; today unless told.")] on: Option<
            Date,
        >,
    ) -> Result<bool, ApiError> {
        Ok(self.standing_on(ctx, on).await?.reason.is_overdue())
    }

    /// 在某日的检定状况及理由；该日之后的检定不计。
    ///
    /// What it is held to on a day, and why; a verification after that day does not count.
    #[graphql(complexity = "2 + child_complexity")]
    async fn standing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "以此日判断，默认今日。\n\nJudged on this day; today unless told.")] on: Option<
            Date,
        >,
    ) -> Result<InstrumentStanding, ApiError> {
        self.standing_on(ctx, on).await.map(InstrumentStanding)
    }

    /// 检定记录，旧者在前；至多 500 条。
    ///
    /// Its verifications, the oldest first; 500 at most.
    #[graphql(complexity = "5 * child_complexity")]
    async fn verifications(&self, ctx: &Context<'_>) -> Result<Vec<Verification>, ApiError> {
        let found = load(&ctx.loaders()?.verifications, self.0.key.clone()).await?;
        Ok(capped(found.iter().cloned().map(Verification)))
    }

    /// 机器可查的问题（R59、《计量法》第十三条）；至多 500 条。
    ///
    /// What a machine finds to be wrong with it (R59, 计量法 art 13); 500 at most.
    #[graphql(complexity = "5 * child_complexity")]
    async fn findings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "以此日判断，默认今日。\n\nJudged on this day; today unless told.")] on: Option<
            Date,
        >,
    ) -> Result<Vec<InstrumentFinding>, ApiError> {
        let key = (self.0.key.clone(), ctx.day(on)?);
        let found = load(&ctx.loaders()?.instrument_findings, key).await?;
        Ok(capped(found.iter().map(|finding| InstrumentFinding {
            finding: finding.clone(),
            instrument: self.0.clone(),
        })))
    }

    /// 出处：构成本记录的每一条来源陈述，最优者在前；至多 500 条。
    ///
    /// Where the record comes from: every claim behind it, the best source first; 500 at most.
    async fn provenance(&self, ctx: &Context<'_>) -> Result<Vec<Provenance>, ApiError> {
        provenance(ctx, RecordKind::MeasuringInstrument, &self.0.key).await
    }

    /// 各来源说法不一的字段；至多 500 条。
    ///
    /// The fields in which sources differ; 500 at most.
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Vec<Conflict>, ApiError> {
        conflicts(ctx, RecordKind::MeasuringInstrument, &self.0.key).await
    }

    /// 质量标记。
    ///
    /// Quality flags.
    async fn flags(&self) -> Vec<InstrumentFlag> {
        members(&self.0.flags.0)
    }
}

impl MeasuringInstrument {
    async fn standing_on(&self, ctx: &Context<'_>, on: Option<Date>) -> Result<domain::Standing, ApiError> {
        let verifications = load(&ctx.loaders()?.verifications, self.0.key.clone()).await?;
        Ok(self.0.standing(&verifications, ctx.day(on)?))
    }
}
