//! Brings the tables up to date, and fills in what SQL alone cannot compute.

use crate::store::{
    db::{
        conn::Conn,
        dialect::{
            connect::connect,
            session::{lift_time_limits, update_statistics},
        },
        error::StoreError,
        pool::Db,
    },
    search,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

/// Every migration, in order. The same text serves both engines.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

impl Db {
    /// Brings the tables up to date. Returns the names of the migrations that were run.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn migrate(&self) -> Result<Vec<String>, StoreError> {
        run(&mut connect(&self.address)?)
    }

    /// Takes every table away again: for the test that goes up, down and up.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn unmigrate(&self) -> Result<(), StoreError> {
        let mut conn = connect(&self.address)?;
        conn.revert_all_migrations(MIGRATIONS).map(|_| ()).map_err(|error| StoreError::Migration(error.to_string()))
    }
}

/// Brings the tables up to date on a connection. Returns the names of the migrations that were run.
///
/// # Errors
/// A failure of the database.
pub fn run(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    lift_time_limits(conn)?;
    let run = conn.run_pending_migrations(MIGRATIONS).map_err(|error| StoreError::Migration(error.to_string()))?;
    let run = run.iter().map(ToString::to_string).collect();
    search::catch_up(conn)?;
    update_statistics(conn)?;
    Ok(run)
}
