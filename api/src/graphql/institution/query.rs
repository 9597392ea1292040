//! The root fields of institutions.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::value::CmaNumber;

use super::input::{InstitutionFilter, InstitutionOrder};
use super::types::TestingInstitution;
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::graphql::page::{PageArguments, bad_input, connection, listed, page_cost};
use crate::loader::load;

connection! {
    /// 检验检测机构的一页。
    ///
    /// A page of institutions.
    InstitutionConnection, InstitutionEdge, TestingInstitution
}

#[derive(Default)]
pub(crate) struct InstitutionQuery;

#[Object]
impl InstitutionQuery {
    /// 按资质认定证书编号（CMA）查找检验检测机构；未收录则为空。
    ///
    /// A testing institution by the number of its certificate (CMA); null when the hub does not hold it.
    async fn institution(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "证书编号，12 位数字。\n\nThe number, 12 digits.")] cma: String,
    ) -> Result<Option<TestingInstitution>, ApiError> {
        let Some(number) = CmaNumber::parse(&cma) else {
            return Err(bad_input(format!(
                "cma: {cma:?} is no number of a certificate: 12 digits, such as 231020340567"
            )));
        };
        let found = load(&ctx.loaders()?.institution, number.as_str().to_owned()).await?;
        Ok(found.map(TestingInstitution))
    }

    /// 检验检测机构列表。
    ///
    /// Testing institutions.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn institutions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "条件。\n\nWhich ones.")] filter: Option<InstitutionFilter>,
        #[graphql(desc = "次序；默认按证书编号升序。\n\nIn which order; by number unless told.")]
        order_by: Option<InstitutionOrder>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<Option<InstitutionConnection>, ApiError> {
        let list = InstitutionOrder::list(order_by, filter.unwrap_or_default().domain()?);
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let listed = listed(ctx, "institutions", list, arguments).await?;
        Ok(Some(listed.map(|one| TestingInstitution(Arc::new(one))).into()))
    }
}
