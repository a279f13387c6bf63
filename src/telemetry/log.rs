//! The log: text for people at a terminal, otherwise one JSON object per line. Spans are never part of it.

use crate::{settings::Log, telemetry::traces};
use opentelemetry_otlp::ExporterBuildError;
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::{backtrace::Backtrace, io::IsTerminal, panic::PanicHookInfo, time::Duration};
use thiserror::Error;
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{FilterExt, LevelFilter, filter_fn},
    fmt,
    layer::SubscriberExt,
    util::{SubscriberInitExt, TryInitError},
};

/// What is logged where `RUST_LOG` does not say otherwise. `requests=debug` beside it shows every request.
const DEFAULT_FILTER: &str = "info,actix_server=warn,tokio_cron_scheduler=warn";
/// The longest wait for the last traces at the end.
const LAST_TRACES: Duration = Duration::from_secs(2);

/// Why there is no log or no traces.
#[derive(Debug, Error)]
pub enum TelemetryError {
    #[error("settings: otlp: {0}")]
    Collector(#[from] ExporterBuildError),
    #[error("the log cannot be started: {0}")]
    Log(#[from] TryInitError),
}

/// Log and traces at work.
pub struct Telemetry(Option<SdkTracerProvider>);

impl Telemetry {
    /// Sends the traces that are left; a collector that is down is not waited for long.
    pub fn shutdown(self) {
        if let Some(provider) = self.0
            && let Err(why) = provider.shutdown_with_timeout(LAST_TRACES)
        {
            tracing::warn!(%why, "the last traces could not be sent");
        }
    }
}

pub fn init(log: Log, collector: &str) -> Result<Telemetry, TelemetryError> {
    let provider = if collector.is_empty() { None } else { Some(traces::provider(collector)?) };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| DEFAULT_FILTER.into());
    let events = filter_fn(|about| about.is_event()).with_max_level_hint(LevelFilter::TRACE);
    let terminal = std::io::stderr().is_terminal();
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines = match log {
        Log::Text => lines.with_ansi(terminal).with_target(false).boxed(),
        Log::Auto if terminal => lines.with_target(false).boxed(),
        Log::Json | Log::Auto => lines.json().flatten_event(true).with_current_span(false).with_span_list(false).boxed(),
    };
    tracing_subscriber::registry()
        .with(lines.with_filter(filter.and(events)))
        .with(provider.as_ref().map(traces::layer))
        .try_init()?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(Telemetry(provider))
}

/// Logs where it happened, not its message, which may hold the value that it is about.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let thread = std::thread::current();
    let trace = Backtrace::capture();
    tracing::error!(place, thread = thread.name().unwrap_or_default(), %trace, "a panic");
}
