//! What lies behind a cursor: events, or what a reader lost and won because it may see other records than before.

use entity::change::{self, Crossed, Head};
use entity::{Database, Scope};

use crate::feed::{Crossing, Cursor};
use crate::graphql::ApiError;

/// Events that one statement reads.
const STEP: u64 = 200;
/// A stretch ends behind the event with which its bodies are so large, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// What was found behind a cursor.
pub(super) struct Stretch {
    pub(super) events: Vec<change::feed::Model>,
    pub(super) end: Cursor,
    pub(super) has_more: bool,
}

/// The stretch behind a cursor, of so many events at most.
pub(super) async fn behind(
    db: &Database,
    scope: &Scope,
    from: Cursor,
    head: &Head,
    most: u64,
) -> Result<Stretch, ApiError> {
    if from.crossing.is_none() && from.scope == scope.spec() {
        follow(db, scope, from, head, most).await
    } else {
        cross(db, scope, from, most).await
    }
}

/// The events behind the position. Who was told everything stands no further back than where the feed was pruned to: nothing behind
/// that place is missing.
async fn follow(
    db: &Database,
    scope: &Scope,
    from: Cursor,
    head: &Head,
    most: u64,
) -> Result<Stretch, ApiError> {
    let mut events: Vec<change::feed::Model> = Vec::new();
    let (mut position, mut bytes, mut left) = (from.position, 0, most);
    let has_more = loop {
        let step = left.min(STEP);
        let mut found = change::events_after(db, scope, position, step + 1).await?;
        let has_more = found.len() as u64 > step;
        found.truncate(usize::try_from(step).unwrap_or(usize::MAX));
        position = found.last().map_or(position, |last| last.pos);
        bytes += found.iter().map(|event| event.body.len()).sum::<usize>();
        left -= found.len() as u64;
        events.append(&mut found);
        if !has_more || left == 0 || bytes >= LARGEST {
            break has_more;
        }
    };
    if !has_more {
        position = position.max(head.pruned);
    }
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
