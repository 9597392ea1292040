//! Findings about products, and what is to be checked of them.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use chrono::NaiveDate;
use entity::product as domain;

use super::types::Product;
use super::vocabulary::{CheckItem, ProductRule};
use crate::graphql::context::ContextExt;
use crate::graphql::declaration::{FindingValue, Severity};
use crate::graphql::error::ApiError;
use crate::graphql::page::capped;
use crate::graphql::standard::Lang;
use crate::loader::load;

/// A finding with the product that it is about.
pub(crate) struct ProductFinding {
    finding: domain::ProductFinding,
    product: Arc<domain::Product>,
}

/// 产品问题线索：规则、依据、严重程度与导致它的值；供人核实，不是处理决定。
///
/// A finding about a product: the rule, what it rests on, how much it matters, and the values that led to it. A person has to verify it.
#[Object]
impl ProductFinding {
    /// 规则。
    ///
    /// The rule.
    async fn rule(&self) -> ProductRule {
        self.finding.rule.into()
    }

    /// 依据：规则编号与规章。
    ///
    /// What it rests on: the number of the rule and the regulation, in Chinese.
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

    /// 所涉产品。
    ///
    /// The product that it is about.
    async fn product(&self) -> Product {
        Product(self.product.clone())
    }
}

/// 到场检查时应查的一个事项。
///
/// Something to be checked of a product on the spot.
#[derive(SimpleObject)]
pub(crate) struct ProductCheckItem {
    /// 事项。
    ///
    /// What.
    item: CheckItem,
    /// 依据：规则编号与规章。
    ///
    /// What it rests on: the number of the rule and the regulation, in Chinese.
    basis: &'static str,
}

/// The findings of a product on a day.
pub(super) async fn of_product(
    ctx: &Context<'_>,
    product: &Arc<domain::Product>,
    on: NaiveDate,
) -> Result<Vec<ProductFinding>, ApiError> {
    let found = load(&ctx.loaders()?.credit.product_findings, (product.key.clone(), on)).await?;
    Ok(capped(found.iter().map(|finding| ProductFinding {
        finding: finding.clone(),
        product: product.clone(),
    })))
}

/// What is to be checked of a product.
pub(super) fn items_of(product: &domain::Product) -> Vec<ProductCheckItem> {
    capped(
        domain::check_items(product)
            .into_iter()
            .map(|item| ProductCheckItem {
                item: item.into(),
                basis: item.basis(),
            }),
    )
}
