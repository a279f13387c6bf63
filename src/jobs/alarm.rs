//! The timer: tokio-cron-scheduler runs the schedule and delivery every few minutes, in UTC, and knows nothing else. A run that
//! finds the last one still at work does nothing; a panic ends one run, not the timer.

use crate::{
    app::App,
    jobs::{delivery::deliver, progress::quiet, schedule::tick},
};
use std::{sync::Arc, time::Duration};
use tokio::{sync::Mutex, time::timeout};
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};

/// A timer at work.
pub struct Alarm {
    scheduler: JobScheduler,
    running: Arc<Mutex<()>>,
    longest_wait: Duration,
}

/// What a run may need beyond the time limit of a letter: to record its result.
const TO_SETTLE: Duration = Duration::from_secs(15);

impl Alarm {
    /// Stops it, after the run that is at work has come to a place where it can stop: a letter that is on its way is recorded as
    /// sent, the others stay due. It waits no longer than such a letter may take.
    ///
    /// # Errors
    /// The scheduler's own.
    pub async fn stop(mut self) -> Result<(), JobSchedulerError> {
        self.scheduler.shutdown().await?;
        if timeout(self.longest_wait, self.running.lock()).await.is_err() {
            tracing::warn!("a run of the schedule has not ended; what it has claimed is free again in some minutes");
        }
        Ok(())
    }
}

/// Starts the timer. It works until it is stopped.
///
/// # Errors
/// The scheduler's own.
pub async fn start(app: App) -> Result<Alarm, JobSchedulerError> {
    let scheduler = JobScheduler::new().await?;
    let running = Arc::new(Mutex::new(()));
    let busy = Arc::clone(&running);
    let longest_wait = Duration::from_secs(app.services.settings.mail.timeout_seconds) + TO_SETTLE;
    let every = format!("0 */{} * * * *", app.services.settings.schedule.every_minutes);
    let job = Job::new_async(every.as_str(), move |_, _| {
        let (app, busy) = (app.clone(), Arc::clone(&busy));
        Box::pin(async move {
            let Ok(_guard) = busy.try_lock() else { return };
            // In a task of its own: a panic within the scheduler's own future would end the job for good, silently.
            if tokio::spawn(run(app)).await.is_err() {
                tracing::error!("a run of the schedule ended in a panic");
            }
        })
    })?;
    scheduler.add(job).await?;
    scheduler.start().await?;
    Ok(Alarm { scheduler, running, longest_wait })
}

async fn run(app: App) {
    match tick(&app, &quiet).await {
        Ok(done) => tracing::info!(done.evaluated, done.changed, done.letters, "ticked"),
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
