//! The whole schedule on one screen.
//!
//! The alarm only runs it every few minutes. What is due is computed from the local date and from what stands in the database:
//! citizens and workplaces whose day of evaluation has come, notices that no letter carries, openings that expire soon. So it can
//! run late, twice, or on several machines at once: nothing is lost or done twice, and an outage is caught up. Delivery is no part
//! of it ([`deliver`](super::deliver)): each letter is due by itself.

use crate::{
    app::App,
    jobs::{Progress, clock_put_right, erasing, evaluation, notices, progress::quiet, reminders, run, tidying, trade_counts},
    store::{
        StoreError,
        runs::{COUNT, ERASE, EVALUATE, REMIND, REPORT, TIDY},
    },
};

/// What one run of the schedule did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticked {
    /// Citizens and workplaces that were evaluated.
    pub evaluated: usize,
    /// Flags that were raised, went a step up, or were resolved.
    pub changed: usize,
    /// Letters that were queued.
    pub letters: usize,
}

/// Does all that is due now, but for delivery. When a shutdown is requested, it stops between two steps; the rest stays due.
///
/// # Errors
/// A failure of the database; what was done until then is kept.
pub async fn tick(app: &App, progress: Progress<'_>) -> Result<Ticked, StoreError> {
    let at = app.clock.now();
    clock_put_right::run(app, at).await?;
    let evaluated = run::every_tick(app, EVALUATE, at, evaluation::run(app, at, progress)).await?;
    let notified = run::every_tick(app, REPORT, at, notices::run(app, at)).await?;
    let ticked = Ticked { evaluated: evaluated.handled, changed: evaluated.changed, letters: notified.handled };
    if app.shutdown.is_requested() {
        return Ok(ticked);
    }
    let reminded = run::every_tick(app, REMIND, at, reminders::run(app, at)).await?;
    run::once_a_day(app, COUNT, at, trade_counts::run(app, at)).await?;
    run::once_a_day(app, ERASE, at, erasing::erase(app, at, &quiet)).await?;
    run::once_a_day(app, TIDY, at, tidying::run(app, at)).await?;
    Ok(Ticked { letters: ticked.letters + reminded.handled, ..ticked })
}
