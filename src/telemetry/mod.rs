//! What an operator sees: the log, metrics for Prometheus, traces.
//!
//! Promise: none of it holds a CPR number, a name, a need, a text that somebody entered, a query or a body. What is counted or
//! traced carries the pattern of a path (`/api/v1/citizens/{id}`), never the path. Traces are off unless a collector is set, and
//! cost nothing then; nothing waits for a collector that is down.

mod log;
pub mod metrics;
mod request;
mod traces;

pub use log::{Telemetry, TelemetryError, init};
pub use metrics::{DatabaseMetrics, DeliveryOutcome, Metrics, MetricsError};
pub use request::{REQUEST, RequestId, Traceparent, request_id};
pub use traces::{delivery_span, job_span, mark_failed, record_delivery, record_response, request_span};
