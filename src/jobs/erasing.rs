//! Erases the citizens whose time has come, once a day, each in a transaction of its own.

use crate::{
    actions::people::erasing,
    app::App,
    context::Context,
    domain::{people::erasure::closed_at_latest, values::day::At},
    jobs::{progress::Progress, run::Done},
    store::{Conn, StoreError, Tx, system::schedule},
};
use tokio::task::spawn_blocking;

/// So many are found at a time.
const BATCH: i64 = 200;

/// Erases them. One who cannot be erased is logged and stays due.
///
/// # Errors
/// A failure of the database; whoever was erased until then is.
pub async fn erase(app: &App, at: At, progress: Progress<'_>) -> Result<Done, StoreError> {
    let mut done = Done::default();
    let Some(until) = closed_at_latest(at.today, app.services.settings.retention_years) else { return Ok(done) };
    let all = app.jobs_db.read(move |conn: &mut Conn| schedule::count_closed_until(conn, until)).await?;
    let (mut after, mut looked_at) = (String::new(), 0);
    loop {
        let from = after.clone();
        let due = app.jobs_db.read(move |conn: &mut Conn| schedule::citizens_closed_until(conn, until, &from, BATCH)).await?;
        let Some((_, last)) = due.last() else { return forget(app, done).await };
        last.as_str().clone_into(&mut after);
        for (tenant, id) in due {
            if app.shutdown.is_requested() {
                return forget(app, done).await;
            }
            let (own, services) = (id.clone(), app.services.clone());
            let erase = move |tx: &mut Tx| erasing::erase(tx, &Context::schedule(&services, &tenant, at), &own);
            match app.jobs_db.write(erase).await {
                Ok(erased) => done.handled += usize::from(erased),
                Err(error) => tracing::error!(citizen = %id, %error, "a citizen was not erased"),
            }
            looked_at += 1;
            progress(looked_at, u64::try_from(all).unwrap_or_default().max(looked_at));
        }
    }
}

/// Nothing of them is left in the file either.
async fn forget(app: &App, done: Done) -> Result<Done, StoreError> {
    if done.handled > 0 {
        let db = app.jobs_db.clone();
        spawn_blocking(move || db.forget_deleted()).await.map_err(|_| StoreError::Panicked)??;
    }
    Ok(done)
}
