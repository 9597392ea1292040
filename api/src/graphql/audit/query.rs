//! The root field of the audit trail.

use async_graphql::{Context, Object};

use super::input::AuditEntryFilter;
use super::types::AuditEntry;
use crate::graphql::error::ApiError;
use crate::graphql::page::{PageArguments, connection, listed, page_cost};

connection! {
    /// 审计日志的一页。
    ///
    /// A page of the audit trail.
    AuditEntryConnection, AuditEntryEdge, AuditEntry
}

#[derive(Default)]
pub(crate) struct AuditQuery;

#[Object]
impl AuditQuery {
    /// 审计日志，最新者在前；需要权限 `READ_AUDIT`，没有则为空列表。
    ///
    /// The audit trail, the newest first. It takes the permission `READ_AUDIT`; without it the list is empty.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn audit_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "条件。\n\nWhich entries.")] filter: Option<AuditEntryFilter>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<Option<AuditEntryConnection>, ApiError> {
        let filter = filter.unwrap_or_default().domain();
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let listed = listed(ctx, "auditEntries", filter, arguments).await?;
        Ok(Some(listed.map(AuditEntry).into()))
    }
}
