//! Which pages of other origins may ask (CORS). There are no cookies, so what they may read is what everybody may.

use actix_cors::Cors;

/// How long a browser may remember what it was allowed, in seconds.
const REMEMBERED: usize = 3600;

/// The rule for a list of origins; an empty list leaves the hub to its own pages.
pub(super) fn rule(origins: &[String]) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "POST"])
        .allow_any_header()
        .expose_headers([
            "x-request-id",
            "etag",
            "retry-after",
            "ratelimit",
            "ratelimit-policy",
        ])
        .max_age(REMEMBERED);
    origins
        .iter()
        .fold(cors, |cors, origin| cors.allowed_origin(origin))
}

/// Whether a text is an origin as browsers send it: scheme, host and maybe port, and nothing behind.
pub(super) fn is_origin(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let sign = |sign: char| {
        sign.is_ascii_lowercase() || sign.is_ascii_digit() || matches!(sign, '.' | '-' | ':' | '[' | ']')
    };
    host.is_some_and(|host| !host.is_empty() && host.chars().all(sign))
}
