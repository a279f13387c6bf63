//! Work on many rows, in transactions one after the other.

use super::{
    conn::{Conn, Tx, commit, rollback},
    dialect::session::begin_write,
    error::StoreError,
};

/// Does some of it in a transaction, each after the id that the one before ended with, until none is left.
///
/// # Errors
/// A failure of the database: what was committed stays.
pub fn in_batches<I: ToString>(
    conn: &mut Conn,
    mut some: impl FnMut(&mut Tx, &str) -> Result<Option<I>, StoreError>,
) -> Result<(), StoreError> {
    let mut after = String::new();
    loop {
        begin_write(conn)?;
        let done = some(&mut Tx::new(conn), &after);
        match done.and_then(|last| commit(conn).map(|()| last)) {
            Ok(Some(last)) => after = last.to_string(),
            Ok(None) => return Ok(()),
            Err(failure) => {
                let _ = rollback(conn);
                return Err(failure);
            }
        }
    }
}
