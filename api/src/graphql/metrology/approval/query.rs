//! The root fields of type approvals.

use std::sync::Arc;

use async_graphql::{Context, Object};

use super::input::{TypeApprovalFilter, TypeApprovalOrder};
use super::types::TypeApproval;
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::graphql::metrology::input::approval_number;
use crate::graphql::page::{PageArguments, connection, listed, page_cost};
use crate::loader::load;

connection! {
    /// 型式批准的一页。
    ///
    /// A page of type approvals.
    TypeApprovalConnection, TypeApprovalEdge, TypeApproval
}

#[derive(Default)]
pub(crate) struct TypeApprovalQuery;

#[Object]
impl TypeApprovalQuery {
    /// 按证书编号（CPA）查找计量器具型式批准；未收录则为空。
    ///
    /// A type approval by the number of its certificate (CPA); null when the hub does not hold it.
    async fn type_approval(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "证书编号，书写形式不限，如 2021F123-32。\n\nThe number in any spelling, such as 2021F123-32."
        )]
        number: String,
    ) -> Result<Option<TypeApproval>, ApiError> {
        let key = approval_number("number", &number)?;
        Ok(load(&ctx.loaders()?.type_approval, key).await?.map(TypeApproval))
    }

    /// 计量器具型式批准列表。
    ///
    /// Type approvals of measuring instruments.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn type_approvals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "条件。\n\nWhich ones.")] filter: Option<TypeApprovalFilter>,
        #[graphql(desc = "次序；默认按证书编号升序。\n\nIn which order; by number unless told.")]
        order_by: Option<TypeApprovalOrder>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<Option<TypeApprovalConnection>, ApiError> {
        let list = TypeApprovalOrder::list(order_by, filter.unwrap_or_default().domain()?);
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let listed = listed(ctx, "typeApprovals", list, arguments).await?;
        Ok(Some(listed.map(|one| TypeApproval(Arc::new(one))).into()))
    }
}
