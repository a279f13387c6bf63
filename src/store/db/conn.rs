//! What a statement is given: a connection to read, a transaction to write.

use super::error::StoreError;
use diesel::{MultiConnection, PgConnection, SqliteConnection, connection::SimpleConnection};
use std::ops::{Deref, DerefMut};

/// A connection to either engine.
#[derive(MultiConnection)]
pub enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// A transaction that may write. Only [`Db::write`] makes one.
pub struct Tx<'a>(pub(in crate::store) &'a mut Conn);

impl Deref for Tx<'_> {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        self.0
    }
}
impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        self.0
    }
}

pub fn commit(conn: &mut Conn) -> Result<(), StoreError> {
    Ok(conn.batch_execute("COMMIT")?)
}

/// Where even this fails the connection is broken.
pub fn rollback(conn: &mut Conn) -> Result<(), StoreError> {
    Ok(conn.batch_execute("ROLLBACK")?)
}
