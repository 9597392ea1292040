//! The standing of an instrument on a day, and findings about it.

use std::sync::Arc;

use async_graphql::Object;
use entity::metrology as domain;

use super::types::MeasuringInstrument;
use super::vocabulary::{InstrumentRule, StandingReason};
use crate::graphql::declaration::{FindingValue, Severity};
use crate::graphql::page::capped;
use crate::graphql::scalar::Date;
use crate::graphql::standard::Lang;

/// A standing for the schema.
pub(crate) struct InstrumentStanding(pub(crate) domain::Standing);

/// 计量器具在某日的检定状况：到期日当日不算超期，次日起超期；到期前 30 天内提示。
///
/// What an instrument is held to on a day: the due day itself is not overdue, the day after it is; thirty days before it the hub warns.
#[Object]
impl InstrumentStanding {
    /// 判断所依的日期。
    ///
    /// The day on which it is judged.
    async fn day(&self) -> Date {
        Date(self.0.on)
    }

    /// 到期日：下次检定或轮换的最后一日；不需检定、未经检定、检定不合格或未知时为空。
    ///
    /// The due day, the last on which the next verification or the rotation is in time; null when none is due or known.
    async fn due_on(&self) -> Option<Date> {
        self.0.due_on.map(Date)
    }

    /// 是否超期：到期日已过。
    ///
    /// Whether the due day has gone by.
    async fn overdue(&self) -> bool {
        self.0.reason.is_overdue()
    }

    /// 是否不得使用：超期、未检或检定不合格（《计量法》第九条）。
    ///
    /// Whether the law forbids its use: overdue, never verified or failed (计量法 art 9).
    async fn forbidden(&self) -> bool {
        self.0.reason.forbids_use()
    }

    /// 理由。
    ///
    /// Why.
    async fn reason(&self) -> StandingReason {
        self.0.reason.into()
    }

    /// 一句话说明。
    ///
    /// The same in one sentence.
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

/// A finding with the instrument that it is about.
pub(crate) struct InstrumentFinding {
    pub(crate) finding: domain::InstrumentFinding,
    pub(crate) instrument: Arc<domain::Instrument>,
}

/// 计量器具问题线索（R59、《计量法》第十三条）：规则、依据、严重程度与导致它的值；供人核实，不是处理决定。
///
/// A finding about an instrument (R59, 计量法 art 13): the rule, what it rests on, how much it matters, and the values that led to it. A person has to verify it.
#[Object]
impl InstrumentFinding {
    /// 规则。
    ///
    /// The rule.
    async fn rule(&self) -> InstrumentRule {
        self.finding.rule.into()
    }

    /// 依据：规则编号与法律条文。
    ///
    /// What it rests on: the number of the rule and the article of the law, in Chinese.
    async fn basis(&self) -> &str {
        self.finding.rule.basis()
    }

    /// 严重程度。
    ///
    /// How much it matters.
    async fn severity(&self) -> Severity {
        self.finding.severity.into()
    }

    /// 一句话说明。
    ///
    /// The finding in one sentence.
    async fn message(
        &self,
        #[graphql(default_with = "Lang::Zh", desc = "语言。\n\nThe language.")] lang: Lang,
    ) -> String {
        match lang {
            Lang::Zh => self.finding.message_zh(),
            Lang::En => self.finding.message_en(),
        }
    }

    /// 导致问题的值；至多 500 条。
    ///
    /// The values that led to it; 500 at most.
    async fn values(&self) -> Vec<FindingValue> {
        capped(self.finding.values.iter().map(FindingValue::of))
    }

    /// 所涉计量器具。
    ///
    /// The instrument that it is about.
    async fn instrument(&self) -> MeasuringInstrument {
        MeasuringInstrument(self.instrument.clone())
    }
}
