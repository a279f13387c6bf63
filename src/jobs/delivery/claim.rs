//! Claims a letter and checks its cause, in one transaction.

use crate::{
    actions::ActionError,
    app::App,
    context::Context,
    domain::values::{day::At, ids::LetterId},
    jobs::delivery::cause::holds,
    store::{StoreError, Tx, schema::LetterRow, system::outbox},
};
use chrono::Duration;

/// How long a claim lasts beyond the time limit of an attempt.
pub const LEASE_MINUTES: i64 = 5;

/// A letter that nobody else tries for now.
pub struct Claimed {
    pub letter: LetterRow,
    /// Whether it is still to be sent.
    pub cause_holds: bool,
}

/// Claims a letter; nothing where somebody else has, or it is no longer due.
pub async fn claim(app: &App, at: At, id: &LetterId, me: &str) -> Result<Option<Claimed>, StoreError> {
    let (services, id, me) = (app.services.clone(), id.clone(), me.to_owned());
    let limit = i64::try_from(services.settings.mail.timeout_seconds).unwrap_or(60);
    let now = at.instant.naive_utc();
    let until = now + Duration::minutes(LEASE_MINUTES) + Duration::seconds(limit);
    let claim = move |tx: &mut Tx| -> Result<_, ActionError> {
        let Some(mut letter) = outbox::claim(tx, &id, &me, now, until)? else { return Ok(None) };
        let tenant = letter.municipality.clone();
        let cause_holds = holds(tx, &Context::schedule(&services, &tenant, at), &mut letter)?;
        Ok(Some(Claimed { letter, cause_holds }))
    };
    app.jobs_db.write(claim).await.map_err(|error| match error {
        ActionError::Store(failure) => failure,
        other => StoreError::Corrupt(other.to_string()),
    })
}
