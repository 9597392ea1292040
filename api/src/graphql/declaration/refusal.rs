//! Why a submission is refused.

use async_graphql::{Enum, Object};
use entity::declaration as domain;

use super::vocabulary::FindingRule;
use crate::graphql::standard::Lang;

/// 不予受理的原因。
///
/// Why a request was refused.
pub(crate) struct DeclarationRefusal(pub(super) domain::Refusal);

/// 不予受理的原因：代码、位置、依据与说明。
///
/// Why a request was refused: a code, the place in the request, what it rests on, and a sentence.
#[Object]
impl DeclarationRefusal {
    /// 原因。
    ///
    /// The reason.
    async fn reason(&self) -> RefusalReason {
        self.0.reason.into()
    }

    /// 请求中的位置，如 `content.products`；与具体字段无关时为空。
    ///
    /// The place in the request, such as `content.products`; null when it is about no field.
    async fn field(&self) -> Option<&str> {
        self.0.field
    }

    /// 违反的规则；原因为 RULE_VIOLATED 时给出。
    ///
    /// The rule that it would break, with RULE_VIOLATED.
    async fn rule(&self) -> Option<FindingRule> {
        self.0.finding.as_ref().map(|finding| finding.rule.into())
    }

    /// 规则的依据。
    ///
    /// What the rule rests on, in Chinese.
    async fn basis(&self) -> Option<&str> {
        self.0.finding.as_ref().map(|finding| finding.rule.basis())
    }

    /// 一句话说明，含办法。
    ///
    /// One sentence with the remedy.
    async fn message(
        &self,
        #[graphql(default_with = "Lang::Zh", desc = "语言。\n\nThe language.")] lang: Lang,
    ) -> String {
        match lang {
            Lang::Zh => self.0.message_zh(),
            Lang::En => self.0.message_en(),
        }
    }
}

/// 不予受理的原因代码。
///
/// The codes of refusals.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::declaration::RefusalReason")]
pub(crate) enum RefusalReason {
    /// 未对该用户开放声明。
    ///
    /// The hub takes no declarations from this reader.
    NotOpen,
    /// 统一社会信用代码无效。
    ///
    /// The credit code is none.
    CreditCodeInvalid,
    /// 缺少企业名称。
    ///
    /// The name of the enterprise is missing, and the hub does not know it.
    EnterpriseNameMissing,
    /// 企业已注销、撤销或被吊销。
    ///
    /// The enterprise was deregistered or annulled, or its licence revoked.
    EnterpriseGone,
    /// 行政区划代码无效。
    ///
    /// The code of the region is none.
    RegionInvalid,
    /// 未填写产品。
    ///
    /// No product is named.
    ProductsMissing,
    /// 发布日期晚于今日。
    ///
    /// Published after today.
    PublishedInFuture,
    /// 违反规则，见 `rule`。
    ///
    /// Against a rule: see `rule`.
    RuleViolated,
    /// 已声明且仍有效。
    ///
    /// Declared before, and that declaration holds.
    AlreadyDeclared,
    /// 没有这项声明，或无权查看。
    ///
    /// There is no such declaration, or the reader may not see it.
    NotDeclared,
    /// 在其他平台声明。
    ///
    /// Declared on another platform.
    DeclaredElsewhere,
    /// 声明已失效。
    ///
    /// The declaration has ended.
    Ended,
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
}
