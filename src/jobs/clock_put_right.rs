//! A clock that stood far ahead and was put right.
//!
//! Promise: what was judged under the wrong clock is judged again, and nothing waits for a day that has not come: every course and
//! workplace is evaluated again, letters that were to leave later or were given up leave, and claims, tries and sign-ins of a time to
//! come end. Letters that have left stay sent.

use crate::{
    app::App,
    domain::values::day::At,
    outbox::hours,
    store::{Conn, StoreError, Tx, system::clock},
};

/// Puts right what is dated after now, if anything is. Called before anything else of a run.
pub async fn run(app: &App, at: At) -> Result<(), StoreError> {
    let now = at.instant.naive_utc();
    let ahead = app.jobs_db.read(move |conn: &mut Conn| clock::latest_run_after(conn, now)).await?;
    let Some(ahead) = ahead else { return Ok(()) };
    tracing::error!(
        hours = (ahead - now).num_hours(),
        "the clock stood ahead, or stands behind now: a run is dated after now. Everything is evaluated again; see that the time is right"
    );
    let leave = hours::next_open(at, &app.services.settings.letters).naive_utc();
    app.jobs_db.write(move |tx: &mut Tx| clock::put_right(tx, at.today, now, leave)).await
}
