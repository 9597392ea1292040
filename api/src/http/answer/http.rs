//! An answer over HTTP: status, headers, body.

use actix_web::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, RETRY_AFTER, VARY, WWW_AUTHENTICATE,
};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

use super::{Answer, etag};
use crate::http::request::accept::Media;
use crate::http::run::Budget;

/// What an answer depends on beside the address.
const DEPENDS_ON: &str = "Accept, Authorization, Origin, Accept-Encoding";

impl Answer {
    /// The response in a form that the client takes.
    pub(in crate::http) fn respond(&self, http: &HttpRequest, media: Media) -> HttpResponse {
        let mut response = HttpResponse::build(self.status(media));
        self.head(&mut response);
        let reads = *http.method() == Method::GET;
        response.insert_header((
            CACHE_CONTROL,
            if reads { "private, no-cache" } else { "no-store" },
        ));
        if reads
            && self.errors.is_empty()
            && let Some(tag) = self.data.as_ref().and_then(etag::of)
        {
            let held = etag::known(http, &tag);
            response.insert_header((ETAG, tag));
            if held {
                return response.status(StatusCode::NOT_MODIFIED).finish();
            }
        }
        response
            .insert_header((CONTENT_TYPE, media.content_type()))
            .body(self.json())
    }

    /// The status. `application/json` says 200 for every request that was read as GraphQL, because old clients look no
    /// further otherwise.
    pub(in crate::http) fn status(&self, media: Media) -> StatusCode {
        match self.status {
            Some(status) => status,
            None if self.is_refusal() && media == Media::GraphqlResponse => StatusCode::BAD_REQUEST,
            None => StatusCode::OK,
        }
    }

    /// Headers that stand on every answer to a request for GraphQL.
    pub(in crate::http) fn head(&self, response: &mut HttpResponseBuilder) {
        response.insert_header((VARY, DEPENDS_ON));
        if let Some(wait) = self.retry_after {
            response.insert_header((RETRY_AFTER, wait.as_secs().max(1)));
        }
        if let Some(allow) = self.allow {
            response.insert_header((ALLOW, allow));
        }
        if self.challenges {
            response.insert_header((WWW_AUTHENTICATE, "Bearer error=\"invalid_token\""));
        }
        if let Some(budget) = self.cost.as_ref().and_then(|cost| cost.budget.as_ref()) {
            rate_limit(response, budget);
        }
        if self.closes {
            response.force_close();
        }
    }

    /// Whether HTTP itself says no, in which case no stream begins.
    pub(in crate::http) fn is_of_http(&self) -> bool {
        self.status.is_some()
    }
}

/// The headers of the draft on rate limits: the rule, and what is left of it.
fn rate_limit(response: &mut HttpResponseBuilder, budget: &Budget) {
    let policy = format!("\"cost\";q={};w=60", budget.limit);
    let state = format!(
        "\"cost\";r={};t={}",
        budget.remaining,
        budget.full_in.as_secs_f64().ceil()
    );
    response.insert_header(("ratelimit-policy", policy));
    response.insert_header(("ratelimit", state));
}
