//! Reminds those who keep openings that expire soon, within the hours in which letters leave: one letter a person.

use crate::{
    actions::companies::openings as reminding,
    app::App,
    context::Context,
    domain::{
        people::tenant::Tenant,
        values::{day::At, ids::OpeningId},
    },
    jobs::run::Done,
    outbox::hours,
    store::{Conn, StoreError, Tx, system::schedule},
};
use std::collections::BTreeMap;

/// So many openings are handled at a time; more wait for the next tick.
const BATCH: i64 = 5_000;

/// Queues the reminders, a municipality at a time. One that fails is logged and stays due.
pub async fn run(app: &App, at: At) -> Result<Done, StoreError> {
    let mut done = Done::default();
    if !hours::are_open(at, &app.services.settings.letters) {
        return Ok(done);
    }
    let due = app.jobs_db.read(move |conn: &mut Conn| schedule::openings_to_remind(conn, at.today, BATCH)).await?;
    let mut by_municipality: BTreeMap<Tenant, Vec<OpeningId>> = BTreeMap::new();
    for (tenant, id) in due {
        by_municipality.entry(tenant).or_default().push(id);
    }
    for (tenant, ids) in by_municipality {
        let (own, services) = (tenant.clone(), app.services.clone());
        let remind = move |tx: &mut Tx| reminding::remind(tx, &Context::schedule(&services, &own, at), &ids);
        match app.jobs_db.write(remind).await {
            Ok(queued) => done.handled += queued,
            Err(error) => tracing::error!(municipality = tenant.as_str(), %error, "no reminder of openings"),
        }
    }
    Ok(done)
}
