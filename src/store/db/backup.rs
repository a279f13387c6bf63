//! A copy of a running SQLite file.
//!
//! Promise: the copy is one state of the database, with everything that was answered before it began; it stands under its name
//! only when it is whole, checked and on the disk; what stands there already is never overwritten.

use crate::store::{
    db::{address::Address, conn::Conn, connect::connect_existing, dialect, error::StoreError},
    schema::TABLES,
};
use diesel::{Connection, SqliteConnection};
use std::{fs::File, path::Path, sync::mpsc, thread, time::Duration};

/// How often it is told how far it is.
const TOLD_EVERY: Duration = Duration::from_millis(200);

/// What was copied.
#[derive(Debug)]
pub struct Backup {
    pub bytes: u64,
    pub rows: u64,
}

/// Why there is no copy.
#[derive(Debug)]
pub enum BackupError {
    Store(StoreError),
    File(std::io::Error),
    /// In words that say what to do.
    Refused(String),
}

impl std::fmt::Display for BackupError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(failure) => failure.fmt(f),
            Self::File(error) => error.fmt(f),
            Self::Refused(why) => why.fmt(f),
        }
    }
}

impl From<StoreError> for BackupError {
    fn from(failure: StoreError) -> Self {
        Self::Store(failure)
    }
}
impl From<std::io::Error> for BackupError {
    fn from(error: std::io::Error) -> Self {
        Self::File(error)
    }
}

/// Copies a SQLite file. `tell` hears how many bytes of how many at most have been written.
///
/// # Errors
/// A place where something stands already or that cannot be written, a failure of the database, or a copy that is not whole.
pub fn backup(from: &Address, to: &Path, tell: &dyn Fn(u64, u64)) -> Result<Backup, BackupError> {
    if to.exists() {
        return Err(BackupError::Refused(format!("{} is there already, and is not overwritten", to.display())));
    }
    let folder = match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let conn = &mut connect_existing(from)?;
    let at_most = dialect::size(conn)?;
    // Beside it, so that it is renamed and not copied; for its owner alone. It goes away by itself, unless this is killed.
    let partial = tempfile::Builder::new().prefix(".backup-").suffix(".partial").tempfile_in(folder)?;
    let path = partial.path().to_str().ok_or_else(|| BackupError::Refused("the path is not UTF-8".into()))?;
    let before = (dialect::writes_of_others(conn)?, counts(conn)?);
    thread::scope(|scope| {
        let (ended, waits) = mpsc::channel::<()>();
        let (conn, written) = (&mut *conn, path);
        let copying = scope.spawn(move || {
            let done = dialect::copy_into(conn, written);
            drop(ended);
            done
        });
        while waits.recv_timeout(TOLD_EVERY) == Err(mpsc::RecvTimeoutError::Timeout) {
            tell(std::fs::metadata(path).map(|file| file.len()).unwrap_or_default(), at_most);
        }
        copying.join().unwrap_or_else(|_| Err(StoreError::Unreachable("a panic while it was copied".into())))
    })?;
    let after = dialect::writes_of_others(conn)?;
    let copied = check(path)?;
    // While others write nobody can say how many there were just then; what the copy says of itself holds anyway.
    if before.0 == after && before.1 != copied {
        return Err(BackupError::Refused("the copy has other rows than the database, and was thrown away".into()));
    }
    let bytes = partial.as_file().metadata()?.len();
    partial.as_file().sync_all()?;
    partial.persist_noclobber(to).map_err(|refused| BackupError::File(refused.error))?;
    File::open(folder)?.sync_all()?;
    Ok(Backup { bytes, rows: copied.iter().sum() })
}

/// How many rows each table has.
fn counts(conn: &mut Conn) -> Result<Vec<u64>, StoreError> {
    TABLES.iter().map(|table| Ok(u64::try_from(dialect::count(conn, table.name)?).unwrap_or_default())).collect()
}

/// Whether a copy is whole in itself; how many rows each of its tables has.
fn check(path: &str) -> Result<Vec<u64>, BackupError> {
    // Without what a connection that writes is told: it would begin a log beside the copy.
    let opened = SqliteConnection::establish(path).map_err(|error| StoreError::Unreachable(error.to_string()))?;
    let conn = &mut Conn::Sqlite(opened);
    let faults = dialect::faults(conn)?;
    if let Some(first) = faults.first() {
        return Err(BackupError::Refused(format!("the copy is not whole and was thrown away; SQLite says: {first}")));
    }
    Ok(counts(conn)?)
}
