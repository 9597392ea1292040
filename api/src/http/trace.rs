//! The span of a request, which goes on with the trace of its sender where that sent one (W3C Trace Context).

use actix_web::HttpRequest;
use tracing::{Span, field, info_span};

use super::check::{Document, Operation};
use super::request::Caller;

/// Begins the span of a request. What is asked is not known yet: [`name`] adds it.
pub(super) fn span(http: &HttpRequest, caller: &Caller) -> Span {
    let span = info_span!(
        "graphql",
        otel.kind = "server",
        id = caller.id.as_str(),
        http.request.method = http.method().as_str(),
        graphql.operation.name = field::Empty,
        graphql.operation.type = field::Empty,
        graphql.document.hash = field::Empty,
    );
    #[cfg(feature = "opentelemetry")]
    remote::continue_trace(&span, http.headers());
    span
}

/// Says in the current span what is asked. The document itself stays out of it: literals can hold personal data.
pub(super) fn name(document: &Document, operation: &Operation<'_>) {
    let span = Span::current();
    span.record("graphql.operation.name", operation.name());
    span.record("graphql.operation.type", field::debug(operation.kind()));
    span.record("graphql.document.hash", document.hash());
}

#[cfg(feature = "opentelemetry")]
mod remote {
    use actix_web::http::header::HeaderMap;
    use opentelemetry::propagation::{Extractor, TextMapPropagator};
    use opentelemetry_sdk::propagation::TraceContextPropagator;
    use tracing::{Span, debug};
    use tracing_opentelemetry::OpenTelemetrySpanExt;

    struct Headers<'a>(&'a HeaderMap);

    impl Extractor for Headers<'_> {
        fn get(&self, key: &str) -> Option<&str> {
            self.0.get(key).and_then(|value| value.to_str().ok())
        }

        fn keys(&self) -> Vec<&str> {
            self.0.keys().map(|name| name.as_str()).collect()
        }
    }

    pub(super) fn continue_trace(span: &Span, headers: &HeaderMap) {
        let parent = TraceContextPropagator::new().extract(&Headers(headers));
        if let Err(cause) = span.set_parent(parent) {
            debug!(%cause, "the span has no parent");
        }
    }
}
