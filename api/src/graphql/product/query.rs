//! The root fields of products.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::product::ProductList;
use entity::record::RecordKind;

use super::input::ProductFilter;
use super::types::Product;
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::graphql::node::key_of;
use crate::graphql::page::{PageArguments, connection, listed, page_cost};
use crate::graphql::standard::OrderDirection;
use crate::loader::load;

connection! {
    /// 产品的一页。
    ///
    /// A page of products.
    ProductConnection, ProductEdge, Product
}

#[derive(Default)]
pub(crate) struct ProductQuery;

#[Object]
impl ProductQuery {
    /// 按全局标识查找产品；不存在、不可见或不是产品时为空。
    ///
    /// A product by its global id; null when there is none, when the reader may not see it, or when the id is of something else.
    async fn product(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "全局标识。\n\nThe global id.")] id: ID,
    ) -> Result<Option<Product>, ApiError> {
        let Some(key) = key_of(RecordKind::Product, &id) else {
            return Ok(None);
        };
        Ok(load(&ctx.loaders()?.product, key).await?.map(Product))
    }

    /// 产品列表。
    ///
    /// Products.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "条件。\n\nWhich ones.")] filter: Option<ProductFilter>,
        #[graphql(
            default_with = "OrderDirection::Asc",
            desc = "按键的方向；同一企业的产品相邻。\n\nThe direction, by key; the products of an enterprise stand together."
        )]
        direction: OrderDirection,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<Option<ProductConnection>, ApiError> {
        let list = ProductList {
            filter: filter.unwrap_or_default().domain()?,
            direction: direction.into(),
        };
        let listed = listed(
            ctx,
            "products",
            list,
            PageArguments {
                first,
                after,
                last,
                before,
            },
        )
        .await?;
        Ok(Some(listed.map(|one| Product(Arc::new(one))).into()))
    }
}
