//! A run of a job: recorded in the table of runs, measured and traced.

use crate::{
    app::App,
    clock::Stopwatch,
    domain::values::day::At,
    store::{StoreError, Tx, runs, schema::RunRow},
    telemetry,
};
use std::future::Future;
use tracing::Instrument;

/// What a run did.
#[derive(Clone, Copy, Debug, Default)]
pub struct Done {
    /// How many things it handled: citizens, letters, municipalities.
    pub handled: usize,
    /// How many flags changed, where it evaluates them.
    pub changed: usize,
}

/// Runs a job that has something to do at any time. All its runs of a day are one row.
pub async fn every_tick(
    app: &App,
    job: &'static str,
    at: At,
    run: impl Future<Output = Result<Done, StoreError>>,
) -> Result<Done, StoreError> {
    begin(app, job, at).await?;
    finish(app, job, at, run).await
}

/// Runs a job that is due once a day, on whichever instance begins it first.
pub async fn once_a_day(
    app: &App,
    job: &'static str,
    at: At,
    run: impl Future<Output = Result<Done, StoreError>>,
) -> Result<(), StoreError> {
    if begin(app, job, at).await? {
        finish(app, job, at, run).await?;
    }
    Ok(())
}

/// Measures how long a run takes and whether it fails, and traces it.
pub async fn measured<T>(
    app: &App,
    job: &'static str,
    run: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    let (stopwatch, span) = (Stopwatch::start(), telemetry::job_span(job));
    let done = run.instrument(span.clone()).await;
    app.metrics.job(job, stopwatch.seconds(), done.is_ok());
    if done.is_err() {
        telemetry::mark_failed(&span);
    }
    done
}

/// Records that a day's run begins. True where it is the first of the day.
async fn begin(app: &App, job: &'static str, at: At) -> Result<bool, StoreError> {
    let now = at.instant.naive_utc();
    let row = move || RunRow { job: job.into(), day: at.today, started_at: now, finished_at: None, done: 0 };
    app.jobs_db.write(move |tx: &mut Tx| runs::begin(tx, &row())).await
}

async fn finish(
    app: &App,
    job: &'static str,
    at: At,
    run: impl Future<Output = Result<Done, StoreError>>,
) -> Result<Done, StoreError> {
    let done = measured(app, job, run).await?;
    let (now, handled) = (at.instant.naive_utc(), i64::try_from(done.handled).unwrap_or(i64::MAX));
    app.jobs_db.write(move |tx: &mut Tx| runs::advance(tx, job, at.today, handled, now)).await?;
    Ok(done)
}
