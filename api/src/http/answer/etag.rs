//! The tag of an answer to `GET`: equal tags, equal data.

use actix_web::HttpRequest;
use actix_web::http::header::IF_NONE_MATCH;
use async_graphql::Value;

/// The tag of data. It is made of the data itself and not of the position of the feed: provenance, runs and the day in China
/// change an answer, too.
pub(super) fn of(data: &Value) -> Option<String> {
    let bytes = serde_json::to_vec(data).ok()?;
    Some(format!("W/\"{}\"", entity::record::sha256_hex(&bytes)))
}

/// Whether the client holds data of this tag.
pub(super) fn known(http: &HttpRequest, tag: &str) -> bool {
    let held = http
        .headers()
        .get_all(IF_NONE_MATCH)
        .filter_map(|tags| tags.to_str().ok());
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    held.flat_map(|tags| tags.split(','))
        .any(|held| held.trim() == "*" || bare(held) == bare(tag))
}
