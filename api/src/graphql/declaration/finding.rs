//! Findings, judged with everything around a declaration.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use chrono::NaiveDate;
use entity::declaration as domain;

use super::types::Declaration;
use super::vocabulary::{FindingRule, Severity};
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::graphql::page::capped;
use crate::graphql::standard::Lang;
use crate::loader::load;

/// A finding with the declaration that it is about.
pub(crate) struct Finding {
    finding: domain::Finding,
    declaration: Arc<domain::Declaration>,
}

/// 导致问题的一个值。
///
/// A value that led to a finding.
#[derive(SimpleObject)]
pub(crate) struct FindingValue {
    /// 值的名称，固定代码。
    ///
    /// What the value is, a stable word.
    name: &'static str,
    /// 值。
    ///
    /// The value.
    value: String,
}

impl FindingValue {
    /// A value by what it is.
    pub(crate) fn of((name, value): &(&'static str, String)) -> Self {
        Self {
            name,
            value: value.clone(),
        }
    }
}

/// 问题线索：规则、依据、严重程度与导致它的值；供人核实，不是处理决定。
///
/// A finding: the rule, what it rests on, how much it matters, and the values that led to it. A person has to verify it.
#[Object]
impl Finding {
    /// 规则。
    ///
    /// The rule.
    async fn rule(&self) -> FindingRule {
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

    /// 所涉自我声明。
    ///
    /// The declaration that it is about.
    async fn declaration(&self) -> Declaration {
        Declaration(self.declaration.clone())
    }
}

/// The findings of a declaration on a day.
pub(crate) async fn of_declaration(
    ctx: &Context<'_>,
    declaration: Arc<domain::Declaration>,
    day: NaiveDate,
) -> Result<Vec<Finding>, ApiError> {
    let found = load(&ctx.loaders()?.findings, (declaration.key.clone(), day)).await?;
    Ok(found
        .iter()
        .map(|finding| Finding {
            finding: finding.clone(),
            declaration: declaration.clone(),
        })
        .collect())
}
