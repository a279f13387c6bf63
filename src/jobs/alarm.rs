//! The timer: tokio-cron-scheduler rings the bell every few minutes, in UTC, and knows nothing else.

use crate::{app::App, jobs::bell::Bell};
use std::time::Duration;
use tokio::time::timeout;
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};

/// A timer at work.
pub struct Alarm {
    scheduler: JobScheduler,
    bell: Bell,
    longest_wait: Duration,
}

/// What a run may need beyond the time limit of a letter: to record its result.
const TO_SETTLE: Duration = Duration::from_secs(15);

impl Alarm {
    /// Stops it, after the runs that are at work have come to a place where they can stop: a letter that is on its way is recorded as
    /// sent, the others stay due. It waits no longer than such a letter may take.
    ///
    /// # Errors
    /// The scheduler's own.
    pub async fn stop(mut self) -> Result<(), JobSchedulerError> {
        self.scheduler.shutdown().await?;
        if timeout(self.longest_wait, self.bell.is_still()).await.is_err() {
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
    let longest_wait = Duration::from_secs(app.services.settings.mail.timeout_seconds) + TO_SETTLE;
    let every = format!("0 */{} * * * *", app.services.settings.schedule.every_minutes);
    let bell = Bell::new(app);
    let rung = bell.clone();
    let job = Job::new_async(every.as_str(), move |_, _| {
        let bell = rung.clone();
        Box::pin(async move { bell.ring() })
    })?;
    scheduler.add(job).await?;
    scheduler.start().await?;
    Ok(Alarm { scheduler, bell, longest_wait })
}
