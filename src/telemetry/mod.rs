//! What an operator sees: the log, metrics for Prometheus, traces.
//!
//! Promise: none of it holds a CPR number, a name, a need, a text that somebody entered, a query or a body. What is counted or
//! traced carries the pattern of a path (`/api/v1/citizens/{id}`), never the path. Traces are off unless a collector is set, and
//! cost nothing then; nothing waits for a collector that is down.

mod log;
pub mod metrics;
mod request;
mod traces;

pub use log::Started;
pub use metrics::{Became, Counts, Stands};
pub use request::{REQUEST, RequestId, Traceparent, request_id};
pub use traces::{answered, delivery, failed, job_span, request_span, settled};

use crate::settings::Log;

/// Starts log and traces, once in the life of the program.
///
/// # Errors
/// A collector's address that cannot be used.
pub fn start(log: Log, collector: &str) -> Result<Started, String> {
    log::start(log, collector)
}
