//! How the service stands, for whoever runs it. Open to anybody who reaches it, so it counts and dates only, and holds nothing
//! about anybody; that is why nothing is authorised here.

use crate::{
    domain::values::day::At,
    store::{
        Conn, StoreError,
        runs::EVALUATE,
        system::status::{self, Tables, Work},
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

/// Letters and the schedule are late after so many intervals of the schedule.
const LATE_INTERVALS: i64 = 3;

/// What the database says of itself.
pub enum Health {
    /// Migrations that were not run: requests cannot be answered.
    TablesMissing(Vec<String>),
    Stands(DatabaseHealth),
}

/// A database that can be worked with.
pub struct DatabaseHealth {
    tables: Tables,
    work: Work,
    at: At,
}

/// That the service is ready, and how the schedule keeps up.
#[derive(Serialize)]
pub struct ReadyView {
    /// `ready`, or `degraded`: ready, and somebody should look.
    pub status: &'static str,
    /// Why: `letters-late`, `schedule-late`, `tables-newer`, `clock-behind`, `clock-jumped`.
    pub degraded: Vec<&'static str>,
    /// `answers`: otherwise this is a problem.
    pub database: &'static str,
    pub migrations: MigrationsView,
    pub letters: DueLettersView,
    pub jobs: Vec<LastRunView>,
}

#[derive(Serialize)]
pub struct MigrationsView {
    pub run: usize,
    pub unknown: Vec<String>,
}

#[derive(Serialize)]
pub struct DueLettersView {
    pub due: i64,
    /// None where none is due.
    pub oldest_due_age_seconds: Option<i64>,
}

#[derive(Serialize)]
pub struct LastRunView {
    pub job: &'static str,
    pub day: NaiveDate,
    pub finished_at: DateTime<Utc>,
}

/// Asks the database; for its work only where no table is missing, since that may be one that it would be found in.
///
/// # Errors
/// A failure of the database.
pub fn health(conn: &mut Conn, at: At) -> Result<Health, StoreError> {
    let tables = status::tables(conn)?;
    if !tables.missing.is_empty() {
        return Ok(Health::TablesMissing(tables.missing));
    }
    let work = status::work(conn, at.instant.naive_utc())?;
    Ok(Health::Stands(DatabaseHealth { tables, work, at }))
}

impl DatabaseHealth {
    /// What is told of it, where the schedule runs every so many minutes.
    pub fn view(self, every_minutes: i64, clock_jumped: bool) -> ReadyView {
        let mut degraded = self.degraded(every_minutes);
        degraded.extend(clock_jumped.then_some("clock-jumped"));
        let letters = DueLettersView { due: self.work.due, oldest_due_age_seconds: self.oldest_due_seconds() };
        let jobs = self.work.finished.into_iter();
        ReadyView {
            status: if degraded.is_empty() { "ready" } else { "degraded" },
            degraded,
            database: "answers",
            migrations: MigrationsView { run: self.tables.run, unknown: self.tables.unknown },
            letters,
            jobs: jobs.map(|(job, day, at)| LastRunView { job, day, finished_at: at.and_utc() }).collect(),
        }
    }

    /// How many letters are due.
    pub fn due(&self) -> i64 {
        self.work.due
    }

    /// How long the oldest letter that is due has been so.
    pub fn oldest_due_seconds(&self) -> Option<i64> {
        self.work.oldest_due.map(|since| (self.at.instant.naive_utc() - since).num_seconds())
    }

    /// When each job finished last, in seconds since 1970.
    pub fn finished(&self) -> Vec<(String, i64)> {
        self.work.finished.iter().map(|(job, _, at)| ((*job).to_owned(), at.and_utc().timestamp())).collect()
    }

    /// What somebody should look at, though requests are answered.
    fn degraded(&self, every_minutes: i64) -> Vec<&'static str> {
        let late = chrono::Duration::minutes(LATE_INTERVALS * every_minutes).num_seconds();
        let looked = self.work.finished.iter().find(|(job, ..)| *job == EVALUATE);
        let since = |on: &chrono::NaiveDateTime| (self.at.instant.naive_utc() - *on).num_seconds();
        [
            ("letters-late", self.oldest_due_seconds().is_some_and(|seconds| seconds > late)),
            ("schedule-late", looked.is_some_and(|(.., on)| since(on) > late)),
            ("tables-newer", !self.tables.unknown.is_empty()),
            ("clock-behind", self.work.is_ahead),
        ]
        .into_iter()
        .filter_map(|(what, is_so)| is_so.then_some(what))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_late_or_newer_is_told_and_nothing_else() {
        let at = crate::domain::values::copenhagen::at("2026-01-05T09:00:00Z".parse().unwrap());
        let ago = |seconds| at.instant.naive_utc() - chrono::Duration::seconds(seconds);
        let newer = Tables { unknown: vec!["20990101".into()], ..Tables::default() };
        for (tables, due, looked, expected) in [
            (Tables::default(), None, None, vec![]),
            (Tables::default(), Some(900), Some(900), vec![]),
            (Tables::default(), Some(901), Some(900), vec!["letters-late"]),
            (Tables::default(), Some(0), Some(901), vec!["schedule-late"]),
            (newer, None, None, vec!["tables-newer"]),
        ] {
            let finished = looked.map(|seconds| (EVALUATE, at.today, ago(seconds))).into_iter().collect();
            let work = Work { due: 0, oldest_due: due.map(ago), finished, is_ahead: false };
            assert_eq!(DatabaseHealth { tables, work, at }.degraded(5), expected, "{due:?} {looked:?}");
        }
    }
}
