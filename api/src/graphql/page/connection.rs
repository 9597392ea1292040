//! The types of a connection, made by one macro so that all lists look alike.

use std::pin::Pin;
use std::sync::Arc;

use async_graphql::{Context, SimpleObject};
use entity::page::List;

use super::arguments::PageArguments;
use super::cursor::ListId;
use crate::graphql::ApiError;
use crate::graphql::context::ContextExt;

/// 分页信息（Relay 规范）。
///
/// Where a page stands in its list (Relay).
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct PageInfo {
    /// 本页之前是否还有记录。
    ///
    /// Whether rows stand before this page.
    has_previous_page: bool,
    /// 本页之后是否还有记录。
    ///
    /// Whether rows follow this page.
    has_next_page: bool,
    /// 本页首条的游标。
    ///
    /// The cursor of the first row.
    start_cursor: Option<String>,
    /// 本页末条的游标。
    ///
    /// The cursor of the last row.
    end_cursor: Option<String>,
}

/// Counts the rows of a list; asked only when `totalCount` is selected.
pub(crate) type Count = Box<dyn Fn() -> CountAnswer + Send + Sync>;
pub(crate) type CountAnswer = Pin<Box<dyn Future<Output = Result<u64, ApiError>> + Send>>;

/// A page of a list, ready for its connection type.
pub(crate) struct Listed<N> {
    pub(crate) edges: Vec<(String, N)>,
    pub(crate) info: PageInfo,
    pub(crate) count: Count,
}

/// Reads a page of a list for the viewer: checks the arguments, opens and seals cursors, and prepares the count.
pub(crate) async fn listed<L: List>(
    ctx: &Context<'_>,
    field: &str,
    list: L,
    arguments: PageArguments,
) -> Result<Listed<L::Item>, ApiError> {
    let key = ctx.cursors()?;
    let id = ListId::new(field, &list);
    let request = arguments.request(key, &id)?;
    let (db, scope) = (ctx.db()?.clone(), ctx.scope()?.clone());
    let page = list.list(&db, &scope, &request).await?;
    let edges: Vec<(String, L::Item)> = page
        .items
        .into_iter()
        .map(|item| (key.seal(&id, &list.position(&item)), item))
        .collect();
    let info = PageInfo {
        has_previous_page: page.has_previous,
        has_next_page: page.has_next,
        start_cursor: edges.first().map(|(cursor, _)| cursor.clone()),
        end_cursor: edges.last().map(|(cursor, _)| cursor.clone()),
    };
    let count: Count = Box::new(move || {
        let (db, scope, list) = (db.clone(), scope.clone(), list.clone());
        Box::pin(async move { Ok(list.count(&db, &scope).await?) })
    });
    Ok(Listed { edges, info, count })
}

/// Reads the page of a list that hangs on a parent. The plain case, the first rows, comes from an edge, so that a page
/// of parents costs one statement; the count does, too.
pub(crate) async fn nested<L, R, F, C>(
    ctx: &Context<'_>,
    field: &str,
    list: L,
    arguments: PageArguments,
    rows: R,
    count: C,
) -> Result<Listed<L::Item>, ApiError>
where
    L: List,
    L::Item: Clone + Sync,
    R: FnOnce(u64) -> F,
    F: Future<Output = Result<Arc<Vec<L::Item>>, ApiError>>,
    C: Fn() -> CountAnswer + Send + Sync + 'static,
{
    let plain = arguments.after.is_none() && arguments.last.is_none() && arguments.before.is_none();
    if !plain {
        let listed = listed(ctx, field, list, arguments).await?;
        return Ok(Listed {
            count: Box::new(count),
            ..listed
        });
    }
    let key = ctx.cursors()?;
    let id = ListId::new(field, &list);
    let request = arguments.request(key, &id)?;
    // One row more than the page tells whether another page follows.
    let rows = rows(request.limit.saturating_add(1)).await?;
    let limit = usize::try_from(request.limit).unwrap_or(usize::MAX);
    let edges: Vec<(String, L::Item)> = rows
        .iter()
        .take(limit)
        .map(|item| (key.seal(&id, &list.position(item)), item.clone()))
        .collect();
    Ok(Listed {
        info: PageInfo {
            has_previous_page: false,
            has_next_page: rows.len() > limit,
            start_cursor: edges.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: edges.last().map(|(cursor, _)| cursor.clone()),
        },
        edges,
        count: Box::new(count),
    })
}

impl<N> Listed<N> {
    /// The same page with every row turned into its type of the schema.
    pub(crate) fn map<T>(self, turn: impl Fn(N) -> T) -> Listed<T> {
        let edges = self
            .edges
            .into_iter()
            .map(|(cursor, item)| (cursor, turn(item)))
            .collect();
        Listed {
            edges,
            info: self.info,
            count: self.count,
        }
    }
}

/// Declares `XConnection` and `XEdge` for a node type.
macro_rules! connection {
    ($(#[doc = $doc:literal])+ $connection:ident, $edge:ident, $node:ty) => {
        $(#[doc = $doc])+
        pub(crate) struct $connection($crate::graphql::page::Listed<$node>);

        impl From<$crate::graphql::page::Listed<$node>> for $connection {
            fn from(listed: $crate::graphql::page::Listed<$node>) -> Self {
                Self(listed)
            }
        }

        $(#[doc = $doc])+
        #[async_graphql::Object]
        impl $connection {
            /// 记录及其游标。
            ///
            /// The rows with their cursors.
            async fn edges(&self) -> Vec<$edge> {
                self.0.edges.iter().map(|(cursor, node)| $edge { cursor: cursor.clone(), node: node.clone() }).collect()
            }

            /// 本页记录。
            ///
            /// The rows of this page.
            async fn nodes(&self) -> Vec<$node> {
                self.0.edges.iter().map(|(_, node)| node.clone()).collect()
            }

            /// 分页信息。
            ///
            /// Where the page stands in the list.
            async fn page_info(&self) -> $crate::graphql::page::PageInfo {
                self.0.info.clone()
            }

            /// 符合条件的总数；仅在选取时才计算。
            ///
            /// How many rows the list has; counted only when selected.
            async fn total_count(&self) -> Result<u64, $crate::graphql::ApiError> {
                (self.0.count)().await
            }
        }

        /// 一条记录及其游标。
        ///
        /// A row with its cursor.
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $edge {
            /// 游标，用于 `after` 与 `before`。
            ///
            /// The cursor, for `after` and `before`.
            cursor: String,
            /// 记录。
            ///
            /// The row.
            node: $node,
        }
    };
}
pub(crate) use connection;
