//! The rulebooks under which decisions were made, each stored as it was written. A decision stores its version, so that the rows
//! it rests on can be read years later.

use crate::store::{
    db::{
        conn::Conn,
        dialect::{connect::connect, statements::insert_if_absent},
        error::StoreError,
        pool::Db,
    },
    schema::{RulebookRow, rulebooks},
};
use diesel::prelude::*;

impl Db {
    /// Stores a rulebook unless it is stored already; several instances that start at once store it once.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn keep_rulebook(&self, row: &RulebookRow) -> Result<(), StoreError> {
        let mut conn = connect(&self.address)?;
        if find(&mut conn, &row.version)?.is_none() {
            insert_if_absent!(&mut conn, rulebooks::table, row)?;
        }
        Ok(())
    }
}

/// A book by its version.
pub fn find(conn: &mut Conn, version: &str) -> Result<Option<RulebookRow>, StoreError> {
    Ok(rulebooks::table.find(version).first(conn).optional()?)
}
