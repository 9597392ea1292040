//! The root fields of enterprises.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::value::SocialCreditCode;

use super::input::{EnterpriseFilter, EnterpriseOrder};
use super::types::Enterprise;
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::graphql::page::{PageArguments, bad_input, connection, listed, page_cost};
use crate::loader::load;

connection! {
    /// 企业的一页。
    ///
    /// A page of enterprises.
    EnterpriseConnection, EnterpriseEdge, Enterprise
}

#[derive(Default)]
pub(crate) struct EnterpriseQuery;

#[Object]
impl EnterpriseQuery {
    /// 按统一社会信用代码查找企业，全半角、大小写不论；未收录则为空。
    ///
    /// An enterprise by its credit code in any width and case; null when the hub does not hold it.
    async fn enterprise(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "统一社会信用代码，18 位（GB 32100-2015）。\n\nThe credit code, 18 characters (GB 32100-2015)."
        )]
        credit_code: String,
    ) -> Result<Option<Enterprise>, ApiError> {
        let Some(code) = SocialCreditCode::parse(&credit_code) else {
            return Err(bad_input(format!(
                "creditCode: {credit_code:?} is no credit code: 18 characters of 0-9 and A-Z without I, O, S, V, Z"
            )));
        };
        let found = load(&ctx.loaders()?.enterprise, code.as_str().to_owned()).await?;
        Ok(found.map(Enterprise))
    }

    /// 企业列表；以名称识别、后来查明信用代码的企业只出现一次。
    ///
    /// Enterprises; one that was known by its name before its credit code was known appears once.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn enterprises(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "条件。\n\nWhich ones.")] filter: Option<EnterpriseFilter>,
        #[graphql(desc = "次序；默认按键升序。\n\nIn which order; by key unless told.")] order_by: Option<
            EnterpriseOrder,
        >,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<Option<EnterpriseConnection>, ApiError> {
        let list = EnterpriseOrder::list(order_by, filter.unwrap_or_default().domain(ctx)?);
        let listed = listed(
            ctx,
            "enterprises",
            list,
            PageArguments {
                first,
                after,
                last,
                before,
            },
        )
        .await?;
        Ok(Some(listed.map(|one| Enterprise(Arc::new(one))).into()))
    }
}
