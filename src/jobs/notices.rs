//! Queues the letters that tell those who work here of flags, and of the follow-ups that come next, within the hours in which letters
//! leave: what is raised at night or on a day off waits, and is one letter.

use crate::{
    actions::{flags::reports, internships::follow_ups_ahead},
    app::App,
    domain::{
        people::tenant::Tenant,
        values::{day::At, ids::AccountId},
    },
    jobs::run::Done,
    outbox::hours,
    store::{Conn, StoreError, Tx, system::schedule},
};
use std::collections::BTreeSet;

/// Queues what is owed, account by account. One that fails is logged and stays due.
pub async fn run(app: &App, at: At) -> Result<Done, StoreError> {
    let mut done = Done::default();
    if !hours::are_open(at, &app.services.settings.letters) {
        return Ok(done);
    }
    for (tenant, account) in to_tell(app, at).await? {
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

/// Who has lines that wait, or changes of the calendar, or is to be reminded of a follow-up today.
async fn to_tell(app: &App, at: At) -> Result<BTreeSet<(Tenant, AccountId)>, StoreError> {
    let mut people: BTreeSet<(Tenant, AccountId)> = app.jobs_db.read(schedule::accounts_to_tell).await?.into_iter().collect();
    let calendars = app.jobs_db.read(move |conn: &mut Conn| schedule::accounts_with_appointments(conn, at.today)).await?;
    people.extend(calendars);
    for tenant in app.jobs_db.read(schedule::municipalities).await? {
        let own = tenant.clone();
        let remind = app.jobs_db.read(move |conn: &mut Conn| follow_ups_ahead::to_remind(conn, &own, at.today)).await?;
        people.extend(remind.into_keys().map(|account| (tenant.clone(), account)));
    }
    Ok(people)
}
