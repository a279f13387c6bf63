//! Counts the outcomes of each trade's internships, for the searches of the day.

use crate::{
    app::App,
    domain::values::day::At,
    jobs::run::Done,
    store::{StoreError, Tx, system::schedule, trade_counts},
};

/// Counts, a municipality at a time.
pub async fn run(app: &App, at: At) -> Result<Done, StoreError> {
    let all = app.jobs_db.read(schedule::municipalities).await?;
    let done = Done { handled: all.len(), changed: 0 };
    for tenant in all {
        let services = app.services.clone();
        let count = move |tx: &mut Tx| trade_counts::count(tx, &tenant, at.today, services.book.on(at.today));
        app.jobs_db.write(count).await?;
    }
    Ok(done)
}
