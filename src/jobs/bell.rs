//! What a stroke of the alarm begins: the schedule and the courier, each in a place of its own.
//!
//! Promise: a mail server that takes long does not hold up the evaluation of courses, and a long night of evaluations holds up no letter.
//! Each place has one run at a time; a stroke that finds the last one at work begins none. A panic ends one run, and nothing else.

use crate::{
    app::App,
    jobs::{delivery::deliver, progress::quiet, schedule::tick},
};
use std::{future::Future, sync::Arc};
use tokio::sync::Mutex;

/// See the module.
#[derive(Clone)]
pub struct Bell {
    app: App,
    schedule: Arc<Mutex<()>>,
    courier: Arc<Mutex<()>>,
}

impl Bell {
    pub fn new(app: App) -> Self {
        Self { app, schedule: Arc::default(), courier: Arc::default() }
    }

    /// Begins what is not at work. The courier goes at once, and again with what the schedule has queued.
    pub fn ring(&self) {
        self.app.clock_watch.look(&self.app.clock);
        tokio::spawn(self.clone().send_courier());
        let own = self.clone();
        tokio::spawn(async move {
            if in_place(&own.schedule, run_schedule(own.app.clone())).await {
                own.send_courier().await;
            }
        });
    }

    /// Waits until both are done.
    pub async fn is_still(&self) {
        let (_schedule, _courier) = (self.schedule.lock().await, self.courier.lock().await);
    }

    async fn send_courier(self) {
        in_place(&self.courier, run_courier(self.app.clone())).await;
    }
}

/// Runs something in its place; false where the place is taken.
async fn in_place(place: &Mutex<()>, run: impl Future<Output = ()> + Send + 'static) -> bool {
    let Ok(_guard) = place.try_lock() else { return false };
    // In a task of its own, so that a panic ends nothing else.
    if tokio::spawn(run).await.is_err() {
        tracing::error!("a run of the schedule or of delivery ended in a panic");
    }
    true
}

async fn run_schedule(app: App) {
    match tick(&app, &quiet).await {
        Ok(done) => tracing::info!(done.evaluated, done.changed, done.letters, "ticked"),
        Err(failure) => tracing::error!(%failure, "the tick failed"),
    }
}

async fn run_courier(app: App) {
    if app.shutdown.is_requested() {
        return;
    }
    match deliver(&app, &quiet).await {
        Ok(done) => tracing::info!(done.sent, done.dropped, done.waiting, done.failed, "delivered"),
        Err(failure) => tracing::error!(%failure, "delivery failed"),
    }
}
