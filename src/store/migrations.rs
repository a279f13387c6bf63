//! Brings the tables up to date, and fills in what SQL alone cannot compute.

use super::{
    db::{conn::Conn, dialect, error::StoreError},
    search,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

/// Every migration, in order. The same text serves both engines.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Runs what has not been run. Returns the names of the migrations that were run.
///
/// # Errors
/// A failure of the database.
pub fn run(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    dialect::unhurried(conn)?;
    let run = conn.run_pending_migrations(MIGRATIONS);
    let run = run.map_err(|error| StoreError::Unreachable(format!("the tables could not be brought up to date: {error}")))?;
    let run = run.iter().map(ToString::to_string).collect();
    search::catch_up(conn)?;
    dialect::take_stock(conn)?;
    Ok(run)
}

/// Takes every table away again.
///
/// # Errors
/// A failure of the database.
pub fn revert(conn: &mut Conn) -> Result<(), StoreError> {
    conn.revert_all_migrations(MIGRATIONS).map(|_| ()).map_err(|error| StoreError::Unreachable(error.to_string()))
}
