//! Why a submission is refused, in words that a clerk of the enterprise can act on.

use super::super::finding::{Finding, FindingRule};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// 不予受理原因: why nothing was written.
    RefusalReason {
        /// The hub takes no declarations from this reader.
        NotOpen = "NOT_OPEN",
        /// The credit code is none (GB 32100-2015).
        CreditCodeInvalid = "CREDIT_CODE_INVALID",
        /// Neither the request nor the hub knows the enterprise's name.
        EnterpriseNameMissing = "ENTERPRISE_NAME_MISSING",
        /// The enterprise was deregistered, or its licence revoked.
        EnterpriseGone = "ENTERPRISE_GONE",
        /// The region has no code of GB/T 2260.
        RegionInvalid = "REGION_INVALID",
        /// No product is named.
        ProductsMissing = "PRODUCTS_MISSING",
        /// The standard is said to be published after today.
        PublishedInFuture = "PUBLISHED_IN_FUTURE",
        /// The declaration would be against a rule: the finding says which.
        RuleViolated = "RULE_VIOLATED",
        /// The enterprise has declared this standard, and that declaration holds.
        AlreadyDeclared = "ALREADY_DECLARED",
        /// There is no such declaration.
        NotDeclared = "NOT_DECLARED",
        /// The record was made on another platform and is kept there.
        DeclaredElsewhere = "DECLARED_ELSEWHERE",
        /// The declaration has ended.
        Ended = "ENDED",
        /// The declaration has another last record by now.
        ChangedMeanwhile = "CHANGED_MEANWHILE",
        /// The revision says what the last record says.
        NothingChanged = "NOTHING_CHANGED",
        /// The key was used for another request.
        IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED",
    }
}

/// Why a submission is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The reason.
    pub reason: RefusalReason,
    /// Where in the request, as a path of its fields.
    pub field: Option<&'static str>,
    /// The rule that it would break.
    pub finding: Option<Finding>,
}

impl Refusal {
    pub(super) fn new(reason: RefusalReason, field: Option<&'static str>) -> Self {
        Self {
            reason,
            field,
            finding: None,
        }
    }

    /// The hub takes no declarations from this reader.
    pub fn not_open() -> Self {
        Self::new(RefusalReason::NotOpen, None)
    }

    /// A finding that keeps a declaration from being made, if it is one that does. Late is better than never, and what a
    /// test method cites can be mended later.
    pub(super) fn of_finding(finding: Finding) -> Option<Self> {
        let field = match finding.rule {
            FindingRule::NumberForm | FindingRule::StandardNotInForce => "standardNumber",
            FindingRule::TestMethodMissing
            | FindingRule::IndicatorsMissing
            | FindingRule::BelowMandatoryLimit => "content.indicators",
            FindingRule::DeclaredLate
            | FindingRule::CitedStandardNotInForce
            | FindingRule::EnterpriseRenamed => return None,
        };
        Some(Self {
            reason: RefusalReason::RuleViolated,
            field: Some(field),
            finding: Some(finding),
        })
    }

    /// In Chinese, with the remedy.
    pub fn message_zh(&self) -> String {
        if let Some(finding) = &self.finding {
            return finding.message_zh();
        }
        let text = match self.reason {
            RefusalReason::NotOpen => "本枢纽未对您开放自我声明，请联系所在地市场监管部门。",
            RefusalReason::CreditCodeInvalid => "统一社会信用代码应为 18 位（GB 32100），请核对营业执照。",
            RefusalReason::EnterpriseNameMissing => "本枢纽尚无该企业的名称，请填写营业执照上的名称。",
            RefusalReason::EnterpriseGone => "该企业已注销或被吊销，不能声明。",
            RefusalReason::RegionInvalid => "行政区划代码应为 GB/T 2260 的六位代码。",
            RefusalReason::ProductsMissing => "请至少填写一种执行该标准的产品。",
            RefusalReason::PublishedInFuture => "标准发布日期不得晚于今日。",
            RefusalReason::RuleViolated => "声明不符合规定。",
            RefusalReason::AlreadyDeclared => "该企业已声明此标准且仍有效，请修订原声明。",
            RefusalReason::NotDeclared => "没有这项声明，请核对标识。",
            RefusalReason::DeclaredElsewhere => {
                "该声明在其他平台作出，请在原平台修订或废止，本枢纽会随之更新。"
            }
            RefusalReason::Ended => "该声明已失效，如仍执行该标准请重新声明。",
            RefusalReason::ChangedMeanwhile => "该声明已有更新的版本，请查看后再提交。",
            RefusalReason::NothingChanged => "内容与现有版本相同，无需修订。",
            RefusalReason::IdempotencyKeyReused => "该幂等键已用于另一请求，请换一个。",
        };
        text.to_owned()
    }

    /// In English, with the remedy.
    pub fn message_en(&self) -> String {
        if let Some(finding) = &self.finding {
            return finding.message_en();
        }
        let text = match self.reason {
            RefusalReason::NotOpen => {
                "The hub takes no declarations from you: ask the bureau of your district."
            }
            RefusalReason::CreditCodeInvalid => {
                "A credit code has 18 characters (GB 32100): look at the business licence."
            }
            RefusalReason::EnterpriseNameMissing => {
                "The hub does not know the enterprise's name: write it as on the business licence."
            }
            RefusalReason::EnterpriseGone => {
                "The enterprise is deregistered or its licence revoked: it cannot declare."
            }
            RefusalReason::RegionInvalid => "A region is written as the six digits of GB/T 2260.",
            RefusalReason::ProductsMissing => "Name at least one product that is made to the standard.",
            RefusalReason::PublishedInFuture => "The standard cannot be published after today.",
            RefusalReason::RuleViolated => "The declaration breaks a rule.",
            RefusalReason::AlreadyDeclared => {
                "The enterprise has declared this standard, and the declaration holds: revise that one."
            }
            RefusalReason::NotDeclared => "There is no such declaration: look at the id.",
            RefusalReason::DeclaredElsewhere => {
                "The declaration was made on another platform: revise or withdraw it there, and the hub follows."
            }
            RefusalReason::Ended => {
                "The declaration has ended: declare anew if the standard is still followed."
            }
            RefusalReason::ChangedMeanwhile => "The declaration has a newer version: look at it first.",
            RefusalReason::NothingChanged => "The content is that of the present version.",
            RefusalReason::IdempotencyKeyReused => "The key was used for another request: take another.",
        };
        text.to_owned()
    }
}
