//! Runs of the jobs: one row per job and day, so that any number of schedules make one run.

use crate::store::{
    db::{
        conn::{Conn, Tx},
        dialect::statements::insert_if_absent,
        error::StoreError,
    },
    schema::{RunRow, runs},
};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// The jobs, by the names that their runs are stored under. Some of the names are older than the words used elsewhere.
pub const EVALUATE: &str = "look";
pub const REPORT: &str = "report";
pub const REMIND: &str = "renew";
pub const COUNT: &str = "count";
/// Erases the citizens whose time has come.
pub const ERASE: &str = "erase";
pub const TIDY: &str = "tidy";
/// Delivery has no run: each letter records what became of it.
pub const DELIVER: &str = "deliver";
/// The jobs that have runs.
pub const JOBS: [&str; 6] = [EVALUATE, REPORT, REMIND, COUNT, ERASE, TIDY];

pub fn begin(tx: &mut Tx, row: &RunRow) -> Result<bool, StoreError> {
    Ok(insert_if_absent!(&mut **tx, runs::table, row)? == 1)
}

/// Adds to the count of a day's run.
pub fn advance(tx: &mut Tx, job: &str, day: chrono::NaiveDate, done: i64, finished: NaiveDateTime) -> Result<(), StoreError> {
    let own = runs::table.filter(runs::job.eq(job)).filter(runs::day.eq(day));
    diesel::update(own).set((runs::done.eq(runs::done + done), runs::finished_at.eq(Some(finished)))).execute(&mut **tx)?;
    Ok(())
}

/// A job's latest run that has finished: its day and when it finished.
pub fn last_finished(conn: &mut Conn, job: &str) -> Result<Option<(chrono::NaiveDate, NaiveDateTime)>, StoreError> {
    let finished = runs::table.filter(runs::job.eq(job)).filter(runs::finished_at.is_not_null());
    let last = finished.order(runs::day.desc()).select((runs::day, runs::finished_at.assume_not_null()));
    Ok(last.first(conn).optional()?)
}

/// The latest runs first, from before a day.
pub fn page(conn: &mut Conn, before: chrono::NaiveDate, limit: i64) -> Result<Vec<RunRow>, StoreError> {
    Ok(runs::table.filter(runs::day.lt(before)).order((runs::day.desc(), runs::job)).limit(limit).load(conn)?)
}
