//! The log: text for people at a terminal, otherwise one JSON object per line. Spans are never part of it.

use crate::{settings::Log, telemetry::traces};
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::{backtrace::Backtrace, io::IsTerminal, panic::PanicHookInfo, time::Duration};
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{FilterExt, LevelFilter, filter_fn},
    fmt,
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

/// What is logged where `RUST_LOG` does not say otherwise. `requests=debug` beside it shows every request.
const USUAL: &str = "info,actix_server=warn,tokio_cron_scheduler=warn";
/// So long the last traces may take at the end.
const LAST_TRACES: Duration = Duration::from_secs(2);

/// Log and traces at work.
pub struct Started(Option<SdkTracerProvider>);

impl Started {
    /// Sends the traces that are left; a collector that is down is not waited for long.
    pub fn end(self) {
        if let Some(provider) = self.0
            && let Err(why) = provider.shutdown_with_timeout(LAST_TRACES)
        {
            tracing::warn!(%why, "the last traces could not be sent");
        }
    }
}

pub fn start(log: Log, collector: &str) -> Result<Started, String> {
    let provider = if collector.is_empty() { None } else { Some(traces::provider(collector)?) };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| USUAL.into());
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
        .try_init()
        .map_err(|error| format!("the log cannot be started: {error}"))?;
    std::panic::set_hook(Box::new(tell_of_panic));
    Ok(Started(provider))
}

/// Where it happened, not what was said of it: a panic's text may hold the value that it is about.
fn tell_of_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let thread = std::thread::current();
    let trace = Backtrace::capture();
    tracing::error!(place, thread = thread.name().unwrap_or_default(), %trace, "a panic");
}
