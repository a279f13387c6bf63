//! Queues the letters that tell those who work here of flags.

use crate::{
    actions::flags::reports,
    app::App,
    clock::hour,
    domain::values::day::At,
    jobs::run::Done,
    store::{StoreError, Tx, system::schedule},
};

/// Queues what is owed, account by account. One that fails is logged and stays due.
pub async fn run(app: &App, at: At) -> Result<Done, StoreError> {
    let digest_time = hour(at) >= app.services.settings.schedule.digest_from_hour;
    let mut done = Done::default();
    for (tenant, account) in app.jobs_db.read(schedule::accounts_to_tell).await? {
        if app.shutdown.is_requested() {
            break;
        }
        let (id, services) = (account.clone(), app.services.clone());
        match app.jobs_db.write(move |tx: &mut Tx| reports::write(tx, &services, at, &tenant, &id, digest_time)).await {
            Ok(queued) => done.handled += usize::from(queued),
            Err(error) => tracing::error!(%account, %error, "a letter could not be queued"),
        }
    }
    Ok(done)
}
