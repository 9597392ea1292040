//! What GraphQL and the paths of sync clients have in common: where a reader stands in the feed, and what it asks for out of it.

mod asked;
mod cursor;

use entity::access::Identity;
use entity::change::Head;
use entity::{Database, Scope};

pub(crate) use asked::narrowed;
pub(crate) use cursor::{Crossing, Cursor, FeedKey, SnapshotPlace};

/// The cursor for `changes(after:)` at a place of the feed, for everybody who shows no token.
pub async fn public_cursor(
    db: &Database,
    scope: &Scope,
    head: &Head,
) -> Result<Option<String>, entity::Error> {
    let key = FeedKey::new(&db.secret("cursor").await?);
    let cursor = Cursor::at(&head.epoch, head.position, scope);
    Ok(key.seal(&Identity::public().person(), &cursor).ok())
}
