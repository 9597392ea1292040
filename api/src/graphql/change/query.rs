//! The root fields of the change feed.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::Scope;
use entity::change;

use super::stretch;
use super::sync_info::SyncInfo;
use super::types::{Change, ChangePage, Page};
use crate::feed::{self, Cursor, FeedKey};
use crate::graphql::ApiError;
use crate::graphql::context::ContextExt;
use crate::graphql::page::bad_input;

/// Events unless told.
const DEFAULT: i32 = 20;
/// The most events of one call.
const MOST: i32 = 1_000;

#[derive(Default)]
pub(crate) struct ChangeQuery;

#[Object]
impl ChangeQuery {
    /// 变更日志：`after` 之后对本读者可见的变更，先后有序，至少送达一次。读者的可见范围或所要的类别、区划有变时，先告知离开与进入的记录。
    ///
    /// The change feed: what this reader may see of the changes behind `after`, in one order, at least once. When the reader may see or
    /// asks for other records than at its last call, it is told first which ones left and which ones entered its view. `CURSOR_INVALID`
    /// refuses a cursor of another reader or of none, `CURSOR_EPOCH_CHANGED` one from before a restore, `CURSOR_EXPIRED` one that is
    /// older than the retention: take a new snapshot. However many are asked for, a call costs no more than 200 objects.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "取几条，1 至 1000，默认 20。内容合计到 4 MiB 即止。\n\nHow many, 1 to 1,000, 20 unless told. A stretch ends at 4 MiB of bodies."
        )]
        first: Option<i32>,
        #[graphql(
            desc = "上次的 `endCursor`；没有则从头开始。\n\nThe `endCursor` of the last call; from the start without one."
        )]
        after: Option<String>,
        #[graphql(
            desc = "只要这些类别的记录，如 `Declaration`，至多 50 种；不写则全部。\n\nOnly records of these kinds, such as `Declaration`, 50 at most; all unless told."
        )]
        kinds: Option<Vec<String>>,
        #[graphql(
            desc = "只要这些区划（含下级，GB/T 2260）的记录以及不属任何区划的记录，至多 50 个；不写则全部。\n\nOnly records of these regions and what lies in them (GB/T 2260) and of no region, 50 at most; all unless told."
        )]
        regions: Option<Vec<String>>,
    ) -> Result<Option<ChangePage>, ApiError> {
        let db = ctx.db()?;
        let wanted = first.unwrap_or(DEFAULT);
        let most = u64::try_from(wanted)
            .ok()
            .filter(|_| (1..=MOST).contains(&wanted));
        let most = most.ok_or_else(|| {
            bad_input(format!(
                "a stretch has 1 to {MOST} changes; {wanted} were asked for"
            ))
        })?;
        let scope = asked(ctx, kinds, regions)?;
        let (key, reader) = (feed_key(ctx)?, ctx.identity()?.person());
        let head = change::head(db, &scope).await?;
        let from = match after {
            Some(cursor) => key.open(&reader, &cursor).ok_or(ApiError::CursorInvalid)?,
            None => Cursor {
                begun_at: Some(head.pruned),
                ..Cursor::at(&head.epoch, 0, &scope)
            },
        };
        if from.epoch != head.epoch {
            return Err(ApiError::CursorEpochChanged);
        }
        if !from.is_within(&head) {
            return Err(ApiError::CursorExpired);
        }
        let stretch = stretch::behind(db, &scope, from, &head, most).await?;
        let count = stretch.events.len();
        let page = Arc::new(Page::new(stretch.events));
        Ok(Some(ChangePage {
            end_cursor: key.seal(&reader, &stretch.end)?,
            nodes: (0..count).map(|index| Change::new(&page, index)).collect(),
            has_next_page: stretch.has_more,
        }))
    }

    /// 同步信息：纪元、最新游标、保留期限，以及快照与对账的地址。
    ///
    /// What a sync client needs to know before it begins: the epoch, the newest cursor, how long changes are kept, and where snapshot and
    /// reconciliation are.
    async fn sync_info(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "类别，同 `changes`，至多 50 种。\n\nKinds as for `changes`, 50 at most.")]
        kinds: Option<Vec<String>>,
        #[graphql(desc = "区划，同 `changes`，至多 50 个。\n\nRegions as for `changes`, 50 at most.")]
        regions: Option<Vec<String>>,
    ) -> Result<Option<SyncInfo>, ApiError> {
        let scope = asked(ctx, kinds, regions)?;
        let head = change::head(ctx.db()?, &scope).await?;
        let (key, reader) = (feed_key(ctx)?, ctx.identity()?.person());
        Ok(Some(SyncInfo::new(ctx, key, &reader, &scope, head)?))
    }
}

fn asked(
    ctx: &Context<'_>,
    kinds: Option<Vec<String>>,
    regions: Option<Vec<String>>,
) -> Result<Scope, ApiError> {
    let (kinds, regions) = (kinds.unwrap_or_default(), regions.unwrap_or_default());
    feed::narrowed(ctx.scope()?, &kinds, &regions).map_err(bad_input)
}

fn feed_key<'a>(ctx: &Context<'a>) -> Result<&'a FeedKey, ApiError> {
    ctx.data::<FeedKey>()
        .map_err(|error| ApiError::internal(&error.message))
}
