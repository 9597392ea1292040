//! Changes, as the schema shows them.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::access::Permission;
use entity::change;
use entity::change::feed::Model;
use entity::clock::china_day;
use entity::record::sha256_hex;
use entity::relay;
use serde_json::{Map, Value};
use tokio::sync::OnceCell;

use crate::graphql::ApiError;
use crate::graphql::context::ContextExt;
use crate::graphql::enums::member;
use crate::graphql::node::id_of;
use crate::graphql::scalar::{Date, DateTime};

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

/// 变更原因。
///
/// Why a record changed.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::change::ChangeReason")]
pub(crate) enum ChangeReason {
    /// 来源报送新的内容。
    ///
    /// A source said something new.
    Source,
    /// 重新处理：同一文件由新版适配器重读，或隔离的行重新采纳。
    ///
    /// The same file was read again by a newer adapter, or a row left quarantine.
    Reprocessing,
    /// 更正：来源就已报送过的日期重新报送同名文件。
    ///
    /// The source sent another file of the same name for a day of which it had spoken.
    Correction,
    /// 归并：确认为另一条有统一社会信用代码的记录。
    ///
    /// The record turned out to be another one, which has a credit code.
    Merge,
    /// 信用修复。
    ///
    /// A repair of credit was decided on.
    Repair,
    /// 撤回：来源收回了记录。
    ///
    /// The source took the record back.
    Withdrawal,
}

/// The events of a page, with what is looked up for all of them at once.
pub(super) struct Page {
    events: Vec<Model>,
    previous: OnceCell<HashMap<i64, String>>,
    sources: OnceCell<HashMap<String, String>>,
    claims: OnceCell<HashMap<(String, String), String>>,
}

impl Page {
    pub(super) fn new(events: Vec<Model>) -> Self {
        Self {
            events,
            previous: OnceCell::new(),
            sources: OnceCell::new(),
            claims: OnceCell::new(),
        }
    }
}

/// A change for the schema.
#[derive(Clone)]
pub(crate) struct Change {
    page: Arc<Page>,
    index: usize,
}

impl Change {
    pub(super) fn new(page: &Arc<Page>, index: usize) -> Self {
        Self {
            page: Arc::clone(page),
            index,
        }
    }

    fn event(&self) -> Result<&Model, ApiError> {
        let missing = || ApiError::internal(&"a page of changes is shorter than its list");
        self.page.events.get(self.index).ok_or_else(missing)
    }

    fn whole(&self) -> Result<Option<&str>, ApiError> {
        Ok(Some(self.event()?.body.as_str()).filter(|body| *body != "null"))
    }
}

/// The members at the top of two records that differ, in the order of their names.
fn differing(before: &str, after: &str) -> Option<Vec<String>> {
    let read = |text: &str| serde_json::from_str::<Map<String, Value>>(text).ok();
    let (before, after) = (read(before)?, read(after)?);
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differ = names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name));
    Some(differ.cloned().collect())
}

/// 一条变更。按 (id, version) 去重；版本不小于副本的版本时才应用；`LEAVE` 不论版本一律应用，并忘记版本。
///
/// A change. Whoever keeps a copy applies it if its version is no less than that of the copy. `LEAVE` counts whatever its version is, and makes the copy forget the version.
#[Object]
impl Change {
    /// 种类。
    ///
    /// What happened.
    async fn operation(&self) -> Result<Option<ChangeOperation>, ApiError> {
        Ok(member(&self.event()?.op))
    }

    /// 记录的类别，如 `Declaration`。
    ///
    /// The kind of the record, such as `Declaration`.
    async fn kind(&self) -> Result<&str, ApiError> {
        Ok(&self.event()?.kind)
    }

    /// 记录的全局标识。
    ///
    /// The global id of the record.
    async fn record_id(&self) -> Result<ID, ApiError> {
        let event = self.event()?;
        Ok(id_of(&event.kind, &event.record_key))
    }

    /// 记录的键，同类之中唯一。
    ///
    /// The key of the record, unique within its kind.
    async fn key(&self) -> Result<&str, ApiError> {
        Ok(&self.event()?.record_key)
    }

    /// 版本，内容每变一次加一。
    ///
    /// The version; it grows by one with every change of the content.
    async fn version(&self) -> Result<i64, ApiError> {
        Ok(self.event()?.version)
    }

    /// 记录所在区划的代码（GB/T 2260）；空文本为不属任何区划。
    ///
    /// The code of the region that the record lies in (GB/T 2260); an empty text is none.
    async fn region(&self) -> Result<&str, ApiError> {
        Ok(&self.event()?.region)
    }

    /// 整条记录（JSON 文本）；`DELETE` 与 `LEAVE` 没有。
    ///
    /// The whole record as a text of JSON; none with `DELETE` and `LEAVE`.
    async fn body(&self) -> Result<Option<&str>, ApiError> {
        self.whole()
    }

    /// `body` 的 SHA-256，64 位十六进制。
    ///
    /// The SHA-256 of `body`, 64 hexadecimal digits.
    async fn content_hash(&self) -> Result<Option<String>, ApiError> {
        Ok(self.whole()?.map(|body| sha256_hex(body.as_bytes())))
    }

    /// 与上一版本相比有变的成员，名称同 `body`，至多几十个；新记录或上一版本不在保留期内时没有。
    ///
    /// The members of `body` that differ from the version before, by their names in it; as many as a record has members at most. None
    /// for a new record, and where the version before is kept no longer.
    async fn changed_fields(&self, ctx: &Context<'_>) -> Result<Option<Vec<String>>, ApiError> {
        let event = self.event()?;
        let Some(body) = self.whole()? else {
            return Ok(None);
        };
        let (db, scope) = (ctx.db()?, ctx.scope()?);
        let look_up = || change::previous_bodies(db, scope, &self.page.events);
        let previous = self.page.previous.get_or_try_init(look_up).await?;
        Ok(previous
            .get(&event.pos)
            .and_then(|before| differing(before, body)))
    }

    /// 变更原因。
    ///
    /// Why the record changed.
    async fn change_reason(&self) -> Result<Option<ChangeReason>, ApiError> {
        let reason = self.event()?.reason.parse::<change::ChangeReason>().ok();
        Ok(reason.map(ChangeReason::from))
    }

    /// 报送的来源；由枢纽自身产生的变更没有。
    ///
    /// The source that brought the change; none where the hub itself made it.
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<&str>, ApiError> {
        let Some(run) = &self.event()?.run_id else {
            return Ok(None);
        };
        let mut runs: Vec<String> = self
            .page
            .events
            .iter()
            .filter_map(|event| event.run_id.clone())
            .collect();
        runs.sort_unstable();
        runs.dedup();
        let (db, scope) = (ctx.db()?, ctx.scope()?);
        let look_up = || change::sources(db, scope, &runs);
        let sources = self.page.sources.get_or_try_init(look_up).await?;
        Ok(sources.get(run).map(String::as_str))
    }

    /// 各来源对该记录的陈述（JSON 文本，见 docs/relay.md），供上级枢纽汇集；记录此刻已不在或不可见时为空列表，没有 `READ_CLAIMS` 权限时没有。
    ///
    /// What sources said of the record, as a text of JSON (docs/relay.md), for a hub above; an empty list of a record that is gone or hidden
    /// by now, and none without the permission `READ_CLAIMS`.
    async fn claims(&self, ctx: &Context<'_>) -> Result<Option<&str>, ApiError> {
        let (db, scope) = (ctx.db()?, ctx.scope()?);
        let event = self.event()?;
        if !scope.allows(Permission::ReadClaims) || self.whole()?.is_none() {
            return Ok(None);
        }
        let name = |event: &Model| (event.kind.clone(), event.record_key.clone());
        let records: Vec<_> = self.page.events.iter().map(name).collect();
        let look_up = || relay::claims_of(db, scope, &records);
        let claims = self.page.claims.get_or_try_init(look_up).await?;
        Ok(claims.get(&name(event)).map(String::as_str))
    }

    /// 变更在中国的日期，对账按此分组。
    ///
    /// The day of the change in China, by which the reconciliation counts.
    async fn day(&self) -> Result<Date, ApiError> {
        Ok(Date(china_day(self.event()?.at)))
    }

    /// 写入的时刻。
    ///
    /// When the change was written.
    async fn at(&self) -> Result<DateTime, ApiError> {
        Ok(DateTime(self.event()?.at))
    }
}

/// 变更日志的一段。
///
/// A stretch of the change feed.
#[derive(SimpleObject)]
pub(crate) struct ChangePage {
    /// 变更，先后有序；至多 1000 条。
    ///
    /// The changes in their order; 1,000 at most.
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
