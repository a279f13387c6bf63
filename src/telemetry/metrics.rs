//! This instance's metrics since it started, in Prometheus's text format. Figures from the database are read when Prometheus
//! asks.
//!
//! A label has one of a closed list of values (a method, a route's pattern, a status, a job), so that callers cannot create
//! series and no label reveals anything about a person.

use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
};

/// What became of a letter that was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    Sent,
    /// Its cause had gone.
    Dropped,
    /// To be tried later.
    Waits,
    Failed,
}

impl Became {
    pub fn word(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Dropped => "dropped",
            Self::Waits => "waits",
            Self::Failed => "failed",
        }
    }
}

/// Seconds: most requests take a few milliseconds, a list of everything may take longer.
const REQUEST_SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// Seconds: a quiet night takes less than one, a long import behind it minutes.
const JOB_SECONDS: &[f64] = &[0.01, 0.1, 1.0, 10.0, 60.0, 300.0, 1800.0];

pub struct Counts {
    registry: Registry,
    requests: IntCounterVec,
    durations: HistogramVec,
    sent: IntCounter,
    failed: IntCounter,
    dropped: IntCounter,
    put_off: IntCounter,
    jobs: HistogramVec,
    failures: IntCounterVec,
}

/// What stands in the database, as it is told to Prometheus.
#[derive(Debug, Default)]
pub struct Stands {
    pub due: i64,
    pub oldest_due_seconds: i64,
    /// Jobs with the instant at which each finished last.
    pub finished: Vec<(String, i64)>,
}

type Made<T> = prometheus::Result<T>;

impl Counts {
    /// Everything at nought, with a series for each of the jobs named.
    ///
    /// # Errors
    /// None: the names are fixed and differ.
    pub fn new<'j>(jobs: impl IntoIterator<Item = &'j str>) -> Result<Self, String> {
        Self::make(jobs).map_err(|error| format!("the counts cannot be made: {error}"))
    }

    fn make<'j>(jobs: impl IntoIterator<Item = &'j str>) -> Made<Self> {
        let registry = Registry::new();
        let counts = Self {
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
            put_off: IntCounter::new("rettematch_letters_put_off_total", "Tries that failed and are repeated later.")?,
            jobs: HistogramVec::new(
                HistogramOpts::new("rettematch_job_duration_seconds", "Time that a run of a job took.")
                    .buckets(JOB_SECONDS.to_vec()),
                &["job"],
            )?,
            failures: IntCounterVec::new(Opts::new("rettematch_job_failures_total", "Runs of a job that failed."), &["job"])?,
            registry,
        };
        counts.register(jobs)?;
        Ok(counts)
    }

    fn register<'j>(&self, jobs: impl IntoIterator<Item = &'j str>) -> Made<()> {
        self.registry.register(Box::new(self.requests.clone()))?;
        self.registry.register(Box::new(self.durations.clone()))?;
        for counter in [&self.sent, &self.failed, &self.dropped, &self.put_off] {
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

    /// A request that was answered. `method` and `route` are of closed lists.
    pub fn request(&self, method: &str, route: &str, status: &str, seconds: f64) {
        self.requests.with_label_values(&[method, route, status]).inc();
        self.durations.with_label_values(&[method, route]).observe(seconds);
    }

    /// A letter that was due.
    pub fn letter(&self, became: Became) {
        match became {
            Became::Sent => &self.sent,
            Became::Dropped => &self.dropped,
            Became::Waits => &self.put_off,
            Became::Failed => &self.failed,
        }
        .inc();
    }

    /// A run of a job.
    pub fn job(&self, job: &str, seconds: f64, succeeded: bool) {
        self.jobs.with_label_values(&[job]).observe(seconds);
        if !succeeded {
            self.failures.with_label_values(&[job]).inc();
        }
    }

    /// Everything in Prometheus' text form; without what stands in the database where that cannot be asked.
    ///
    /// # Errors
    /// None: the names are fixed and differ.
    pub fn text(&self, stands: Option<&Stands>) -> Result<String, String> {
        self.encode(stands).map_err(|error| format!("the counts cannot be told: {error}"))
    }

    fn encode(&self, stands: Option<&Stands>) -> Made<String> {
        // A registry of its own for each asking: what could not be asked now does not stand there as it was.
        let now = Registry::new();
        let up = IntGauge::new("rettematch_database_up", "Whether the database answered, 1 or 0.")?;
        up.set(i64::from(stands.is_some()));
        now.register(Box::new(up))?;
        if let Some(stands) = stands {
            let due = IntGauge::new("rettematch_letters_due", "Letters that are due and not sent.")?;
            due.set(stands.due);
            now.register(Box::new(due))?;
            let age = IntGauge::new(
                "rettematch_oldest_due_letter_age_seconds",
                "For how long the oldest letter that is due has been; 0 where none is.",
            )?;
            age.set(stands.oldest_due_seconds);
            now.register(Box::new(age))?;
            let finished = IntGaugeVec::new(
                Opts::new("rettematch_job_last_finished_timestamp_seconds", "When a job finished last, on any instance."),
                &["job"],
            )?;
            for (job, instant) in &stands.finished {
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
