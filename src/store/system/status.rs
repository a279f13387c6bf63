//! How the database stands, for whoever runs the service: tables, letters that are due, runs. Of the whole instance and no
//! municipality's: it counts and dates, and holds nothing about anybody.

use crate::store::{
    db::{conn::Conn, error::StoreError},
    migrations::MIGRATIONS,
    runs,
    system::{clock, outbox},
};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::{
    migration::{Migration, MigrationSource},
    prelude::*,
    sqlite::Sqlite,
};
use std::collections::BTreeSet;

diesel::table! {
    /// Diesel's own list of what was run.
    __diesel_schema_migrations (version) {
        version -> Text,
    }
}

/// Whether the tables are those that this program knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// Migrations that were run and that this program knows.
    pub run: usize,
    /// Migrations of this program that were not run: it cannot work.
    pub missing: Vec<String>,
    /// Migrations that this program does not know: a newer one ran them.
    pub unknown: Vec<String>,
}

/// What is due, and what ran.
#[derive(Clone, Debug, Default)]
pub struct Work {
    pub due: i64,
    pub oldest_due: Option<NaiveDateTime>,
    /// Each job's latest run that has finished: job, day, when it finished.
    pub finished: Vec<(&'static str, NaiveDate, NaiveDateTime)>,
    /// Whether a run is dated after now.
    pub is_ahead: bool,
}

/// Compares what was run with what is built in.
///
/// # Errors
/// A failure of the database.
pub fn tables(conn: &mut Conn) -> Result<Tables, StoreError> {
    use __diesel_schema_migrations::dsl;
    let run: Vec<String> = dsl::__diesel_schema_migrations.select(dsl::version).load(conn)?;
    // The names are the same on both engines.
    let known: Vec<Box<dyn Migration<Sqlite>>> =
        MIGRATIONS.migrations().map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let known: BTreeSet<String> = known.iter().map(|migration| migration.name().version().to_string()).collect();
    let run: BTreeSet<String> = run.into_iter().collect();
    Ok(Tables {
        run: run.intersection(&known).count(),
        missing: known.difference(&run).cloned().collect(),
        unknown: run.difference(&known).cloned().collect(),
    })
}

/// Asks what is due and what ran.
///
/// # Errors
/// A failure of the database.
pub fn work(conn: &mut Conn, now: NaiveDateTime) -> Result<Work, StoreError> {
    let mut finished = Vec::new();
    for job in runs::JOBS {
        finished.extend(runs::last_finished(conn, job)?.map(|(day, at)| (job, day, at)));
    }
    let is_ahead = clock::latest_run_after(conn, now)?.is_some();
    Ok(Work { due: outbox::count_due(conn, now)?, oldest_due: outbox::oldest_due(conn, now)?, finished, is_ahead })
}
