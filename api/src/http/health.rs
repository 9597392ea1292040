//! What a supervisor and a monitor ask: is the process alive, can it answer, what does it count.

use std::time::Duration;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};

use super::door::Door;

/// How long the database may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(1);

/// `/livez`: the process answers. A database that is gone does not come back by a restart, so it is not asked.
pub(super) async fn live() -> HttpResponse {
    text(HttpResponse::Ok(), "alive")
}

/// `/readyz`: the database answers and has the schema of this binary, and the process is not about to stop.
pub(super) async fn ready(door: web::Data<Door>) -> HttpResponse {
    if *door.stopping.borrow() {
        return text(HttpResponse::ServiceUnavailable(), "the process stops");
    }
    match tokio::time::timeout(PATIENCE, door.db.has_this_schema()).await {
        Ok(Ok(true)) => text(HttpResponse::Ok(), "ready"),
        Ok(Ok(false)) => text(
            HttpResponse::ServiceUnavailable(),
            "the database has the schema of another version: run `nqi-hub migrate` of the newest one",
        ),
        Ok(Err(_)) => text(HttpResponse::ServiceUnavailable(), "the database gives errors"),
        Err(_) => text(
            HttpResponse::ServiceUnavailable(),
            "the database does not answer within 1 s",
        ),
    }
}

/// `/metrics`.
pub(super) async fn metrics(door: web::Data<Door>) -> HttpResponse {
    match door.metrics.text() {
        Ok(figures) => HttpResponse::Ok()
            .insert_header((
                CONTENT_TYPE,
                "application/openmetrics-text; version=1.0.0; charset=utf-8",
            ))
            .insert_header((CACHE_CONTROL, "no-store"))
            .body(figures),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

fn text(mut response: actix_web::HttpResponseBuilder, text: &'static str) -> HttpResponse {
    response
        .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(text)
}
