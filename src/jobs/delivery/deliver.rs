//! Goes through the letters that are due, some at a time.

use crate::{
    app::App,
    domain::values::{day::At, ids::LetterId},
    jobs::{delivery::attempt::attempt, progress::Progress, run::measured},
    store::{Conn, StoreError, runs, system::outbox},
    telemetry::{self, DeliveryOutcome},
};
use tracing::Instrument;

/// How the letters that were due ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    pub sent: usize,
    /// Their cause no longer holds.
    pub dropped: usize,
    /// To be tried later.
    pub waiting: usize,
    pub failed: usize,
}

impl Delivered {
    fn add(&mut self, outcome: DeliveryOutcome) {
        match outcome {
            DeliveryOutcome::Sent => self.sent += 1,
            DeliveryOutcome::Dropped => self.dropped += 1,
            DeliveryOutcome::Postponed => self.waiting += 1,
            DeliveryOutcome::Failed => self.failed += 1,
        }
    }

    fn all(self) -> usize {
        self.sent + self.dropped + self.waiting + self.failed
    }
}

/// So many letters are read at a time.
const BATCH: i64 = 50;
/// How many letters are in transit at once.
const AT_ONCE: usize = 4;

/// Sends what is due, once. When a shutdown is requested, letters on their way are waited for, and the others released.
///
/// # Errors
/// A failure of the database; what was sent until then is recorded.
pub async fn deliver(app: &App, progress: Progress<'_>) -> Result<Delivered, StoreError> {
    measured(app, runs::DELIVER, deliver_due(app, progress)).await
}

async fn deliver_due(app: &App, progress: Progress<'_>) -> Result<Delivered, StoreError> {
    let now = app.clock.now().instant.naive_utc();
    let total = app.jobs_db.read(move |conn: &mut Conn| outbox::count_due(conn, now)).await?;
    let total = u64::try_from(total).unwrap_or_default();
    let mut delivered = Delivered::default();
    loop {
        let due = app.jobs_db.read(move |conn: &mut Conn| outbox::due(conn, now, BATCH)).await?;
        if due.is_empty() {
            return Ok(delivered);
        }
        for some in due.chunks(AT_ONCE) {
            if app.shutdown.is_requested() {
                return Ok(delivered);
            }
            // A delivery can take hours, and a claim counts from when it is made.
            deliver_together(app, app.clock.now(), some, &mut delivered).await?;
            progress(u64::try_from(delivered.all()).unwrap_or(total), total);
        }
    }
}

/// Tries some letters at the same time. All are waited for, also when one meets a failure.
async fn deliver_together(app: &App, at: At, ids: &[LetterId], delivered: &mut Delivered) -> Result<(), StoreError> {
    let start = |id: &LetterId| tokio::spawn(attempt(app.clone(), at, id.clone()).instrument(telemetry::delivery_span()));
    let tries: Vec<_> = ids.iter().map(start).collect();
    let mut failed = Ok(());
    for tried in tries {
        match tried.await.unwrap_or(Err(StoreError::Panicked)) {
            Ok(Some(outcome)) => {
                app.metrics.letter(outcome);
                delivered.add(outcome);
            }
            // Somebody else has claimed it.
            Ok(None) => {}
            Err(failure) => failed = Err(failure),
        }
    }
    failed
}
