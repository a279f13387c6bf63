//! Records how a try ended.

use crate::{
    app::App,
    domain::values::{copenhagen, day::At, ids::LetterId},
    jobs::delivery::claim::LEASE_MINUTES,
    outbox::hours,
    store::{StoreError, Tx, citizens, letters, schema::LetterRow, system::outbox},
    telemetry::DeliveryOutcome,
};
use chrono::{Duration, NaiveDateTime};

/// So many seconds the database is waited for when a shutdown is requested.
const TRIES_AT_SHUTDOWN: i64 = 10;

/// Writes a letter back, and ends the claim. While the database cannot be reached it is tried again for as long as the claim lasts:
/// a letter that has been sent and is not recorded would be sent once more.
pub async fn settle(app: &App, letter: LetterRow, me: String) -> Result<(), StoreError> {
    let mut tried = 0;
    loop {
        let tries = if app.shutdown.is_requested() { TRIES_AT_SHUTDOWN } else { LEASE_MINUTES * 60 };
        let (letter, me) = (letter.clone(), me.clone());
        match app.jobs_db.write(move |tx: &mut Tx| write(tx, &letter, &me)).await {
            Err(failure) if failure.is_transient() && tried < tries => tried += 1,
            done => return done.map(|_| ()),
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
}

/// Writes it back. Whom a letter was about that has failed for good is evaluated again: somebody must hear of it.
fn write(tx: &mut Tx, letter: &LetterRow, me: &str) -> Result<bool, StoreError> {
    let written = letters::settle(tx, letter, me)?;
    if let (true, Some(reference), Some(failed)) = (written, &letter.case_reference, letter.failed_at) {
        citizens::look_again_by_case(tx, &letter.municipality, reference, copenhagen::at(failed.and_utc()).today)?;
    }
    Ok(written)
}

/// Postpones a letter whose cause cannot be checked (a row that cannot be read), so that it does not hold up the others. It fails
/// in the end.
pub async fn postpone_unclaimed(
    app: &App,
    at: At,
    id: LetterId,
    me: String,
    failure: &StoreError,
) -> Result<Option<DeliveryOutcome>, StoreError> {
    tracing::error!(letter = %id, %failure, "the cause of a letter could not be checked");
    let (now, own) = (at.instant.naive_utc(), app.clone());
    app.jobs_db
        .write(move |tx: &mut Tx| {
            let Some(mut letter) = outbox::claim(tx, &id, &me, now, now)? else { return Ok(None) };
            letter.claimed_until = None;
            let outcome = postpone(&own, &mut letter, now, "its cause could not be asked".into());
            letter.attempts += 1;
            write(tx, &letter, &me)?;
            Ok(Some(outcome))
        })
        .await
}

/// Sets the time of the next try; the letter fails where it has been tried for too long.
pub fn postpone(app: &App, letter: &mut LetterRow, now: NaiveDateTime, why: String) -> DeliveryOutcome {
    let mail = &app.services.settings.mail;
    // The first try is not the last one because a clock was far behind or nothing ran for weeks.
    let is_tried = letter.attempts > 0 || mail.give_up_after_days == 0;
    if is_tried && letter.due_at.unwrap_or(letter.created_at) + Duration::days(mail.give_up_after_days) < now {
        return fail(letter, now, why);
    }
    let again = now + Duration::minutes(wait(&mail.retry_minutes, letter.attempts));
    letter.not_before = hours::next_open_from(again.and_utc(), &app.services.settings.letters).naive_utc();
    letter.last_error = Some(why);
    DeliveryOutcome::Postponed
}

/// Gives a letter up.
pub fn fail(letter: &mut LetterRow, now: NaiveDateTime, why: String) -> DeliveryOutcome {
    tracing::warn!(letter = %letter.id, why, "a letter cannot be delivered");
    letter.failed_at = Some(now);
    letter.last_error = Some(why);
    DeliveryOutcome::Failed
}

/// How long to wait after so many tries, in minutes; the last entry is repeated.
fn wait(minutes: &[i64], tries: i32) -> i64 {
    let index = usize::try_from(tries).unwrap_or_default();
    minutes.get(index).or(minutes.last()).copied().unwrap_or(1)
}
