//! Spans to a collector (OpenTelemetry, OTLP over HTTP), where the standard variables `OTEL_EXPORTER_OTLP_ENDPOINT` or
//! `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` name one. A collector is reached without TLS: it stands beside the hub.

use opentelemetry::trace::TracerProvider;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, filter::LevelFilter};

/// What sends the spans; sends the last ones when it is dropped.
pub(crate) struct Spans(SdkTracerProvider);

impl Drop for Spans {
    fn drop(&mut self) {
        if let Err(cause) = self.0.shutdown() {
            eprintln!("nqi-hub: the last spans were not sent: {cause}");
        }
    }
}

/// The layer that sends spans, if there is a collector.
pub(crate) fn layer<S>() -> Result<Option<(impl Layer<S>, Spans)>, String>
where
    S: tracing::Subscriber + for<'a> LookupSpan<'a>,
{
    let named = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !named("OTEL_EXPORTER_OTLP_ENDPOINT") && !named("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") {
        return Ok(None);
    }
    let exporter = opentelemetry_otlp::SpanExporter::builder().with_http().build();
    let exporter = exporter.map_err(|cause| format!("OTEL_EXPORTER_OTLP_ENDPOINT: {cause}"))?;
    let mut resource = Resource::builder();
    if !named("OTEL_SERVICE_NAME") {
        resource = resource.with_service_name("nqi-hub");
    }
    let provider = SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_resource(resource.build())
        .build();
    // Spans of the hub itself: those of libraries, the exporter among them, would be told for ever.
    let ours = Targets::new().with_targets(["api", "entity", "ingest"].map(|name| (name, LevelFilter::INFO)));
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("nqi-hub"));
    Ok(Some((layer.with_filter(ours), Spans(provider))))
}
