//! Why nothing was written.

use async_graphql::{Enum, Object};
use entity::annotation as domain;
use entity::embargo::EmbargoRefusal;

use crate::graphql::standard::Lang;

/// 不予办理的原因。
///
/// Why a request was refused.
pub(crate) struct AnnotationRefusal(pub(super) domain::Refusal);

/// 不予办理的原因：代码、位置与说明。
///
/// Why a request was refused: a code, the place in the request, and a sentence.
#[Object]
impl AnnotationRefusal {
    /// 原因。
    ///
    /// The reason.
    async fn reason(&self) -> AnnotationRefusalReason {
        self.0.reason.into()
    }

    /// 请求中的位置，如 `documentNumber`；与具体字段无关时为空。
    ///
    /// The place in the request, such as `documentNumber`; null when it is about no field.
    async fn field(&self) -> Option<&str> {
        self.0.field
    }

    /// 一句话说明，含办法。
    ///
    /// One sentence with the remedy.
    async fn message(
        &self,
        #[graphql(default_with = "Lang::Zh", desc = "语言。\n\nThe language.")] lang: Lang,
    ) -> &str {
        match lang {
            Lang::Zh => self.0.message_zh(),
            Lang::En => self.0.message_en(),
        }
    }
}

/// 不予办理的原因代码。
///
/// The codes of refusals.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum AnnotationRefusalReason {
    /// 角色无此权限。
    ///
    /// The role does not allow it.
    NotAllowed,
    /// 没有这项声明或批注，或无权查看。
    ///
    /// There is no such declaration or annotation, or the reader may not see it.
    NotFound,
    /// 不属于本辖区，或批注机关不在本辖区（R47、R78）。
    ///
    /// Outside of the district, or of a bureau that lies outside of it (R47, R78).
    OutsideDistrict,
    /// 未指明所核实的问题。
    ///
    /// It confirms or dismisses a finding and does not say which.
    RuleMissing,
    /// 尚无该企业的统一社会信用代码，不能只对该企业公开。
    ///
    /// The credit code of the enterprise is not known, so it cannot be for that enterprise alone.
    EnterpriseUnknown,
    /// 不是起草人。
    ///
    /// Not its author.
    NotTheAuthor,
    /// 已不是草稿。
    ///
    /// It is no draft any more.
    NotADraft,
    /// 已有更新的版本。
    ///
    /// There is a newer version.
    ChangedMeanwhile,
    /// 内容没有变化。
    ///
    /// The content is the same.
    NothingChanged,
    /// 幂等键已用于另一请求。
    ///
    /// The key was used for another request.
    IdempotencyKeyReused,
    /// 当前环节不能办理此事项。
    ///
    /// The step cannot be taken from the present stage.
    WrongStage,
    /// 不得审核、批准本人起草的。
    ///
    /// Nobody reviews or authorises what they wrote.
    OwnWork,
    /// 两次批准为同一人。
    ///
    /// The second person who authorises is the first one again.
    SamePerson,
    /// 缺少发文字号。
    ///
    /// The document number is missing.
    DocumentNumberMissing,
    /// 发文字号无法识别。
    ///
    /// The document number cannot be read.
    DocumentNumberInvalid,
    /// 发文字号与第一位批准人所填不一致。
    ///
    /// The first person gave another document number.
    DocumentNumberDiffers,
    /// 未说明退回或撤回的理由。
    ///
    /// The reason of sending back or taking back is missing.
    ReasonMissing,
}

impl From<domain::RefusalReason> for AnnotationRefusalReason {
    fn from(reason: domain::RefusalReason) -> Self {
        use domain::RefusalReason as Reason;
        match reason {
            Reason::NotAllowed => Self::NotAllowed,
            Reason::NotFound => Self::NotFound,
            Reason::OutsideDistrict => Self::OutsideDistrict,
            Reason::RuleMissing => Self::RuleMissing,
            Reason::EnterpriseUnknown => Self::EnterpriseUnknown,
            Reason::NotTheAuthor => Self::NotTheAuthor,
            Reason::NotADraft => Self::NotADraft,
            Reason::ChangedMeanwhile => Self::ChangedMeanwhile,
            Reason::NothingChanged => Self::NothingChanged,
            Reason::IdempotencyKeyReused => Self::IdempotencyKeyReused,
            Reason::Embargo(EmbargoRefusal::WrongStage) => Self::WrongStage,
            Reason::Embargo(EmbargoRefusal::OwnWork) => Self::OwnWork,
            Reason::Embargo(EmbargoRefusal::SamePerson) => Self::SamePerson,
            Reason::Embargo(EmbargoRefusal::DocumentNumberMissing) => Self::DocumentNumberMissing,
            Reason::Embargo(EmbargoRefusal::DocumentNumberInvalid) => Self::DocumentNumberInvalid,
            Reason::Embargo(EmbargoRefusal::DocumentNumberDiffers) => Self::DocumentNumberDiffers,
            Reason::Embargo(EmbargoRefusal::ReasonMissing) => Self::ReasonMissing,
        }
    }
}
