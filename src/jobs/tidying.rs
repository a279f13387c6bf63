//! Deletes what has expired, and updates the statistics of the database.

use crate::{
    app::App,
    domain::values::day::At,
    jobs::run::Done,
    store::{StoreError, Tx, accounts, idempotency, update_statistics},
};
use chrono::Duration;

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
    Ok(Done::default())
}
