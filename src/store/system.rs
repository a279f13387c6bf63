//! How the database stands, for whoever runs the service: tables, letters that are due, runs. Of the whole instance and no
//! municipality's: it counts and dates, and holds nothing about anybody.

use crate::store::{
    db::{conn::Conn, error::StoreError},
    letters,
    migrations::{POSTGRES, SQLITE},
    runs,
};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::{
    migration::{Migration, MigrationSource},
    prelude::*,
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
}

/// Compares what was run with what is built in.
///
/// # Errors
/// A failure of the database.
pub fn tables(conn: &mut Conn) -> Result<Tables, StoreError> {
    use __diesel_schema_migrations::dsl;
    let run: Vec<String> = dsl::__diesel_schema_migrations.select(dsl::version).load(conn)?;
    let known = match conn {
        Conn::Sqlite(_) => versions(MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE)),
        Conn::Postgres(_) => versions(MigrationSource::<diesel::pg::Pg>::migrations(&POSTGRES)),
    };
    let known = known.map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let run: BTreeSet<String> = run.into_iter().collect();
    Ok(Tables {
        run: run.intersection(&known).count(),
        missing: known.difference(&run).cloned().collect(),
        unknown: run.difference(&known).cloned().collect(),
    })
}

fn versions<D: diesel::backend::Backend>(
    all: diesel::migration::Result<Vec<Box<dyn Migration<D>>>>,
) -> diesel::migration::Result<BTreeSet<String>> {
    Ok(all?.iter().map(|migration| migration.name().version().to_string()).collect())
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
    Ok(Work { due: letters::count_due(conn, now)?, oldest_due: letters::oldest_due(conn, now)?, finished })
}
