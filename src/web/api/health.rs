//! What whoever runs the service asks: does it live, is it ready, what are its counts. Open to anybody who reaches it, so it
//! counts and dates only, and holds nothing about anybody.
//!
//! *Live* touches nothing: it fails where a restart helps. *Ready* fails where requests cannot be answered: the database does not
//! answer in time, or tables are missing. What a restart or another instance would not mend leaves it ready and is told as
//! `degraded`: letters that wait too long, a schedule that has stopped, tables newer than this program (which is so while
//! instances are replaced one by one).

use crate::{
    app::App,
    domain::values::{day::At, localized::localized},
    store::{
        Conn, StoreError,
        runs::LOOK,
        system::{self, Tables, Work},
    },
    telemetry::DatabaseMetrics,
    web::problem::{Problem, ProblemKind},
};
use actix_web::{HttpResponse, http::header, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use std::time::Duration;

/// Whoever asks about health does not wait; a database that takes longer does not answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// When to ask again, in seconds.
const AGAIN: i64 = 5;
/// Letters and the schedule are late after so many rings of the alarm.
const LATE_RINGS: i64 = 3;

/// Touches nothing.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({"status": "live"}))
}

#[derive(Serialize)]
struct Ready {
    /// `ready`, or `degraded`: ready, and somebody should look.
    status: &'static str,
    /// Why: `letters-late`, `schedule-late`, `tables-newer`.
    degraded: Vec<&'static str>,
    /// `answers`: otherwise this is a problem.
    database: &'static str,
    migrations: Migrations,
    letters: Letters,
    jobs: Vec<LastRun>,
}

#[derive(Serialize)]
struct Migrations {
    run: usize,
    unknown: Vec<String>,
}

#[derive(Serialize)]
struct Letters {
    due: i64,
    /// None where none is due.
    oldest_due_age_seconds: Option<i64>,
}

#[derive(Serialize)]
struct LastRun {
    job: &'static str,
    day: NaiveDate,
    finished_at: DateTime<Utc>,
}

/// Whether requests can be answered, and how the schedule keeps up.
pub async fn ready(app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let at = app.clock.now();
    let (tables, work) = ask(&app, at).await.map_err(|failure| {
        tracing::warn!(%failure, "not ready");
        Problem { retry_after: Some(AGAIN), ..Problem::new(ProblemKind::Unavailable) }
    })?;
    let Some(work) = work else {
        let names = tables.missing.join(", ");
        tracing::warn!(missing = names, "not ready");
        let detail = localized(
            format!("Tabellerne mangler {names}: kør `rettematch migrate`."),
            format!("The tables lack {names}: run `rettematch migrate`."),
        );
        return Err(Problem { retry_after: Some(AGAIN), ..Problem::with(ProblemKind::TablesBehind, detail) });
    };
    let degraded = degraded(&tables, &work, at, i64::from(app.desk.settings.schedule.every_minutes));
    let body = Ready {
        status: if degraded.is_empty() { "ready" } else { "degraded" },
        degraded,
        database: "answers",
        migrations: Migrations { run: tables.run, unknown: tables.unknown },
        letters: Letters { due: work.due, oldest_due_age_seconds: age(&work, at) },
        jobs: work.finished.into_iter().map(|(job, day, at)| LastRun { job, day, finished_at: at.and_utc() }).collect(),
    };
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(body))
}

/// Everything for Prometheus; what the database does not tell now is left out.
pub async fn metrics(app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let at = app.clock.now();
    let work = ask(&app, at).await.ok().and_then(|(_, work)| work);
    let database = work.map(|work| DatabaseMetrics {
        due: work.due,
        oldest_due_seconds: age(&work, at).unwrap_or_default(),
        finished: work.finished.iter().map(|(job, _, at)| ((*job).to_owned(), at.and_utc().timestamp())).collect(),
    });
    let text = app.metrics.text(database.as_ref()).map_err(|why| {
        tracing::error!(%why, "a request failed");
        Problem::new(ProblemKind::Internal)
    })?;
    let answer = HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text);
    Ok(answer)
}

/// What stands in the database; without the work where tables are missing, since it may not be there to ask.
async fn ask(app: &App, at: At) -> Result<(Tables, Option<Work>), StoreError> {
    let now = at.instant.naive_utc();
    let read = app.db.read(move |conn: &mut Conn| -> Result<_, StoreError> {
        let tables = system::tables(conn)?;
        let work = if tables.missing.is_empty() { Some(system::work(conn, now)?) } else { None };
        Ok((tables, work))
    });
    let answered = tokio::time::timeout(PATIENCE, read).await;
    answered.unwrap_or_else(|_| Err(StoreError::Unreachable(format!("no answer within {} seconds", PATIENCE.as_secs()))))
}

fn age(work: &Work, at: At) -> Option<i64> {
    work.oldest_due.map(|since| (at.instant.naive_utc() - since).num_seconds())
}

/// What somebody should look at, though requests are answered.
fn degraded(tables: &Tables, work: &Work, at: At, every_minutes: i64) -> Vec<&'static str> {
    let late = chrono::Duration::minutes(LATE_RINGS * every_minutes).num_seconds();
    let looked = work.finished.iter().find(|(job, ..)| *job == LOOK);
    [
        ("letters-late", age(work, at).is_some_and(|seconds| seconds > late)),
        ("schedule-late", looked.is_some_and(|(.., on)| (at.instant.naive_utc() - *on).num_seconds() > late)),
        ("tables-newer", !tables.unknown.is_empty()),
    ]
    .into_iter()
    .filter_map(|(what, is_so)| is_so.then_some(what))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn what_is_late_or_newer_is_told_and_nothing_else() {
        let at = clock::at("2026-01-05T09:00:00Z".parse().unwrap());
        let ago = |seconds| at.instant.naive_utc() - chrono::Duration::seconds(seconds);
        let newer = Tables { unknown: vec!["20990101".into()], ..Tables::default() };
        for (tables, due, looked, expected) in [
            (Tables::default(), None, None, vec![]),
            (Tables::default(), Some(900), Some(900), vec![]),
            (Tables::default(), Some(901), Some(900), vec!["letters-late"]),
            (Tables::default(), Some(0), Some(901), vec!["schedule-late"]),
            (newer, None, None, vec!["tables-newer"]),
        ] {
            let finished = looked.map(|seconds| (LOOK, at.today, ago(seconds))).into_iter().collect();
            let work = Work { due: 0, oldest_due: due.map(ago), finished };
            assert_eq!(degraded(&tables, &work, at, 5), expected, "{due:?} {looked:?}");
        }
    }
}
