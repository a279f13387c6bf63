//! This instance's metrics since it started, in Prometheus's text format. Figures from the database are read when Prometheus
//! asks.
//!
//! A label has one of a closed list of values (a method, a route's pattern, a status, a job), so that callers cannot create
//! series and no label reveals anything about a person.

pub use prometheus::Error as MetricsError;
use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
};

/// How a try to deliver a letter ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryOutcome {
    Sent,
    /// Its cause no longer holds.
    Dropped,
    /// To be tried later.
    Postponed,
    Failed,
}

impl DeliveryOutcome {
    /// The code of traces.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Dropped => "dropped",
            Self::Postponed => "waits",
            Self::Failed => "failed",
        }
    }
}

/// Seconds: most requests take a few milliseconds, a list of everything may take longer.
const REQUEST_SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// Seconds: a quiet night takes less than one, a long import behind it minutes.
const JOB_SECONDS: &[f64] = &[0.01, 0.1, 1.0, 10.0, 60.0, 300.0, 1800.0];

pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    durations: HistogramVec,
    sent: IntCounter,
    failed: IntCounter,
    dropped: IntCounter,
    postponed: IntCounter,
    jobs: HistogramVec,
    failures: IntCounterVec,
}

/// What is read from the database for each scrape.
#[derive(Debug, Default)]
pub struct DatabaseMetrics {
    pub due: i64,
    pub oldest_due_seconds: i64,
    /// Jobs with the instant at which each finished last.
    pub finished: Vec<(String, i64)>,
}

impl Metrics {
    /// All metrics at zero, with a series for each named job.
    ///
    /// # Errors
    /// None: the names are fixed and differ.
    pub fn new<'j>(jobs: impl IntoIterator<Item = &'j str>) -> Result<Self, MetricsError> {
        let registry = Registry::new();
        let metrics = Self {
            requests: IntCounterVec::new(
                Opts::new("rettematch_http_requests_total", "Requests answered, by method, pattern of the address and status."),
                &["method", "route", "status"],
            )?,
            durations: HistogramVec::new(
                HistogramOpts::new("rettematch_http_request_duration_seconds", "Time until the answer began.")
                    .buckets(REQUEST_SECONDS.to_vec()),
                &["method", "route"],
            )?,
            sent: IntCounter::new("rettematch_letters_sent_total", "Letters that the mail server accepted.")?,
            failed: IntCounter::new("rettematch_letters_failed_total", "Letters given up, or refused for good.")?,
            dropped: IntCounter::new("rettematch_letters_dropped_total", "Letters not sent since their cause had gone.")?,
            postponed: IntCounter::new("rettematch_letters_put_off_total", "Tries that failed and are repeated later.")?,
            jobs: HistogramVec::new(
                HistogramOpts::new("rettematch_job_duration_seconds", "Time that a run of a job took.")
                    .buckets(JOB_SECONDS.to_vec()),
                &["job"],
            )?,
            failures: IntCounterVec::new(Opts::new("rettematch_job_failures_total", "Runs of a job that failed."), &["job"])?,
            registry,
        };
        metrics.register(jobs)?;
        Ok(metrics)
    }

    fn register<'j>(&self, jobs: impl IntoIterator<Item = &'j str>) -> Result<(), MetricsError> {
        self.registry.register(Box::new(self.requests.clone()))?;
        self.registry.register(Box::new(self.durations.clone()))?;
        for counter in [&self.sent, &self.failed, &self.dropped, &self.postponed] {
            self.registry.register(Box::new(counter.clone()))?;
        }
        self.registry.register(Box::new(self.jobs.clone()))?;
        self.registry.register(Box::new(self.failures.clone()))?;
        // A series that is missing until something fails cannot be watched for failing.
        for job in jobs {
            self.failures.with_label_values(&[job]);
        }
        let build = Opts::new("rettematch_build_info", "Always 1; says which version runs.");
        let build = IntGauge::with_opts(build.const_label("version", env!("CARGO_PKG_VERSION")))?;
        build.set(1);
        self.registry.register(Box::new(build))?;
        #[cfg(target_os = "linux")]
        self.registry.register(Box::new(prometheus::process_collector::ProcessCollector::for_self()))?;
        Ok(())
    }

    /// Counts a request that was answered. `method` and `route` are of closed lists.
    pub fn request(&self, method: &str, route: &str, status: &str, seconds: f64) {
        self.requests.with_label_values(&[method, route, status]).inc();
        self.durations.with_label_values(&[method, route]).observe(seconds);
    }

    /// Counts a try to deliver a letter.
    pub fn letter(&self, outcome: DeliveryOutcome) {
        match outcome {
            DeliveryOutcome::Sent => &self.sent,
            DeliveryOutcome::Dropped => &self.dropped,
            DeliveryOutcome::Postponed => &self.postponed,
            DeliveryOutcome::Failed => &self.failed,
        }
        .inc();
    }

    /// Counts a run of a job.
    pub fn job(&self, job: &str, seconds: f64, succeeded: bool) {
        self.jobs.with_label_values(&[job]).observe(seconds);
        if !succeeded {
            self.failures.with_label_values(&[job]).inc();
        }
    }

    /// Everything in Prometheus' text format; without the metrics of the database where it cannot be read.
    ///
    /// # Errors
    /// None: the names are fixed and differ.
    pub fn text(&self, database: Option<&DatabaseMetrics>) -> Result<String, MetricsError> {
        // A registry of its own for each scrape: what cannot be read now is left out, not repeated.
        let now = Registry::new();
        let up = IntGauge::new("rettematch_database_up", "Whether the database answered, 1 or 0.")?;
        up.set(i64::from(database.is_some()));
        now.register(Box::new(up))?;
        if let Some(database) = database {
            let due = IntGauge::new("rettematch_letters_due", "Letters that are due and not sent.")?;
            due.set(database.due);
            now.register(Box::new(due))?;
            let age = IntGauge::new(
                "rettematch_oldest_due_letter_age_seconds",
                "For how long the oldest letter that is due has been; 0 where none is.",
            )?;
            age.set(database.oldest_due_seconds);
            now.register(Box::new(age))?;
            let finished = IntGaugeVec::new(
                Opts::new("rettematch_job_last_finished_timestamp_seconds", "When a job finished last, on any instance."),
                &["job"],
            )?;
            for (job, instant) in &database.finished {
                finished.with_label_values(&[job.as_str()]).set(*instant);
            }
            now.register(Box::new(finished))?;
        }
        let mut text = Vec::new();
        let families: Vec<_> = self.registry.gather().into_iter().chain(now.gather()).collect();
        TextEncoder::new().encode(&families, &mut text)?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}
