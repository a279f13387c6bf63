//! The alarm clock: tokio-cron-scheduler rings every few minutes in UTC, and knows nothing else. A ring that finds the last
//! one still at work does nothing; a panic ends one ring, not the alarm.

use super::{deliver, quiet, tick};
use crate::app::App;
use std::sync::Arc;
use tokio::sync::Mutex;
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};

/// An alarm that rings.
pub struct Alarm {
    scheduler: JobScheduler,
    at_work: Arc<Mutex<()>>,
}

impl Alarm {
    /// Stops it, after the ring that is at work has ended: a letter that is on its way is noted as sent.
    ///
    /// # Errors
    /// The scheduler's own.
    pub async fn stop(mut self) -> Result<(), JobSchedulerError> {
        self.scheduler.shutdown().await?;
        let _ended = self.at_work.lock().await;
        Ok(())
    }
}

/// Starts the alarm. It rings until it is stopped.
///
/// # Errors
/// The scheduler's own.
pub async fn ring(app: App) -> Result<Alarm, JobSchedulerError> {
    let scheduler = JobScheduler::new().await?;
    let at_work = Arc::new(Mutex::new(()));
    let busy = Arc::clone(&at_work);
    let every = format!("0 */{} * * * *", app.desk.settings.schedule.every_minutes);
    let job = Job::new_async(every.as_str(), move |_, _| {
        let (app, busy) = (app.clone(), Arc::clone(&busy));
        Box::pin(async move {
            let Ok(_guard) = busy.try_lock() else { return };
            // In a task of its own: a panic within the job's own future would end the job for ever, silently.
            if tokio::spawn(work(app)).await.is_err() {
                tracing::error!("a ring of the alarm ended in a panic");
            }
        })
    })?;
    scheduler.add(job).await?;
    scheduler.start().await?;
    Ok(Alarm { scheduler, at_work })
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
