//! The body of a request: JSON in UTF-8, counted while it arrives.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use actix_web::{HttpMessage, HttpRequest, web};
use futures_util::StreamExt;

use crate::http::limits::Limits;
use crate::http::refused::Refused;

/// Only JSON is taken: a page of another origin can send anything else without asking first.
pub(super) fn expect_json(http: &HttpRequest) -> Result<(), Refused> {
    let kind = http.mime_type().ok().flatten();
    let json = kind.is_some_and(|kind| {
        let utf8 = kind
            .get_param("charset")
            .is_none_or(|charset| charset.as_str().eq_ignore_ascii_case("utf-8"));
        kind.essence_str() == "application/json" && utf8
    });
    if !json {
        let remedy = "send content-type: application/json, in UTF-8";
        return Err(unsupported(remedy));
    }
    let encoded = http.headers().get(CONTENT_ENCODING);
    if encoded.is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Err(unsupported("send the body as it is, without content-encoding"));
    }
    Ok(())
}

fn unsupported(remedy: &str) -> Refused {
    // Its body is not read.
    Refused::http(StatusCode::UNSUPPORTED_MEDIA_TYPE, "BAD_REQUEST", remedy).closing()
}

/// Reads a body within its bounds of size and time. What a client says about the length only shortens the way.
pub(super) async fn read(
    http: &HttpRequest,
    payload: &mut web::Payload,
    limits: &Limits,
) -> Result<Vec<u8>, Refused> {
    let announced = http.headers().get(CONTENT_LENGTH);
    let announced = announced.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limits.body as u64) {
        return Err(too_large(limits));
    }
    match tokio::time::timeout(limits.arrival, collect(payload, limits)).await {
        Ok(read) => read,
        Err(_) => {
            let remedy = format!("the body did not arrive within {} s", limits.arrival.as_secs());
            Err(Refused::http(StatusCode::REQUEST_TIMEOUT, "REQUEST_TIMEOUT", remedy).closing())
        }
    }
}

async fn collect(payload: &mut web::Payload, limits: &Limits) -> Result<Vec<u8>, Refused> {
    let mut body = Vec::new();
    while let Some(part) = payload.next().await {
        let part = part.map_err(|_| Refused::bad("the body did not arrive whole").closing())?;
        if body.len() + part.len() > limits.body {
            return Err(too_large(limits));
        }
        body.extend_from_slice(&part);
    }
    Ok(body)
}

fn too_large(limits: &Limits) -> Refused {
    let remedy = format!(
        "the body is larger than {} bytes: ask for less at once",
        limits.body
    );
    Refused::http(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", remedy).closing()
}
