//! `POST /graphql`.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, web};
use async_graphql::{Request, Response, ServerError, Value, value};
use entity::{Scope, change};

use super::server::Door;

/// How long a query may take.
const EXECUTION: Duration = Duration::from_secs(10);

/// Runs one query. A body that is no JSON, too large, or no GraphQL request is refused before anything runs.
pub(super) async fn execute(
    door: web::Data<Door>,
    http: HttpRequest,
    body: actix_web::Result<web::Bytes>,
) -> HttpResponse {
    let json = http
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let json = json.is_some_and(|kind| {
        kind.split(';')
            .next()
            .is_some_and(|kind| kind.trim() == "application/json")
    });
    if !json {
        return refused(
            HttpResponse::UnsupportedMediaType(),
            "BAD_REQUEST",
            "send content-type: application/json",
        );
    }
    let body = match body {
        Ok(body) => body,
        Err(error) if error.as_response_error().status_code() == StatusCode::PAYLOAD_TOO_LARGE => {
            let remedy = "the body is larger than 64 KiB: ask for less at once";
            return refused(HttpResponse::PayloadTooLarge(), "PAYLOAD_TOO_LARGE", remedy);
        }
        Err(_) => {
            return refused(
                HttpResponse::BadRequest(),
                "BAD_REQUEST",
                "the body did not arrive whole",
            );
        }
    };
    let request: Request = match request(&body) {
        Some(request) => request,
        None => {
            let remedy = "the body must be a JSON object with a string `query`, and maybe `variables` and `operationName`";
            return refused(HttpResponse::BadRequest(), "BAD_REQUEST", remedy);
        }
    };
    // Read first: the answer may show more than this position, never less.
    let head = change::head(&door.db, &Scope::public()).await.ok();
    let work = door.schema.execute(request.data(door.viewer()));
    let response = match tokio::time::timeout(EXECUTION, work).await {
        Ok(response) => response,
        Err(_) => {
            let remedy = "the query took longer than 10 s: ask for less at once";
            return refused(HttpResponse::GatewayTimeout(), "DEADLINE_EXCEEDED", remedy);
        }
    };
    HttpResponse::Ok().json(with_codes(with_position(response, head)))
}

/// Reads a request. It is an object: what is derived for one would also take a list of its fields.
fn request(body: &[u8]) -> Option<Request> {
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(body).ok()?;
    serde_json::from_value(serde_json::Value::Object(object)).ok()
}

/// Says on every answer how far the feed went that the data stands at.
fn with_position(mut response: Response, head: Option<change::Head>) -> Response {
    if let Some(head) = head {
        let position = value!({ "epoch": head.epoch, "position": head.position });
        response.extensions.insert("dataAsOf".to_owned(), position);
    }
    response
}

/// Gives a code to errors that have none: they come from parsing or validation.
fn with_codes(mut response: Response) -> Response {
    for error in &mut response.errors {
        let extensions = error.extensions.get_or_insert_with(Default::default);
        if extensions.get("code").is_none() {
            extensions.set("code", "GRAPHQL_VALIDATION_FAILED");
        }
    }
    response
}

fn refused(mut status: actix_web::HttpResponseBuilder, code: &str, message: &str) -> HttpResponse {
    let mut error = ServerError::new(message, None);
    error
        .extensions
        .get_or_insert_with(Default::default)
        .set("code", Value::from(code));
    status.json(serde_json::json!({ "errors": [error] }))
}
