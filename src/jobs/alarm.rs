//! The alarm clock: tokio-cron-scheduler rings every few minutes in UTC, and knows nothing else. A ring that finds the last
//! one still at work does nothing; a panic ends one ring, not the alarm.

use super::{deliver, quiet, tick};
use crate::app::App;
use std::sync::Arc;
use tokio::sync::Mutex;
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};

/// Starts the alarm. It rings until the scheduler is shut down.
///
/// # Errors
/// The scheduler's own.
pub async fn ring(app: App) -> Result<JobScheduler, JobSchedulerError> {
    let scheduler = JobScheduler::new().await?;
    let at_work = Arc::new(Mutex::new(()));
    let every = format!("0 */{} * * * *", app.desk.settings.schedule.every_minutes);
    let job = Job::new_async(every.as_str(), move |_, _| {
        let (app, at_work) = (app.clone(), Arc::clone(&at_work));
        Box::pin(async move {
            let Ok(_guard) = at_work.try_lock() else { return };
            // In a task of its own: a panic within the job's own future would end the job for ever, silently.
            if tokio::spawn(work(app)).await.is_err() {
                tracing::error!("a ring of the alarm ended in a panic");
            }
        })
    })?;
    scheduler.add(job).await?;
    scheduler.start().await?;
    Ok(scheduler)
}

async fn work(app: App) {
    match tick(&app, &quiet).await {
        Ok(done) => tracing::info!(done.looked_at, done.changed, done.letters, "ticked"),
        Err(failure) => tracing::error!(%failure, "the tick failed"),
    }
    match deliver(&app, &quiet).await {
        Ok(done) => tracing::info!(done.sent, done.dropped, done.waiting, done.failed, "delivered"),
        Err(failure) => tracing::error!(%failure, "delivery failed"),
    }
}
