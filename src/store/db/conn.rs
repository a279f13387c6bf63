//! What a statement is given: a connection to read, a transaction to write.

use super::{error::StoreError, row_change::RowChange};
use diesel::{MultiConnection, PgConnection, SqliteConnection, connection::SimpleConnection};
use std::ops::{Deref, DerefMut};

/// A connection to either engine.
#[derive(MultiConnection)]
pub enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// A transaction that may write. Only [`Db::write`] makes one.
pub struct Tx<'a> {
    conn: &'a mut Conn,
    /// What was changed, where it is kept.
    journal: Option<Vec<RowChange>>,
}

impl<'a> Tx<'a> {
    pub(in crate::store) fn new(conn: &'a mut Conn) -> Self {
        Self { conn, journal: None }
    }
}

impl Tx<'_> {
    /// From here on what is changed is kept: because a person does it.
    pub fn begin_journal(&mut self) {
        self.journal = Some(Vec::new());
    }

    /// What was changed since then.
    pub fn end_journal(&mut self) -> Vec<RowChange> {
        self.journal.take().unwrap_or_default()
    }

    pub(in crate::store) fn is_journalled(&self) -> bool {
        self.journal.is_some()
    }

    pub(in crate::store) fn note(&mut self, change: RowChange) {
        if let Some(journal) = &mut self.journal {
            journal.push(change);
        }
    }
}

impl Deref for Tx<'_> {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        self.conn
    }
}
impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        self.conn
    }
}

pub fn commit(conn: &mut Conn) -> Result<(), StoreError> {
    Ok(conn.batch_execute("COMMIT")?)
}

/// Where even this fails the connection is broken.
pub fn rollback(conn: &mut Conn) -> Result<(), StoreError> {
    Ok(conn.batch_execute("ROLLBACK")?)
}
