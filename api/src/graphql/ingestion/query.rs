//! The root fields of runs and quarantine.

use async_graphql::{Context, Object};
use entity::ingestion::{self as domain, quarantine};

use super::input::{IngestionRunFilter, QuarantineFilter};
use super::types::{IngestionRun, QuarantineRow, QuarantineState};
use crate::graphql::error::ApiError;
use crate::graphql::page::{PageArguments, connection, listed, page_cost};

connection! {
    /// 采集批次的一页。
    ///
    /// A page of runs.
    IngestionRunConnection, IngestionRunEdge, IngestionRun
}

connection! {
    /// 隔离区的一页。
    ///
    /// A page of quarantine.
    QuarantineConnection, QuarantineEdge, QuarantineRow
}

#[derive(Default)]
pub(crate) struct IngestionQuery;

#[Object]
impl IngestionQuery {
    /// 采集批次，最新者在前。
    ///
    /// Runs, the newest first.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn ingestion_runs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "条件。\n\nWhich runs.")] filter: Option<IngestionRunFilter>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<Option<IngestionRunConnection>, ApiError> {
        let filter = filter.unwrap_or_default();
        let filter = domain::RunFilter {
            source: filter.source,
            state: filter.state.map(Into::into),
            batch: filter.batch,
        };
        let listed = listed(
            ctx,
            "ingestionRuns",
            filter,
            PageArguments {
                first,
                after,
                last,
                before,
            },
        )
        .await?;
        Ok(Some(listed.map(IngestionRun).into()))
    }

    /// 隔离区：未能收录的行。
    ///
    /// Quarantine: rows that could not be taken.
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn quarantine(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "条件。\n\nWhich rows.")] filter: Option<QuarantineFilter>,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<Option<QuarantineConnection>, ApiError> {
        let filter = filter.unwrap_or_default();
        let state = filter.state.map(|state| match state {
            QuarantineState::Open => quarantine::OPEN.to_owned(),
            QuarantineState::Resolved => quarantine::RESOLVED.to_owned(),
        });
        let filter = domain::QuarantineFilter {
            run: filter.run_id,
            source: filter.source,
            code: filter.code,
            state,
        };
        let listed = listed(
            ctx,
            "quarantine",
            filter,
            PageArguments {
                first,
                after,
                last,
                before,
            },
        )
        .await?;
        Ok(Some(listed.map(QuarantineRow).into()))
    }
}
