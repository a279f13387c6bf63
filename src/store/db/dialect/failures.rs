//! What kind of failure an engine reports.
//!
//! Diesel passes on a kind for the most common failures, which it takes from SQLSTATE or from SQLite's result code. It shows the
//! code of no other failure, so those are recognised by their message. SQLite's messages are constants of the library that is
//! built in. PostgreSQL's are English on every connection: [`connect`](super::connect) sees to it.

use crate::store::db::address::Address;
use diesel::result::{
    DatabaseErrorKind::{ClosedConnection, SerializationFailure, UnableToSendCommand, UniqueViolation},
    Error,
};
use std::io::{self, ErrorKind, Write};

/// What went wrong, as far as it makes a difference to whoever asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Another transaction came between; the same transaction may pass when it is run again.
    Conflict,
    /// A unique index has the value already.
    Duplicate,
    /// Somebody else holds what is needed.
    Busy,
    DiskFull,
    /// SQLite could not write or read its file.
    InputOutput,
    /// A part of the database is damaged on the disk.
    Damaged,
    /// The connection is gone.
    Disconnected,
    Other,
}

/// Messages with the codes for which they stand.
const MESSAGES: [(&str, Failure); 13] = [
    // PostgreSQL: 40P01, 55P03, 57014, 53200 (the memory for what serializable transactions have read), 53100 twice.
    ("deadlock detected", Failure::Conflict),
    ("due to lock timeout", Failure::Busy),
    ("due to statement timeout", Failure::Busy),
    ("out of shared memory", Failure::Busy),
    ("No space left on device", Failure::DiskFull),
    ("Disk quota exceeded", Failure::DiskFull),
    // PostgreSQL: XX001.
    ("invalid page in block", Failure::Damaged),
    // SQLite: SQLITE_CORRUPT, SQLITE_NOTADB.
    ("database disk image is malformed", Failure::Damaged),
    ("file is not a database", Failure::Damaged),
    // SQLite: SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL, SQLITE_IOERR.
    ("database is locked", Failure::Busy),
    ("database table is locked", Failure::Busy),
    ("database or disk is full", Failure::DiskFull),
    ("disk I/O error", Failure::InputOutput),
];

/// What kind of failure a statement met.
pub fn classify(error: &Error) -> Failure {
    match error {
        Error::DatabaseError(SerializationFailure, _) => Failure::Conflict,
        Error::DatabaseError(UniqueViolation, _) => Failure::Duplicate,
        Error::DatabaseError(ClosedConnection | UnableToSendCommand, _) => Failure::Disconnected,
        Error::DatabaseError(_, info) => {
            let known = MESSAGES.iter().find(|(message, _)| info.message().contains(message));
            known.map_or(Failure::Other, |(_, failure)| *failure)
        }
        _ => Failure::Other,
    }
}

/// How much a trial write needs: more than SQLite adds to its log for a small transaction.
const TRIAL_BYTES: usize = 1 << 16;

/// Whether an I/O error of SQLite means that the disk is full: SQLite calls only one cause of that so (`ENOSPC`), and an exhausted
/// quota (`EDQUOT`) an I/O error. A trial file beside the database tells them apart.
pub fn is_out_of_room(address: &Address) -> bool {
    let Address::Sqlite(path) = address else { return false };
    let folder = std::path::Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty());
    let trial = || -> io::Result<()> {
        let mut file = tempfile::tempfile_in(folder.unwrap_or(std::path::Path::new(".")))?;
        file.write_all(&[0; TRIAL_BYTES])?;
        file.sync_all()
    };
    trial().is_err_and(|error| means_full(&error))
}

fn means_full(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use diesel::{Connection, RunQueryDsl, SqliteConnection, connection::SimpleConnection, result::DatabaseErrorKind};

    fn unnamed(message: &str) -> Error {
        Error::DatabaseError(DatabaseErrorKind::Unknown, Box::new(message.to_owned()))
    }

    #[test]
    fn postgresql_is_understood() {
        for (message, failure) in [
            ("deadlock detected", Failure::Conflict),
            ("canceling statement due to lock timeout", Failure::Busy),
            ("canceling statement due to statement timeout", Failure::Busy),
            ("out of shared memory", Failure::Busy),
            ("could not extend file \"base/1/2\": No space left on device", Failure::DiskFull),
            ("could not extend file \"base/1/2\": Disk quota exceeded", Failure::DiskFull),
            ("division by zero", Failure::Other),
        ] {
            assert_eq!(classify(&unnamed(message)), failure, "{message}");
        }
    }

    #[test]
    fn the_built_in_sqlite_says_what_is_looked_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("db").display().to_string();
        let (mut one, mut other) = (SqliteConnection::establish(&path).unwrap(), SqliteConnection::establish(&path).unwrap());
        one.batch_execute("CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1);").unwrap();
        assert_eq!(
            classify(&one.batch_execute("PRAGMA max_page_count = 3; CREATE TABLE u (a UNIQUE);").unwrap_err()),
            Failure::DiskFull
        );
        one.batch_execute("BEGIN IMMEDIATE").unwrap();
        assert_eq!(classify(&other.batch_execute("BEGIN IMMEDIATE").unwrap_err()), Failure::Busy);
        one.batch_execute("COMMIT").unwrap();
        assert_eq!(classify(&diesel::sql_query("INSERT INTO t VALUES (1)").execute(&mut one).unwrap_err()), Failure::Duplicate);
    }

    #[test]
    fn an_exhausted_quota_is_a_full_disk_and_a_broken_one_is_not() {
        let (disk_quota_exceeded, input_output) = (122, 5);
        assert!(means_full(&io::Error::from_raw_os_error(disk_quota_exceeded)));
        assert!(!means_full(&io::Error::from_raw_os_error(input_output)));
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_out_of_room(&Address::Sqlite(folder.path().join("db").display().to_string())));
    }
}
