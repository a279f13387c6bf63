//! Delivers from the outbox: claimed under a lease, its cause asked again, sent outside any transaction, settled by who
//! claimed it.
//!
//! Promise: no letter is lost, none is sent twice but where the machine dies between the server's "accepted" and the note
//! of it: then once more, under the same `Message-ID`.

use crate::{
    actions::{
        ActionError,
        companies::openings,
        flags::{evaluate, reports},
        people::accounts::unsubscribe_token,
    },
    app::App,
    context::Context,
    domain::values::{day::At, ids::InternshipId},
    jobs::{Progress, measured},
    outbox::{
        letters::{HOME, LINK},
        mailer::{Outgoing, SendResult},
        queue::LetterCause,
    },
    store::{
        Conn, StoreError, Tx, flags, letters, runs,
        schema::{FlagRow, LetterRow},
    },
    telemetry::{self, DeliveryOutcome},
};
use chrono::{Duration, NaiveDateTime};
use tracing::Instrument;

/// What became of the letters that were due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    pub sent: usize,
    /// Their cause had gone.
    pub dropped: usize,
    /// To be tried later.
    pub waiting: usize,
    pub failed: usize,
}

/// A claim lasts so long beyond the time limit of a try.
const LEASE_MINUTES: i64 = 5;
/// So many seconds the database is waited for when the program stops.
const TRIES_AT_A_STOP: i64 = 10;
const BATCH: i64 = 50;
/// So many letters are on their way at once.
const AT_ONCE: usize = 4;

/// Sends what is due, once. Told to stop, it lets those that are on their way arrive, and gives the others back.
///
/// # Errors
/// A failure of the database; what was sent until then is noted.
pub async fn deliver(app: &App, progress: Progress<'_>) -> Result<Delivered, StoreError> {
    measured(app, runs::DELIVER, deliver_due(app, progress)).await
}

async fn deliver_due(app: &App, progress: Progress<'_>) -> Result<Delivered, StoreError> {
    let at = app.clock.now();
    let now = at.instant.naive_utc();
    let total = app.jobs_db.read(move |conn: &mut Conn| letters::count_due(conn, now)).await?;
    let total = u64::try_from(total).unwrap_or_default();
    let mut delivered = Delivered::default();
    loop {
        let due = app.jobs_db.read(move |conn: &mut Conn| letters::due(conn, now, BATCH)).await?;
        if due.is_empty() {
            return Ok(delivered);
        }
        for some in due.chunks(AT_ONCE) {
            if app.shutdown.is_requested() {
                return Ok(delivered);
            }
            let start =
                |id: &String| tokio::spawn(deliver_one(app.clone(), at, id.clone()).instrument(telemetry::delivery_span()));
            let tries: Vec<_> = some.iter().map(start).collect();
            // All that are on their way are waited for, also when one meets a failure.
            let mut failed = None;
            for tried in tries {
                let became = match tried.await.unwrap_or(Err(StoreError::Panicked)) {
                    Ok(Some(became)) => became,
                    // Somebody else holds it.
                    Ok(None) => continue,
                    Err(failure) => {
                        failed = Some(failure);
                        continue;
                    }
                };
                app.metrics.letter(became);
                match became {
                    DeliveryOutcome::Sent => delivered.sent += 1,
                    DeliveryOutcome::Dropped => delivered.dropped += 1,
                    DeliveryOutcome::Postponed => delivered.waiting += 1,
                    DeliveryOutcome::Failed => delivered.failed += 1,
                }
            }
            if let Some(failure) = failed {
                return Err(failure);
            }
            progress(
                u64::try_from(delivered.sent + delivered.dropped + delivered.waiting + delivered.failed).unwrap_or(total),
                total,
            );
        }
    }
}

/// Tries one letter, and says what became of it; nothing where somebody else holds it.
async fn deliver_one(app: App, at: At, id: String) -> Result<Option<DeliveryOutcome>, StoreError> {
    let became = try_one(app, at, id).await;
    telemetry::record_delivery(None, became.as_ref().ok().copied().flatten());
    became
}

async fn try_one(app: App, at: At, id: String) -> Result<Option<DeliveryOutcome>, StoreError> {
    let me = uuid::Uuid::new_v4().to_string();
    let now = at.instant.naive_utc();
    let claimed = match claim(&app, at, &id, &me).await {
        Ok(claimed) => claimed,
        Err(failure @ (StoreError::Unreachable(_) | StoreError::Busy(_))) => return Err(failure),
        Err(failure) => return put_off(&app, at, id, me, &failure).await,
    };
    let Some((mut letter, stands)) = claimed else { return Ok(None) };
    telemetry::record_delivery(Some(&letter.kind), None);
    letter.claimed_until = None;
    if app.shutdown.is_requested() {
        note(&app, letter, me).await?;
        return Ok(None);
    }
    let became = if stands {
        match app.mailer.send(&outgoing(&app, &letter)).await {
            SendResult::Sent => {
                letter.sent_at = Some(now);
                letter.last_error = None;
                DeliveryOutcome::Sent
            }
            SendResult::Never(why) => fail(&mut letter, now, why),
            SendResult::TryLater(why) => later(&app, &mut letter, now, why),
        }
    } else {
        letter.dropped_at = Some(now);
        DeliveryOutcome::Dropped
    };
    letter.attempts += 1;
    note(&app, letter, me).await?;
    Ok(Some(became))
}

/// Writes what became of a letter. While the database cannot be reached it is tried again for as long as the letter is held:
/// a letter that has gone and is not noted would go once more.
async fn note(app: &App, letter: LetterRow, me: String) -> Result<(), StoreError> {
    let mut tried = 0;
    loop {
        let tries = if app.shutdown.is_requested() { TRIES_AT_A_STOP } else { LEASE_MINUTES * 60 };
        let (letter, me) = (letter.clone(), me.clone());
        match app.jobs_db.write(move |tx: &mut Tx| letters::settle(tx, &letter, &me)).await {
            Err(StoreError::Unreachable(_) | StoreError::Busy(_)) if tried < tries => tried += 1,
            done => return done.map(|_| ()),
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
}

/// A letter whose cause cannot be asked (a row that cannot be read) does not hold up the others: it waits, and fails in the end.
async fn put_off(app: &App, at: At, id: String, me: String, failure: &StoreError) -> Result<Option<DeliveryOutcome>, StoreError> {
    tracing::error!(letter = id, %failure, "the cause of a letter could not be asked");
    let (now, own) = (at.instant.naive_utc(), app.clone());
    app.jobs_db
        .write(move |tx: &mut Tx| {
            let Some(mut letter) = letters::claim(tx, &id, &me, now, now)? else { return Ok(None) };
            letter.claimed_until = None;
            let became = later(&own, &mut letter, now, "its cause could not be asked".into());
            letter.attempts += 1;
            letters::settle(tx, &letter, &me)?;
            Ok(Some(became))
        })
        .await
}

fn later(app: &App, letter: &mut LetterRow, now: NaiveDateTime, why: String) -> DeliveryOutcome {
    let mail = &app.desk.settings.mail;
    if letter.created_at + Duration::days(mail.give_up_after_days) < now {
        return fail(letter, now, why);
    }
    letter.not_before = now + Duration::minutes(wait(&mail.retry_minutes, letter.attempts));
    letter.last_error = Some(why);
    DeliveryOutcome::Postponed
}

fn fail(letter: &mut LetterRow, now: NaiveDateTime, why: String) -> DeliveryOutcome {
    tracing::warn!(letter = letter.id, why, "a letter cannot be delivered");
    letter.failed_at = Some(now);
    letter.last_error = Some(why);
    DeliveryOutcome::Failed
}

/// How long to wait after so many tries before, in minutes; the last entry is repeated.
fn wait(minutes: &[i64], tries: i32) -> i64 {
    let index = usize::try_from(tries).unwrap_or_default();
    minutes.get(index).or(minutes.last()).copied().unwrap_or(1)
}

/// Takes a letter and asks in the same transaction whether its cause stands.
async fn claim(app: &App, at: At, id: &str, me: &str) -> Result<Option<(LetterRow, bool)>, StoreError> {
    let (desk, id, me) = (app.desk.clone(), id.to_owned(), me.to_owned());
    let limit = i64::try_from(desk.settings.mail.timeout_seconds).unwrap_or(60);
    let now = at.instant.naive_utc();
    let until = now + Duration::minutes(LEASE_MINUTES) + Duration::seconds(limit);
    let claimed = app
        .jobs_db
        .write(move |tx: &mut Tx| -> Result<_, ActionError> {
            let Some(mut letter) = letters::claim(tx, &id, &me, now, until)? else { return Ok(None) };
            let tenant = letter.municipality.clone();
            let context = Context::schedule(&desk, &tenant, at);
            let cause: LetterCause =
                serde_json::from_str(&letter.cause).map_err(|_| StoreError::Corrupt("a letter's cause".into()))?;
            let stands = match cause {
                LetterCause::Lasting => true,
                LetterCause::Lines => reports::still_holds(tx, &context, &mut letter)?,
                LetterCause::Openings(named) => openings::still_expires(tx, at, &tenant, &mut letter, &named)?,
                LetterCause::Flags(ids) => any_stands(tx, &context, &ids)?,
                LetterCause::Unconfirmed { internship, version, party } => {
                    match crate::actions::internships::case::case(tx, &context, &InternshipId::stored(internship)) {
                        Ok(case) => {
                            let newest = case.internship.newest();
                            let over = case.internship.cancelled_on.is_some() || case.internship.ended.is_some();
                            newest.number == version && !newest.confirmed_by(party) && !over
                        }
                        Err(ActionError::NotFound) => false,
                        Err(other) => return Err(other),
                    }
                }
            };
            Ok(Some((letter, stands)))
        })
        .await;
    claimed.map_err(|stop| match stop {
        ActionError::Store(failure) => failure,
        other => StoreError::Corrupt(other.to_string()),
    })
}

/// The same pure rules are asked again: whoever is hired since gets no warning.
fn any_stands(tx: &mut Tx, context: &Context, ids: &[String]) -> Result<bool, ActionError> {
    let find = |tx: &mut Tx| -> Result<Vec<FlagRow>, StoreError> {
        let found: Result<Vec<_>, _> = ids.iter().map(|id| flags::find(tx, context.tenant, id)).collect();
        Ok(found?.into_iter().flatten().collect())
    };
    let about = find(tx)?;
    evaluate::look_again(tx, context, &about)?;
    Ok(find(tx)?.iter().any(|flag| flag.gone.is_none()))
}

fn outgoing(app: &App, letter: &LetterRow) -> Outgoing {
    let home = app.desk.settings.public_url.trim_end_matches('/');
    let link = letter
        .link_id
        .as_deref()
        .map(|link| format!("{home}/api/v1/links/{}", app.desk.keys.link_token(link)))
        .unwrap_or_default();
    let unsubscribe = letter
        .digest_of
        .as_deref()
        .map(|account| format!("{home}/api/v1/links/{}/unsubscription", unsubscribe_token(&app.desk.keys, account)));
    let placed = |text: &str| text.replace(LINK, &link).replace(HOME, home);
    Outgoing {
        id: letter.id.clone(),
        to: letter.recipient.clone(),
        subject: letter.subject.clone(),
        plain: placed(&letter.plain),
        html: placed(&letter.html),
        unsubscribe,
        written: letter.created_at.and_utc(),
    }
}
