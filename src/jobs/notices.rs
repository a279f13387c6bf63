//! Queues the letters that tell those who work here of flags, within the hours in which letters leave: what is raised at night or on
//! a day off waits, and is one letter.

use crate::{
    actions::flags::reports,
    app::App,
    domain::values::day::At,
    jobs::run::Done,
    outbox::hours,
    store::{StoreError, Tx, system::schedule},
};

/// Queues what is owed, account by account. One that fails is logged and stays due.
pub async fn run(app: &App, at: At) -> Result<Done, StoreError> {
    let mut done = Done::default();
    if !hours::are_open(at, &app.services.settings.letters) {
        return Ok(done);
    }
    for (tenant, account) in app.jobs_db.read(schedule::accounts_to_tell).await? {
        if app.shutdown.is_requested() {
            break;
        }
        let (id, services) = (account.clone(), app.services.clone());
        match app.jobs_db.write(move |tx: &mut Tx| reports::write(tx, &services, at, &tenant, &id)).await {
            Ok(queued) => done.handled += usize::from(queued),
            Err(error) => tracing::error!(%account, %error, "a letter could not be queued"),
        }
    }
    Ok(done)
}
