//! Paths for clients that keep a copy: the snapshot to begin with, and the sums to check it by. Everything is lines of JSON, the last
//! of which tells that nothing is missing.

mod lines;
mod reconciliation;
mod snapshot;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, HttpResponseBuilder};
use entity::Scope;
use entity::change::{self, Head};

pub(super) use reconciliation::{rows, sums};
pub(super) use snapshot::part;

use super::answer::Answer;
use super::door::Door;
use super::entrance::Guest;
use super::refused::Refused;
use crate::feed::{Cursor, narrowed};
use crate::graphql::ApiError;

/// What a reader asks for out of what it may see, and its name in cursors.
fn asked(guest: &Guest) -> Result<(Scope, String), Refused> {
    let (kinds, regions) = (guest.parameters.list("kinds"), guest.parameters.list("regions"));
    let scope = narrowed(&guest.scope, &kinds, &regions).map_err(Refused::bad)?;
    Ok((scope, guest.caller.identity.person()))
}

/// The newest place of the feed for a reader.
async fn newest(door: &Door, scope: &Scope) -> Result<Head, Refused> {
    let head = change::head(&door.db, scope).await.map_err(ApiError::from)?;
    Ok(Head {
        position: head.position.max(head.pruned),
        ..head
    })
}

/// The place that a reader names by `at`, or the newest.
async fn place(door: &Door, guest: &Guest, scope: &Scope, reader: &str) -> Result<Head, Refused> {
    let head = newest(door, scope).await?;
    let Some(cursor) = guest.parameters.value("at") else {
        return Ok(head);
    };
    let cursor: Cursor = door
        .feed_key
        .open(reader, cursor)
        .filter(|cursor: &Cursor| cursor.scope == scope.spec() && cursor.crossing.is_none())
        .ok_or(ApiError::CursorInvalid)?;
    if cursor.epoch != head.epoch {
        return Err(ApiError::CursorEpochChanged.into());
    }
    if cursor.position < head.pruned {
        return Err(ApiError::CursorExpired.into());
    }
    Ok(Head {
        position: cursor.position,
        ..head
    })
}

fn response() -> HttpResponseBuilder {
    let mut response = HttpResponse::build(StatusCode::OK);
    Answer::default().head(&mut response);
    response
        .insert_header((CONTENT_TYPE, "application/x-ndjson; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "no-store"));
    response
}
