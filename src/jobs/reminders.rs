//! Reminds those who keep openings that expire soon, one letter a person, and asks citizens and companies what they want to say at a
//! follow-up that comes; within the hours in which letters leave.

use crate::{
    actions::{companies::openings as reminding, internships::questions},
    app::App,
    context::Context,
    domain::{people::tenant::Tenant, values::day::At},
    jobs::run::Done,
    outbox::hours,
    store::{Conn, StoreError, Tx, system::schedule},
};
use std::collections::BTreeMap;

/// So many openings are handled at a time; more wait for the next tick.
const BATCH: i64 = 5_000;

/// So many follow-ups are asked about in one transaction: others may write in between.
const AT_ONCE: usize = 50;

/// Queues the reminders, a municipality at a time. One that fails is logged and stays due.
pub async fn run(app: &App, at: At) -> Result<Done, StoreError> {
    let mut done = Done::default();
    if !hours::are_open(at, &app.services.settings.letters) {
        return Ok(done);
    }
    let due = app.jobs_db.read(move |conn: &mut Conn| schedule::openings_to_remind(conn, at.today, BATCH)).await?;
    for (tenant, ids) in by_municipality(due) {
        let (own, services) = (tenant.clone(), app.services.clone());
        let remind = move |tx: &mut Tx| reminding::remind(tx, &Context::schedule(&services, &own, at), &ids);
        match app.jobs_db.write(remind).await {
            Ok(queued) => done.handled += queued,
            Err(error) => tracing::error!(municipality = tenant.as_str(), %error, "no reminder of openings"),
        }
    }
    let Some(days) = questions::days_to_ask(at.today) else { return Ok(done) };
    let due = app.jobs_db.read(move |conn: &mut Conn| schedule::follow_ups_to_ask(conn, days, BATCH)).await?;
    for (tenant, ids) in by_municipality(due) {
        for ids in ids.chunks(AT_ONCE) {
            let (own, services, ids) = (tenant.clone(), app.services.clone(), ids.to_vec());
            let ask = move |tx: &mut Tx| questions::ask_before(tx, &Context::schedule(&services, &own, at), &ids);
            match app.jobs_db.write(ask).await {
                Ok(queued) => done.handled += queued,
                Err(error) => tracing::error!(municipality = tenant.as_str(), %error, "nobody was asked before a follow-up"),
            }
        }
    }
    Ok(done)
}

fn by_municipality<T>(due: Vec<(Tenant, T)>) -> BTreeMap<Tenant, Vec<T>> {
    let mut found: BTreeMap<Tenant, Vec<T>> = BTreeMap::new();
    for (tenant, one) in due {
        found.entry(tenant).or_default().push(one);
    }
    found
}
