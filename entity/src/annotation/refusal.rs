//! Why nothing was written, in words that a clerk of the bureau can act on.

use crate::embargo::EmbargoRefusal;

/// 不予办理原因.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalReason {
    /// The role does not allow it.
    NotAllowed,
    /// There is no such declaration or annotation, or the reader may not see it.
    NotFound,
    /// The declaration lies outside of the district, or the bureau of the annotation does (属地管理, R47, R78).
    OutsideDistrict,
    /// It speaks about a finding and does not say which.
    RuleMissing,
    /// It is meant for the enterprise, whose credit code the hub does not know.
    EnterpriseUnknown,
    /// Only its author writes a draft anew.
    NotTheAuthor,
    /// It is no draft any more.
    NotADraft,
    /// It has a newer version.
    ChangedMeanwhile,
    /// The new content is the present one.
    NothingChanged,
    /// The key was used for another request.
    IdempotencyKeyReused,
    /// The embargo does not allow the step.
    Embargo(EmbargoRefusal),
}

impl RefusalReason {
    /// As the audit trail names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotAllowed => "NOT_ALLOWED",
            Self::NotFound => "NOT_FOUND",
            Self::OutsideDistrict => "OUTSIDE_DISTRICT",
            Self::RuleMissing => "RULE_MISSING",
            Self::EnterpriseUnknown => "ENTERPRISE_UNKNOWN",
            Self::NotTheAuthor => "NOT_THE_AUTHOR",
            Self::NotADraft => "NOT_A_DRAFT",
            Self::ChangedMeanwhile => "CHANGED_MEANWHILE",
            Self::NothingChanged => "NOTHING_CHANGED",
            Self::IdempotencyKeyReused => "IDEMPOTENCY_KEY_REUSED",
            Self::Embargo(refusal) => refusal.as_str(),
        }
    }
}

/// Why nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The reason.
    pub reason: RefusalReason,
    /// Where in the request, as a path of its fields.
    pub field: Option<&'static str>,
}

impl Refusal {
    pub(super) fn new(reason: RefusalReason, field: Option<&'static str>) -> Self {
        Self { reason, field }
    }

    /// In Chinese, with the remedy.
    pub fn message_zh(&self) -> &'static str {
        match self.reason {
            RefusalReason::NotAllowed => "您的角色不能办理此事项，请由有权限的工作人员办理。",
            RefusalReason::NotFound => "没有这项声明或批注，请核对标识。",
            RefusalReason::OutsideDistrict => "不属于本辖区，请由所属机关或其上级机关办理。",
            RefusalReason::RuleMissing => "核实属实或核实不实的批注须指明所核实的问题，请填写规则。",
            RefusalReason::EnterpriseUnknown => {
                "本枢纽尚无该企业的统一社会信用代码，不能只对该企业公开；请待登记信息齐备后再办，或改为向社会公开。"
            }
            RefusalReason::NotTheAuthor => "草稿只能由起草人修改。",
            RefusalReason::NotADraft => "只有草稿可以修改；须修改的请先退回。",
            RefusalReason::ChangedMeanwhile => "该批注已有更新的版本，请查看后再办。",
            RefusalReason::NothingChanged => "内容与现有版本相同，无需修改。",
            RefusalReason::IdempotencyKeyReused => "该幂等键已用于另一请求，请换一个。",
            RefusalReason::Embargo(refusal) => refusal.message_zh(),
        }
    }

    /// In English, with the remedy.
    pub fn message_en(&self) -> &'static str {
        match self.reason {
            RefusalReason::NotAllowed => "Your role does not allow this: leave it to staff who may.",
            RefusalReason::NotFound => "There is no such declaration or annotation: look at the id.",
            RefusalReason::OutsideDistrict => {
                "It lies outside of your district: leave it to its bureau, or to one above that."
            }
            RefusalReason::RuleMissing => {
                "An annotation that confirms or dismisses a finding has to say which: name the rule."
            }
            RefusalReason::EnterpriseUnknown => {
                "The hub does not know the enterprise's credit code, so it cannot be for that enterprise alone: \
                 wait until it does, or mean it for the public."
            }
            RefusalReason::NotTheAuthor => "Only its author writes a draft anew.",
            RefusalReason::NotADraft => "Only a draft can be written anew: send it back first.",
            RefusalReason::ChangedMeanwhile => "The annotation has a newer version: look at it first.",
            RefusalReason::NothingChanged => "The content is that of the present version.",
            RefusalReason::IdempotencyKeyReused => "The key was used for another request: take another.",
            RefusalReason::Embargo(refusal) => refusal.message_en(),
        }
    }
}
