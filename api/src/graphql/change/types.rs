//! Changes, as the schema shows them.

use async_graphql::{Enum, ID, Object, SimpleObject};
use entity::change::feed::Model;

use crate::graphql::enums::member;
use crate::graphql::node::id_of;
use crate::graphql::scalar::DateTime;

/// 变更的种类。
///
/// What happened to a record, as this reader sees it.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum ChangeOperation {
    /// 新增，或者内容有变。
    ///
    /// The record is new or has new content.
    Upsert,
    /// 来源已删除或已撤回。
    ///
    /// The record is gone at its source, or was taken back.
    Delete,
    /// 进入可见范围：解除限制、迁入本辖区或权限扩大。
    ///
    /// The record came into view: an embargo was lifted, it moved into the district, or the reader may see more.
    Enter,
    /// 离开可见范围：记录仍在，但不再可见，应删除副本。
    ///
    /// The record left the view: it goes on elsewhere, and a copy of it has to be dropped.
    Leave,
}

/// A change for the schema.
#[derive(Clone)]
pub(crate) struct Change(pub(super) Model);

/// 一条变更。按 (id, version) 去重；版本不小于副本的版本时才应用，`LEAVE` 之后忘记版本。
///
/// A change. Whoever keeps a copy applies it if its version is no less than that of the copy, and forgets the version at `LEAVE`.
#[Object]
impl Change {
    /// 种类。
    ///
    /// What happened.
    async fn operation(&self) -> Option<ChangeOperation> {
        member(&self.0.op)
    }

    /// 记录的类别，如 `Declaration`。
    ///
    /// The kind of the record, such as `Declaration`.
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// 记录的全局标识。
    ///
    /// The global id of the record.
    async fn record_id(&self) -> ID {
        id_of(&self.0.kind, &self.0.record_key)
    }

    /// 记录的键，同类之中唯一。
    ///
    /// The key of the record, unique within its kind.
    async fn key(&self) -> &str {
        &self.0.record_key
    }

    /// 版本，内容每变一次加一。
    ///
    /// The version; it grows by one with every change of the content.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// 整条记录（JSON 文本）；`DELETE` 与 `LEAVE` 没有。
    ///
    /// The whole record as a text of JSON; none with `DELETE` and `LEAVE`.
    async fn body(&self) -> Option<&str> {
        let body = self.0.body.as_str();
        (body != "null").then_some(body)
    }

    /// 写入的时刻。
    ///
    /// When the change was written.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}

/// 变更日志的一段。
///
/// A stretch of the change feed.
#[derive(SimpleObject)]
pub(crate) struct ChangePage {
    /// 变更，先后有序；至多 200 条。
    ///
    /// The changes in their order; 200 at most.
    pub(super) nodes: Vec<Change>,
    /// 读到何处；下次作为 `after` 给出。没有变更时也有。
    ///
    /// Where the reader stands now, for `after` of the next call. It is there without changes, too.
    pub(super) end_cursor: String,
    /// 此刻是否还有。
    ///
    /// Whether there is more at this moment. A stretch may be empty although there is.
    pub(super) has_next_page: bool,
}
