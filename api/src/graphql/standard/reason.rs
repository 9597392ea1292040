//! Why a status holds.

use async_graphql::Object;
use entity::standard::StatusReason as Reason;

use super::vocabulary::Lang;
use crate::graphql::scalar::Date;

/// The reason for a status, for the schema.
pub(crate) struct StatusReason(pub(crate) Reason);

/// 状态的理由：适用的规则与依据的事实。
///
/// The reason for a status: the rule that decided and the facts that it used.
#[Object]
impl StatusReason {
    /// 适用的规则，固定代码。
    ///
    /// The rule that decided, a stable word.
    async fn rule(&self) -> &str {
        self.0.rule.as_str()
    }

    /// 理由的一句话说明。
    ///
    /// The reason in one sentence.
    async fn because(
        &self,
        #[graphql(default_with = "Lang::Zh", desc = "语言。\n\nThe language.")] lang: Lang,
    ) -> String {
        match lang {
            Lang::Zh => self.0.because_zh(),
            Lang::En => self.0.because_en(),
        }
    }

    /// 起决定作用的日期。
    ///
    /// The date that decided.
    async fn decided_by(&self) -> Option<Date> {
        self.0.decided_by.map(Date)
    }

    /// 是否虽判为现行、而全部代替它的标准也已实施。
    ///
    /// Whether a full successor is in force although the standard is said to be in force, too.
    async fn successor_in_force(&self) -> bool {
        self.0.successor_in_force()
    }
}
