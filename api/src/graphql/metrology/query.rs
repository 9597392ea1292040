//! The root fields of instruments, and the list on an enterprise.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::metrology::{InstrumentFilter as DomainFilter, InstrumentList, Parent};
use entity::record::RecordKind;

use super::input::{InstrumentFilter, InstrumentOrder};
use super::types::MeasuringInstrument;
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::graphql::node::key_of;
use crate::graphql::page::{CountAnswer, PageArguments, connection, listed, nested, page_cost};
use crate::loader::load;

connection! {
    /// 计量器具的一页。
    ///
    /// A page of instruments.
    InstrumentConnection, InstrumentEdge, MeasuringInstrument
}

#[derive(Default)]
pub(crate) struct MetrologyQuery;

#[Object]
impl MetrologyQuery {
    /// 按全局标识查找计量器具；不存在、不可见或不是计量器具时为空。
    ///
    /// An instrument by its global id; null when there is none, when the reader may not see it, or when the id is of something else.
    async fn instrument(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "全局标识。\n\nThe global id.")] id: ID,
    ) -> Result<Option<MeasuringInstrument>, ApiError> {
        let Some(key) = key_of(RecordKind::MeasuringInstrument, &id) else {
            return Ok(None);
        };
        Ok(load(&ctx.loaders()?.instrument, key)
            .await?
            .map(MeasuringInstrument))
    }

    /// 强制检定计量器具列表；仅所在辖区工作人员和使用单位可见。
    ///
    /// Measuring instruments under mandatory verification; for staff of the district and for the owner only.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn instruments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "条件。\n\nWhich ones.")] filter: Option<InstrumentFilter>,
        #[graphql(desc = "次序；默认按键升序。\n\nIn which order; by key unless told.")] order_by: Option<
            InstrumentOrder,
        >,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<Option<InstrumentConnection>, ApiError> {
        let filter = filter.unwrap_or_default().domain(ctx.day(None)?)?;
        let list = InstrumentOrder::list(order_by, filter);
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let listed = listed(ctx, "instruments", list, arguments).await?;
        Ok(Some(listed.map(|one| MeasuringInstrument(Arc::new(one))).into()))
    }
}

/// The instruments of an enterprise, or those that name a type approval, as a connection.
pub(crate) async fn instruments_of(
    ctx: &Context<'_>,
    parent: Parent,
    key: &str,
    arguments: PageArguments,
) -> Result<InstrumentConnection, ApiError> {
    let of = Some(key.to_owned());
    let list = InstrumentList {
        filter: match parent {
            Parent::Enterprise => DomainFilter {
                owner: of,
                ..DomainFilter::default()
            },
            Parent::TypeApproval => DomainFilter {
                type_approval: of,
                ..DomainFilter::default()
            },
        },
        ..InstrumentList::default()
    };
    let loaders = ctx.loaders()?;
    let rows = |limit| load(&loaders.instruments, (parent, key.to_owned(), limit));
    let (shared, of) = (ctx.shared_loaders()?, key.to_owned());
    let count = move || -> CountAnswer {
        let (shared, of) = (shared.clone(), of.clone());
        Box::pin(async move { load(&shared.instrument_counts, (parent, of)).await })
    };
    let listed = nested(ctx, "instruments", list, arguments, rows, count).await?;
    Ok(listed.map(|one| MeasuringInstrument(Arc::new(one))).into())
}
