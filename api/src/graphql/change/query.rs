//! The root field of the change feed.

use async_graphql::{Context, Object};
use entity::change::{self, Crossed};
use entity::{Database, Scope};

use super::cursor::{Crossing, Cursor, FeedKey};
use super::types::{Change, ChangePage};
use crate::graphql::ApiError;
use crate::graphql::context::ContextExt;
use crate::graphql::page::{page_cost, page_size};

#[derive(Default)]
pub(crate) struct ChangeQuery;

#[Object]
impl ChangeQuery {
    /// 变更日志：`after` 之后对本读者可见的变更，先后有序，至少送达一次。读者的可见范围有变时，先告知离开与进入的记录。
    ///
    /// The change feed: what this reader may see of the changes behind `after`, in one order, at least once. When the reader may see
    /// other records than at its last call, it is told first which ones left and which ones entered its view.
    /// `CURSOR_INVALID` refuses a cursor of another reader or of none, `CURSOR_EPOCH_CHANGED` one from before a restore: begin anew
    /// without a cursor.
    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "取几条，1 至 200，默认 20。\n\nHow many, 1 to 200, 20 unless told.")] first: Option<
            i32,
        >,
        #[graphql(
            desc = "上次的 `endCursor`；没有则从头开始。\n\nThe `endCursor` of the last call; from the start without one."
        )]
        after: Option<String>,
    ) -> Result<Option<ChangePage>, ApiError> {
        let (db, scope) = (ctx.db()?, ctx.scope()?);
        let most = page_size(first)?;
        let key = ctx
            .data::<FeedKey>()
            .map_err(|error| ApiError::internal(&error.message))?;
        let reader = ctx.identity()?.person();
        let head = change::head(db, scope).await?;
        let from = match after {
            Some(cursor) => key.open(&reader, &cursor).ok_or(ApiError::CursorInvalid)?,
            None => Cursor::at(&head.epoch, 0, scope),
        };
        if from.epoch != head.epoch {
            return Err(ApiError::CursorEpochChanged);
        }
        let stretch = if from.crossing.is_none() && from.scope == scope.spec() {
            follow(db, scope, from, most).await?
        } else {
            cross(db, scope, from, most).await?
        };
        Ok(Some(ChangePage {
            end_cursor: key.seal(&reader, &stretch.end)?,
            nodes: stretch.events.into_iter().map(Change).collect(),
            has_next_page: stretch.has_more,
        }))
    }
}

/// What was found behind a cursor.
struct Stretch {
    events: Vec<change::feed::Model>,
    end: Cursor,
    has_more: bool,
}

/// The events behind the position.
async fn follow(db: &Database, scope: &Scope, from: Cursor, most: u64) -> Result<Stretch, ApiError> {
    let mut events = change::events_after(db, scope, from.position, most + 1).await?;
    let wanted = usize::try_from(most).unwrap_or(usize::MAX);
    let has_more = events.len() > wanted;
    events.truncate(wanted);
    let position = events.last().map_or(from.position, |last| last.pos);
    Ok(Stretch {
        events,
        end: Cursor { position, ..from },
        has_more,
    })
}

/// What left the view of the reader, and then what entered it, because the reader itself changed.
async fn cross(db: &Database, scope: &Scope, from: Cursor, most: u64) -> Result<Stretch, ApiError> {
    let was = Scope::from_spec(&from.scope).ok_or(ApiError::CursorInvalid)?;
    let half = from.crossing.as_ref();
    if half.is_some_and(|half| half.to != scope.spec()) {
        // It changed again before all was told; what was told cannot be taken back from here.
        return Err(ApiError::CursorInvalid);
    }
    let has_left = half.is_some_and(|half| half.has_left);
    let after = half.and_then(|half| half.after.as_ref());
    let crossed = if has_left { Crossed::Entered } else { Crossed::Left };
    let found = change::crossings(db, (&was, scope), crossed, from.position, after, most).await?;
    let crossing = Crossing {
        to: scope.spec(),
        has_left: has_left || found.next.is_none(),
        after: found.next.clone(),
    };
    let is_over = has_left && found.next.is_none();
    let end = if is_over {
        Cursor::at(&from.epoch, from.position, scope)
    } else {
        Cursor {
            crossing: Some(crossing),
            ..from
        }
    };
    Ok(Stretch {
        events: found.events,
        end,
        has_more: true,
    })
}
