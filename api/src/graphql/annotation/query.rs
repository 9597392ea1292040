//! The root field of annotations, and the list on a declaration.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::annotation::{AnnotationFilter as DomainFilter, AnnotationList, Parent};
use entity::page::Direction;

use super::input::AnnotationFilter;
use super::types::Annotation;
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::graphql::page::{CountAnswer, PageArguments, connection, listed, nested, page_cost};
use crate::graphql::standard::OrderDirection;
use crate::loader::load;

connection! {
    /// 监管批注的一页。
    ///
    /// A page of annotations.
    AnnotationConnection, AnnotationEdge, Annotation
}

#[derive(Default)]
pub(crate) struct AnnotationQuery;

#[Object]
impl AnnotationQuery {
    /// 监管批注列表；未发布的仅本辖区工作人员可见。
    ///
    /// Annotations; before publication for staff of the district only.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page_cost(first, last, child_complexity)")]
    async fn annotations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "条件。\n\nWhich ones.")] filter: Option<AnnotationFilter>,
        #[graphql(
            default_with = "OrderDirection::Desc",
            desc = "按最近写入时刻的方向，默认新的在前。\n\nThe direction, by when they were last written; the newest first unless told."
        )]
        direction: OrderDirection,
        #[graphql(
            desc = "自前取几条，1 至 200，默认 20。\n\nHow many from the start, 1 to 200, 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "此游标之后。\n\nBehind this cursor.")] after: Option<String>,
        #[graphql(desc = "自后取几条，1 至 200。\n\nHow many from the end, 1 to 200.")] last: Option<i32>,
        #[graphql(desc = "此游标之前。\n\nBefore this cursor.")] before: Option<String>,
    ) -> Result<Option<AnnotationConnection>, ApiError> {
        let list = AnnotationList {
            filter: filter.unwrap_or_default().domain()?,
            direction: direction.into(),
        };
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let listed = listed(ctx, "annotations", list, arguments).await?;
        Ok(Some(listed.map(|one| Annotation(Arc::new(one))).into()))
    }
}

/// The annotations on a declaration as a connection, newest first.
pub(crate) async fn annotations_of(
    ctx: &Context<'_>,
    key: &str,
    arguments: PageArguments,
) -> Result<AnnotationConnection, ApiError> {
    let list = AnnotationList {
        filter: DomainFilter {
            declaration: Some(key.to_owned()),
            ..DomainFilter::default()
        },
        direction: Direction::Desc,
    };
    let loaders = ctx.loaders()?;
    let parent = Parent::Declaration;
    let rows = |limit| load(&loaders.annotations, (parent, key.to_owned(), limit));
    let (shared, owner) = (ctx.shared_loaders()?, key.to_owned());
    let count = move || -> CountAnswer {
        let (shared, owner) = (shared.clone(), owner.clone());
        Box::pin(async move { load(&shared.annotation_counts, (parent, owner)).await })
    };
    let listed = nested(ctx, "annotations", list, arguments, rows, count).await?;
    Ok(listed.map(|one| Annotation(Arc::new(one))).into())
}
