//! Deletes what has expired, and updates the statistics of the database.

use crate::{
    actions::people::read_log,
    app::App,
    domain::values::day::At,
    jobs::run::Done,
    store::{StoreError, Tx, accounts, idempotency, system::schedule, update_statistics},
};
use chrono::{Duration, Months};

/// An answer is kept for its `Idempotency-Key` so many days.
const REPLY_DAYS: i64 = 7;

/// Tidies all tables in one transaction.
pub async fn run(app: &App, at: At) -> Result<Done, StoreError> {
    let (now, old) = (at.instant.naive_utc(), (at.instant - Duration::days(REPLY_DAYS)).naive_utc());
    let tidy = move |tx: &mut Tx| {
        accounts::tidy(tx, now, old)?;
        idempotency::tidy(tx, old)?;
        update_statistics(tx)
    };
    app.jobs_db.write(tidy).await?;
    forget_log(app, at).await?;
    Ok(Done::default())
}

/// Of who has read and changed what of whom, a municipality at a time.
async fn forget_log(app: &App, at: At) -> Result<(), StoreError> {
    let months = Months::new(app.services.settings.log_years.saturating_mul(12));
    let Some(before) = at.instant.naive_utc().checked_sub_months(months) else { return Ok(()) };
    for tenant in app.jobs_db.read(schedule::municipalities).await? {
        let keys = app.services.keys.clone();
        app.jobs_db.write(move |tx: &mut Tx| read_log::forget_before(tx, &keys, &tenant, before)).await?;
    }
    Ok(())
}
