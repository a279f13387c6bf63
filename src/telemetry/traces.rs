//! Traces over OTLP: a span for each request, each run of a job, and each attempt to send a letter. opentelemetry is used only
//! here.
//!
//! What a span carries is chosen here, item by item: methods, patterns of paths, statuses, names of jobs and kinds of letters.
//! Spans have one target of their own and go nowhere else; without a collector they are never made. They wait in a queue of
//! limited length, and a thread of their own sends them: while the collector is down, new ones are discarded.

use crate::telemetry::{DeliveryOutcome, RequestId, Traceparent};
use opentelemetry::{
    Context, KeyValue,
    trace::{SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState, TracerProvider},
};
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use std::time::Duration;
use tracing::{Span, Subscriber, field::Empty, info_span};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::{Layer, filter::filter_fn, registry::LookupSpan};

/// The time limit of an export.
const EXPORT_LIMIT: Duration = Duration::from_secs(5);

/// Sends spans to a collector.
pub fn provider(collector: &str) -> Result<SdkTracerProvider, ExporterBuildError> {
    let exporter = SpanExporter::builder()
        .with_http()
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(format!("{}/v1/traces", collector.trim_end_matches('/')))
        .with_timeout(EXPORT_LIMIT)
        .build()?;
    let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
    let resource = Resource::builder().with_service_name("rettematch").with_attribute(version).build();
    Ok(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build())
}

/// Takes the spans that are made here, and nothing else.
pub fn layer<S: Subscriber + for<'s> LookupSpan<'s>>(provider: &SdkTracerProvider) -> impl Layer<S> + use<S> {
    tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("rettematch"))
        .with_location(false)
        .with_threads(false)
        .with_tracked_inactivity(false)
        .with_target(false)
        .with_filter(filter_fn(|about| about.is_span() && about.target() == "traces"))
}

/// The span of a request, a child of the caller's span, and the number of its trace. Nothing if no collector is set.
pub fn request_span(method: &'static str, parent: Option<Traceparent>) -> (Span, Option<RequestId>) {
    let span = info_span!(
        target: "traces",
        "request",
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = method,
        http.route = Empty,
        http.response.status_code = Empty,
        rettematch.role = Empty,
    );
    if span.is_disabled() {
        return (span, None);
    }
    if let Some(parent) = parent {
        let flags = if parent.sampled { TraceFlags::SAMPLED } else { TraceFlags::default() };
        let (trace, caused_by) = (TraceId::from(parent.trace), SpanId::from(parent.span));
        let remote = SpanContext::new(trace, caused_by, flags, true, TraceState::NONE);
        // This fails only for a span that has begun, and this one is new.
        let _ = span.set_parent(Context::new().with_remote_span_context(remote));
    }
    let trace = span.context().span().span_context().trace_id();
    if trace == TraceId::INVALID {
        // Only the log listens.
        return (span, None);
    }
    (span, Some(RequestId(u128::from_be_bytes(trace.to_bytes()))))
}

/// Records with what a request was answered.
pub fn record_response(span: &Span, method: &str, route: &str, status: u16, role: Option<&str>) {
    if span.is_disabled() {
        return;
    }
    // The span has begun: a recorded name would come too late for the layer.
    span.context().span().update_name(format!("{method} {route}"));
    span.record("http.route", route);
    span.record("http.response.status_code", status);
    if let Some(role) = role {
        span.record("rettematch.role", role);
    }
    if status >= 500 {
        mark_failed(span);
    }
}

/// The span of a job's run.
pub fn job_span(job: &'static str) -> Span {
    info_span!(target: "traces", "job", otel.name = format!("job {job}"), otel.status_code = Empty, rettematch.job = job)
}

/// The span of one attempt to send a letter, a child of the running job's span.
pub fn delivery_span() -> Span {
    let name = "deliver letter";
    info_span!(
        target: "traces",
        "letter",
        otel.name = name,
        otel.status_code = Empty,
        rettematch.letter.kind = Empty,
        rettematch.letter.became = Empty,
    )
}

/// Records on the current span of which kind its letter is, and how the try ended.
pub fn record_delivery(kind: Option<&str>, outcome: Option<DeliveryOutcome>) {
    let span = Span::current();
    if let Some(kind) = kind {
        span.record("rettematch.letter.kind", kind);
    }
    if let Some(outcome) = outcome {
        span.record("rettematch.letter.became", outcome.code());
        if outcome == DeliveryOutcome::Failed {
            mark_failed(&span);
        }
    }
}

/// Marks a span as failed.
pub fn mark_failed(span: &Span) {
    span.record("otel.status_code", "ERROR");
}
