//! What a client asks, read from a body, an address or a message of a socket, and nothing of it believed before it is read.

pub(super) mod accept;
mod asked;
pub(super) mod bearer;
mod body;
mod caller;
mod parameters;
mod proxies;
mod url;

use std::sync::Arc;

use actix_web::http::Method;
use actix_web::{HttpRequest, web};
use entity::access::Identity;

pub(super) use asked::Asked;
pub(super) use caller::{Caller, Payer, RequestId, RequestIds};
pub(super) use parameters::Parameters;
pub(super) use proxies::Proxies;

use super::limits::Limits;
use super::refused::Refused;

/// The header by which a client asks for the price of an operation.
const COST: &str = "x-hub-cost";

/// Who sends a request, in which way.
pub(super) fn caller(http: &HttpRequest, proxies: &Proxies, hears_streams: bool) -> Caller {
    let dry_run = http
        .headers()
        .get(COST)
        .is_some_and(|wish| wish.as_bytes() == b"dry-run");
    let from = caller::address(http, proxies);
    Caller {
        from,
        address: caller::customer(from),
        id: caller::id(http),
        identity: Arc::new(Identity::public()),
        reads_only: http.method() == Method::GET,
        hears_streams,
        dry_run,
    }
}

/// Reads the request of a `GET` or a `POST`.
pub(super) async fn read(
    http: &HttpRequest,
    payload: &mut web::Payload,
    limits: &Limits,
) -> Result<Asked, Refused> {
    if http.method() == Method::GET {
        return url::read(http, limits);
    }
    body::expect_json(http)?;
    let bytes = body::read(http, payload, limits).await?;
    Asked::from_json(&bytes)
}
