//! The root fields of declarations.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::record::RecordKind;

use super::input::{DeclarationFilter, DeclarationOrder};
use super::types::Declaration;
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::graphql::node::key_of;
use crate::graphql::page::{PageArguments, connection, listed, page_cost};
use crate::loader::load;

connection! {
    /// 自我声明的一页。
    ///
    /// A page of declarations.
    DeclarationConnection, DeclarationEdge, Declaration
}

#[derive(Default)]
pub(crate) struct DeclarationQuery;

#[Object]
impl DeclarationQuery {
    /// 按全局标识查找自我声明；不存在、不可见或不是声明时为空。
    ///
    /// A declaration by its global id; null when there is none, when the reader may not see it, or when the id is of
    /// something else.
    async fn declaration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "全局标识。\n\nThe global id.")] id: ID,
    ) -> Result<Option<Declaration>, ApiError> {
        let Some(key) = key_of(RecordKind::Declaration, &id) else {
            return Ok(None);
        };
        Ok(load(&ctx.loaders()?.declaration, key).await?.map(Declaration))
    }

    /// 自我声明列表。
    ///
    /// Declarations.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn declarations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "条件。\n\nWhich ones.")] filter: Option<DeclarationFilter>,
        #[graphql(desc = "次序；默认按键升序。\n\nIn which order; by key unless told.")] order_by: Option<
            DeclarationOrder,
        >,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<Option<DeclarationConnection>, ApiError> {
        let list = DeclarationOrder::list(order_by, filter.unwrap_or_default().domain(ctx)?);
        let listed = listed(
            ctx,
            "declarations",
            list,
            PageArguments {
                first,
                after,
                last,
                before,
            },
        )
        .await?;
        Ok(Some(listed.map(|one| Declaration(Arc::new(one))).into()))
    }
}
