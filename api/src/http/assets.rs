//! The query page: GraphiQL and its examples, out of the binary; no request leaves the origin.

use std::borrow::Cow;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Assets;

/// The page itself.
pub(super) async fn index(http: HttpRequest) -> HttpResponse {
    answer(&http, "index.html")
}

/// A file of the page.
pub(super) async fn file(http: HttpRequest, path: web::Path<String>) -> HttpResponse {
    answer(&http, &path)
}

fn answer(http: &HttpRequest, path: &str) -> HttpResponse {
    let Some(asset) = Assets::get(path) else {
        return HttpResponse::NotFound().body("there is no such file");
    };
    let tag = format!("\"{}\"", entity::record::hex(&asset.metadata.sha256_hash()));
    let known = http
        .headers()
        .get(IF_NONE_MATCH)
        .and_then(|tags| tags.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag)) {
        return HttpResponse::NotModified().insert_header((ETAG, tag)).finish();
    }
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media_type(path)))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .insert_header((ETAG, tag))
        .body(match asset.data {
            Cow::Borrowed(file) => Bytes::from_static(file),
            Cow::Owned(file) => Bytes::from(file),
        })
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    }
}
