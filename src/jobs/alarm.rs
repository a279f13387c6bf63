//! The alarm clock: tokio-cron-scheduler rings every few minutes in UTC, and knows nothing else. A ring that finds the last
//! one still at work does nothing; a panic ends one ring, not the alarm.

use crate::{
    app::App,
    jobs::{deliver, quiet, tick},
};
use std::{sync::Arc, time::Duration};
use tokio::{sync::Mutex, time::timeout};
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};

/// An alarm that rings.
pub struct Alarm {
    scheduler: JobScheduler,
    at_work: Arc<Mutex<()>>,
    patience: Duration,
}

/// What a ring may need beyond the time limit of a letter: to note what became of it.
const TO_NOTE: Duration = Duration::from_secs(15);

impl Alarm {
    /// Stops it, after the ring that is at work has come to a place where it can stop: a letter that is on its way is noted as
    /// sent, the others stay due. It waits no longer than such a letter may take.
    ///
    /// # Errors
    /// The scheduler's own.
    pub async fn stop(mut self) -> Result<(), JobSchedulerError> {
        self.scheduler.shutdown().await?;
        if timeout(self.patience, self.at_work.lock()).await.is_err() {
            tracing::warn!("a ring of the alarm has not come to an end; what it held is free again in some minutes");
        }
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
    let patience = Duration::from_secs(app.desk.settings.mail.timeout_seconds) + TO_NOTE;
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
    Ok(Alarm { scheduler, at_work, patience })
}

async fn work(app: App) {
    match tick(&app, &quiet).await {
        Ok(done) => tracing::info!(done.looked_at, done.changed, done.letters, "ticked"),
        Err(failure) => tracing::error!(%failure, "the tick failed"),
    }
    if app.shutdown.is_requested() {
        return;
    }
    match deliver(&app, &quiet).await {
        Ok(done) => tracing::info!(done.sent, done.dropped, done.waiting, done.failed, "delivered"),
        Err(failure) => tracing::error!(%failure, "delivery failed"),
    }
}
