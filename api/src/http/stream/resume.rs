//! The id of an event: the position of the feed that it told. A client that lost its connection sends the last one.

use actix_web::HttpRequest;
use entity::change::Head;

/// A position as the id of an event.
pub(super) fn text(head: &Head) -> String {
    format!("{}:{}", head.epoch, head.position)
}

/// The position that a client was told last; one that cannot be read counts as none, and everything is told anew.
pub(super) fn since(http: &HttpRequest) -> Option<Head> {
    let id = http.headers().get("last-event-id")?.to_str().ok()?;
    let (epoch, position) = id.rsplit_once(':')?;
    Some(Head {
        epoch: epoch.to_owned(),
        position: position.parse().ok()?,
        pruned: 0,
    })
}
