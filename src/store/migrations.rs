//! Brings the tables up to date, and what is kept beside them so that it is found.

use super::{
    db::{conn::Conn, dialect, error::StoreError},
    search,
};
use diesel_migrations::{EmbeddedMigrations, HarnessWithOutput, MigrationHarness, embed_migrations};

pub const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
pub const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Runs what has not been run. Returns the names of the migrations that were run.
///
/// # Errors
/// A failure of the database.
pub fn run(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    dialect::unhurried(conn)?;
    let mut sink = std::io::sink();
    let run = match conn {
        Conn::Sqlite(conn) => names(HarnessWithOutput::new(conn, &mut sink).run_pending_migrations(SQLITE)),
        Conn::Postgres(conn) => names(HarnessWithOutput::new(conn, &mut sink).run_pending_migrations(POSTGRES)),
    };
    let run = run.map_err(|error| StoreError::Unreachable(format!("the tables could not be brought up to date: {error}")))?;
    search::catch_up(conn)?;
    dialect::take_stock(conn)?;
    Ok(run)
}

/// Takes every table away again.
///
/// # Errors
/// A failure of the database.
pub fn revert(conn: &mut Conn) -> Result<(), StoreError> {
    let done = match conn {
        Conn::Sqlite(conn) => conn.revert_all_migrations(SQLITE).map(|_| ()),
        Conn::Postgres(conn) => conn.revert_all_migrations(POSTGRES).map(|_| ()),
    };
    done.map_err(|error| StoreError::Unreachable(error.to_string()))
}

fn names(run: diesel::migration::Result<Vec<diesel::migration::MigrationVersion<'_>>>) -> diesel::migration::Result<Vec<String>> {
    Ok(run?.iter().map(ToString::to_string).collect())
}
