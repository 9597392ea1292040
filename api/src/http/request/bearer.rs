//! The token of a request (RFC 6750 §2.1). In an address or a body it would end up in logs and caches, so it is not looked for
//! there.

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;

use crate::http::refused::Refused;

/// The token in the header `Authorization`; none where there is no such header.
pub(in crate::http) fn token(http: &HttpRequest) -> Result<Option<&str>, Refused> {
    let mut headers = http.headers().get_all(AUTHORIZATION);
    let Some(header) = headers.next() else {
        return Ok(None);
    };
    if headers.next().is_some() {
        return Err(Refused::unauthenticated("send one header `Authorization`"));
    }
    let text = header.to_str().unwrap_or_default();
    of_text(text).map(Some)
}

/// The token in a text such as `Bearer eyJ…`.
pub(in crate::http) fn of_text(text: &str) -> Result<&str, Refused> {
    let (scheme, token) = text.trim().split_once(' ').unwrap_or_default();
    if scheme.eq_ignore_ascii_case("bearer") {
        Ok(token.trim_start())
    } else {
        Err(Refused::unauthenticated(
            "send `Authorization: Bearer` and the token",
        ))
    }
}
