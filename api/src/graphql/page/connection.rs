//! The types of a connection, made by one macro so that all lists look alike.

use std::pin::Pin;

use async_graphql::SimpleObject;
use entity::page::{Page, Position};

use super::cursor::{CursorKey, ListId};
use crate::graphql::ApiError;

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
type CountAnswer = Pin<Box<dyn Future<Output = Result<u64, ApiError>> + Send>>;

/// Seals a cursor for every row, and tells where the page stands.
pub(crate) fn edges_and_info<M>(
    key: &CursorKey,
    list: &ListId,
    page: Page<M>,
    place: impl Fn(&M) -> Position,
) -> (Vec<(String, M)>, PageInfo) {
    let edges: Vec<(String, M)> = page
        .items
        .into_iter()
        .map(|item| (key.seal(list, &place(&item)), item))
        .collect();
    let info = PageInfo {
        has_previous_page: page.has_previous,
        has_next_page: page.has_next,
        start_cursor: edges.first().map(|(cursor, _)| cursor.clone()),
        end_cursor: edges.last().map(|(cursor, _)| cursor.clone()),
    };
    (edges, info)
}

/// Declares `XConnection` and `XEdge` for a node type.
macro_rules! connection {
    ($(#[doc = $doc:literal])+ $connection:ident, $edge:ident, $node:ty) => {
        $(#[doc = $doc])+
        pub(crate) struct $connection {
            edges: Vec<(String, $node)>,
            info: $crate::graphql::page::PageInfo,
            count: $crate::graphql::page::Count,
        }

        impl $connection {
            /// A page of nodes.
            pub(crate) fn new(
                edges: Vec<(String, $node)>,
                info: $crate::graphql::page::PageInfo,
                count: $crate::graphql::page::Count,
            ) -> Self {
                Self { edges, info, count }
            }
        }

        $(#[doc = $doc])+
        #[async_graphql::Object]
        impl $connection {
            /// 记录及其游标。
            ///
            /// The rows with their cursors.
            async fn edges(&self) -> Vec<$edge> {
                self.edges.iter().map(|(cursor, node)| $edge { cursor: cursor.clone(), node: node.clone() }).collect()
            }

            /// 本页记录。
            ///
            /// The rows of this page.
            async fn nodes(&self) -> Vec<$node> {
                self.edges.iter().map(|(_, node)| node.clone()).collect()
            }

            /// 分页信息。
            ///
            /// Where the page stands in the list.
            async fn page_info(&self) -> $crate::graphql::page::PageInfo {
                self.info.clone()
            }

            /// 符合条件的总数；仅在选取时才计算。
            ///
            /// How many rows the list has; counted only when selected.
            async fn total_count(&self) -> Result<u64, $crate::graphql::ApiError> {
                (self.count)().await
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
