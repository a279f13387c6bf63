//! The whole schedule on one screen.
//!
//! The alarm only rings, every few minutes. What is owed is computed from the local date and from what stands in the
//! database: citizens whose day to be looked at has come, lines that no letter carries, openings that expire soon, letters that
//! are due. So it can run late, twice, or on several machines at once: nothing is lost or sent twice, and an outage is caught up.

mod alarm;
pub mod delivery;

pub use alarm::{Alarm, ring};
pub use delivery::{Delivered, deliver};

use crate::{
    actions::{
        ActionError,
        companies::openings as reminding,
        flags::{evaluate, reports},
    },
    app::App,
    clock::{Stopwatch, hour},
    context::Context,
    domain::{
        people::tenant::Tenant,
        values::{day::At, ids::AccountId},
    },
    store::{
        Conn, StoreError, Tx, accounts, citizens, companies, flags, idempotency, openings,
        runs::{self, COUNT, LOOK, RENEW, REPORT, TIDY},
        schema::RunRow,
        trade_counts, update_statistics,
    },
    telemetry,
};
use chrono::{Duration, NaiveDate};
use std::{collections::BTreeMap, future::Future};
use tracing::Instrument;

/// What a tick did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticked {
    pub looked_at: usize,
    pub changed: usize,
    pub letters: usize,
}

/// Told how far a long run is: done, of how many.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// Nobody looks.
pub fn quiet(_: u64, _: u64) {}

/// Citizens and workplaces are found by so many at a time, each looked at in a transaction of its own.
const BATCH: i64 = 200;
/// So many openings are reminded of at a time; more wait for the next tick.
const REMINDED_AT_ONCE: i64 = 5_000;
/// An answer is kept for its `Idempotency-Key` so many days.
const REPLY_DAYS: i64 = 7;

/// Does all that is owed now, but for delivery. Told to stop, it stops between two things; the rest stays due.
///
/// # Errors
/// A failure of the database; what was done until then stands.
pub async fn tick(app: &App, progress: Progress<'_>) -> Result<Ticked, StoreError> {
    let at = app.clock.now();
    begin(app, LOOK, at).await?;
    let (looked_at, changed) = measured(app, LOOK, look(app, at, progress)).await?;
    advance(app, LOOK, at, looked_at).await?;
    begin(app, REPORT, at).await?;
    let letters = measured(app, REPORT, report(app, at)).await?;
    advance(app, REPORT, at, letters).await?;
    if app.shutdown.is_requested() {
        return Ok(Ticked { looked_at, changed, letters });
    }
    begin(app, RENEW, at).await?;
    let reminders = measured(app, RENEW, renew(app, at)).await?;
    advance(app, RENEW, at, reminders).await?;
    if begin(app, COUNT, at).await? {
        let counted = measured(app, COUNT, count(app, at)).await?;
        advance(app, COUNT, at, counted).await?;
    }
    if begin(app, TIDY, at).await? {
        measured(app, TIDY, tidy(app, at)).await?;
        advance(app, TIDY, at, 0).await?;
    }
    Ok(Ticked { looked_at, changed, letters: letters + reminders })
}

/// Counts how long a job's run took and whether it failed, and traces it.
async fn measured<T>(app: &App, job: &'static str, run: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    let (began, span) = (Stopwatch::start(), telemetry::job_span(job));
    let done = run.instrument(span.clone()).await;
    app.metrics.job(job, began.seconds(), done.is_ok());
    if done.is_err() {
        telemetry::mark_failed(&span);
    }
    done
}

async fn begin(app: &App, job: &'static str, at: At) -> Result<bool, StoreError> {
    let now = at.instant.naive_utc();
    let row = move || RunRow { job: job.into(), day: at.today, started_at: now, finished_at: None, done: 0 };
    app.jobs_db.write(move |tx: &mut Tx| runs::begin(tx, &row())).await
}

async fn advance(app: &App, job: &'static str, at: At, done: usize) -> Result<(), StoreError> {
    let (now, done) = (at.instant.naive_utc(), i64::try_from(done).unwrap_or(i64::MAX));
    app.jobs_db.write(move |tx: &mut Tx| runs::advance(tx, job, at.today, done, now)).await
}

/// Looks at every citizen and every workplace whose day has come, each once. One that fails is logged and stays due.
async fn look(app: &App, at: At, progress: Progress<'_>) -> Result<(usize, usize), StoreError> {
    let count = move |conn: &mut Conn| {
        Ok::<_, StoreError>(
            citizens::count_to_look_at(conn, at.today)? + companies::workplaces::count_to_look_at(conn, at.today)?,
        )
    };
    let total = u64::try_from(app.jobs_db.read(count).await?).unwrap_or_default();
    let (mut looked_at, mut changed) = (0, 0);
    for what in [Looked::Course, Looked::Workplace] {
        let mut after = (NaiveDate::default(), String::new());
        loop {
            let from = after.clone();
            let batch = app.jobs_db.read(move |conn: &mut Conn| what.due(conn, at.today, &from)).await?;
            let Some((_, last, on)) = batch.last() else { break };
            after = (*on, last.clone());
            for (tenant, id, _) in batch {
                if app.shutdown.is_requested() {
                    return Ok((looked_at, changed));
                }
                let (desk, about) = (app.desk.clone(), id.clone());
                match app.jobs_db.write(move |tx: &mut Tx| what.look(tx, &Context::schedule(&desk, &tenant, at), &about)).await {
                    Ok(number) => changed += number,
                    Err(stop) => tracing::error!(?what, id, %stop, "could not be looked at"),
                }
                looked_at += 1;
                progress(u64::try_from(looked_at).unwrap_or(total), total);
            }
        }
    }
    Ok((looked_at, changed))
}

/// What the schedule looks at.
#[derive(Clone, Copy, Debug)]
enum Looked {
    Course,
    Workplace,
}

impl Looked {
    fn due(
        self,
        conn: &mut Conn,
        today: NaiveDate,
        after: &(NaiveDate, String),
    ) -> Result<Vec<(Tenant, String, NaiveDate)>, StoreError> {
        match self {
            Self::Course => citizens::to_look_at(conn, today, after, BATCH),
            Self::Workplace => companies::workplaces::to_look_at(conn, today, after, BATCH),
        }
    }

    fn look(self, tx: &mut Tx, context: &Context, id: &str) -> Result<usize, ActionError> {
        match self {
            Self::Course => evaluate::look(tx, context, id),
            Self::Workplace => evaluate::look_at(tx, context, id),
        }
    }
}

/// Writes the letters that people who work here are owed.
async fn report(app: &App, at: At) -> Result<usize, StoreError> {
    let digest_time = hour(at) >= app.desk.settings.schedule.digest_from_hour;
    let mut letters = 0;
    for account in app.jobs_db.read(flags::accounts_to_tell).await? {
        if app.shutdown.is_requested() {
            break;
        }
        let account = AccountId::stored(account);
        let id = account.clone();
        match app.jobs_db.write(move |tx: &mut Tx| reports::write(tx, at, &id, digest_time)).await {
            Ok(queued) => letters += usize::from(queued),
            Err(stop) => tracing::error!(%account, %stop, "a letter could not be written"),
        }
    }
    Ok(letters)
}

/// Reminds those who keep openings that expire soon, from the hour on at which the day's notices go: one letter a person.
async fn renew(app: &App, at: At) -> Result<usize, StoreError> {
    if hour(at) < app.desk.settings.schedule.digest_from_hour {
        return Ok(0);
    }
    let due = app.jobs_db.read(move |conn: &mut Conn| openings::to_remind(conn, at.today, REMINDED_AT_ONCE)).await?;
    let mut by_municipality: BTreeMap<Tenant, Vec<String>> = BTreeMap::new();
    for (tenant, id) in due {
        by_municipality.entry(tenant).or_default().push(id);
    }
    let mut letters = 0;
    for (tenant, ids) in by_municipality {
        let own = tenant.clone();
        match app.jobs_db.write(move |tx: &mut Tx| reminding::remind(tx, at, &own, &ids)).await {
            Ok(queued) => letters += queued,
            Err(stop) => tracing::error!(municipality = tenant.as_str(), %stop, "openings could not be reminded of"),
        }
    }
    Ok(letters)
}

/// Counts what became of the internships of each trade, for the searches of the day.
async fn count(app: &App, at: At) -> Result<usize, StoreError> {
    let all = app.jobs_db.read(accounts::municipalities).await?;
    for tenant in all.iter().cloned() {
        let desk = app.desk.clone();
        let count = move |tx: &mut Tx| trade_counts::count(tx, &tenant, at.today, desk.book.on(at.today));
        app.jobs_db.write(count).await?;
    }
    Ok(all.len())
}

async fn tidy(app: &App, at: At) -> Result<(), StoreError> {
    let (now, old) = (at.instant.naive_utc(), (at.instant - Duration::days(REPLY_DAYS)).naive_utc());
    app.jobs_db
        .write(move |tx: &mut Tx| {
            accounts::tidy(tx, now, old)?;
            idempotency::tidy(tx, old)?;
            update_statistics(tx)
        })
        .await
}
