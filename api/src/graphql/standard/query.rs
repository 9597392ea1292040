//! The root fields of standards.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::standard::StandardList;
use entity::value::StandardNumber;

use super::input::{StandardFilter, StandardOrder};
use super::number::ParsedStandardNumber;
use super::types::Standard;
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::graphql::page::{PageArguments, connection, listed, page_cost};
use crate::loader::load;

connection! {
    /// 标准的一页。
    ///
    /// A page of standards.
    StandardConnection, StandardEdge, Standard
}

#[derive(Default)]
pub(crate) struct StandardQuery;

#[Object]
impl StandardQuery {
    /// 按编号查找标准，书写形式不限；不带年份时取目录中的最新版。未收录则为空。
    ///
    /// A standard by its number, however it is written; without a year the newest edition in the catalogue. Null when
    /// the catalogue does not hold it.
    async fn standard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "标准编号，如 GB/T 1.1-2020。\n\nThe number, such as GB/T 1.1-2020.")]
        number: String,
    ) -> Result<Option<Standard>, ApiError> {
        let number = StandardNumber::parse(&number);
        let loaders = ctx.loaders()?;
        let Some(key) = number.key() else { return Ok(None) };
        if let Some(found) = load(&loaders.standard, key.to_owned()).await? {
            return Ok(Some(Standard(found)));
        }
        match number.base().filter(|_| number.year().is_none()) {
            Some(base) => {
                let editions = load(&loaders.editions, base.to_owned()).await?;
                Ok(editions.last().cloned().map(|newest| Standard(Arc::new(newest))))
            }
            None => Ok(None),
        }
    }

    /// 标准列表。
    ///
    /// Standards.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn standards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "条件。\n\nWhich standards.")] filter: Option<StandardFilter>,
        #[graphql(desc = "次序；默认按编号升序。\n\nIn which order; by number unless told.")]
        order_by: Option<StandardOrder>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<Option<StandardConnection>, ApiError> {
        let list = StandardList {
            filter: filter.unwrap_or_default().domain()?,
            order: order_by.map(StandardOrder::domain).unwrap_or_default(),
        };
        let listed = listed(
            ctx,
            "standards",
            list,
            PageArguments {
                first,
                after,
                last,
                before,
            },
        )
        .await?;
        Ok(Some(listed.map(|standard| Standard(Arc::new(standard))).into()))
    }

    /// 解析标准编号：规范形式、连接键、层级与性质；不查目录，永不出错。
    ///
    /// Reads a standard number: canonical form, key, level and nature. It does not look into the catalogue and never
    /// fails.
    async fn parse_standard_number(
        &self,
        #[graphql(desc = "编号原文。\n\nThe number as written.")] text: String,
    ) -> Option<ParsedStandardNumber> {
        Some(ParsedStandardNumber(StandardNumber::parse(&text)))
    }
}
