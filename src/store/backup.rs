//! A copy of a running SQLite file.
//!
//! Promise: the copy is one state of the database, with everything that was answered before it began; it stands under its name
//! only when it is whole, checked and on the disk; what stands there already is never overwritten.

use crate::store::{
    db::{
        address::Address,
        conn::Conn,
        dialect::{
            connect::connect_existing,
            copying,
            sqlite_file::{self, is_sqlite_file},
        },
        error::StoreError,
    },
    schema::TABLES,
};
use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::Duration,
};
use thiserror::Error;

/// How often progress is reported.
const REPORT_EVERY: Duration = Duration::from_millis(200);

/// What was copied.
#[derive(Debug)]
pub struct Backup {
    pub bytes: u64,
    pub rows: u64,
}

/// Why there is no copy.
#[derive(Debug, Error)]
pub enum BackupError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    File(#[from] std::io::Error),
    #[error("the database is no SQLite file")]
    NotSqlite,
    #[error("{} is there already, and is not overwritten", .0.display())]
    Exists(PathBuf),
    #[error("the path is not UTF-8")]
    Path,
    #[error("the copy is not whole and was thrown away; SQLite says: {0}")]
    Damaged(String),
    #[error("the copy has other rows than the database, and was thrown away")]
    OtherRows,
}

/// Copies a SQLite file. `progress` is called with how many bytes of how many at most have been
/// written.
///
/// # Errors
/// A place where something stands already or that cannot be written, a failure of the database, or a copy that is not whole.
pub fn backup(from: &Address, to: &Path, progress: &dyn Fn(u64, u64)) -> Result<Backup, BackupError> {
    if !is_sqlite_file(from) {
        return Err(BackupError::NotSqlite);
    }
    if to.exists() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let folder = match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let conn = &mut connect_existing(from)?;
    let at_most = sqlite_file::size(conn)?;
    // Beside it, so that it is renamed and not copied; for its owner alone. It goes away by itself, unless this is killed.
    let partial = tempfile::Builder::new().prefix(".backup-").suffix(".partial").tempfile_in(folder)?;
    let path = partial.path().to_str().ok_or(BackupError::Path)?;
    let before = (sqlite_file::writes_of_others(conn)?, counts(conn)?);
    thread::scope(|scope| {
        let (ended, waits) = mpsc::channel::<()>();
        let (conn, written) = (&mut *conn, path);
        let copying = scope.spawn(move || {
            let done = sqlite_file::copy_into(conn, written);
            drop(ended);
            done
        });
        while waits.recv_timeout(REPORT_EVERY) == Err(mpsc::RecvTimeoutError::Timeout) {
            progress(std::fs::metadata(path).map(|file| file.len()).unwrap_or_default(), at_most);
        }
        copying.join().unwrap_or(Err(StoreError::Panicked))
    })?;
    let after = sqlite_file::writes_of_others(conn)?;
    let copied = check(path)?;
    // While others write nobody can say how many there were just then; what the copy says of itself holds anyway.
    if before.0 == after && before.1 != copied {
        return Err(BackupError::OtherRows);
    }
    let bytes = partial.as_file().metadata()?.len();
    partial.as_file().sync_all()?;
    partial.persist_noclobber(to).map_err(|refused| BackupError::File(refused.error))?;
    File::open(folder)?.sync_all()?;
    Ok(Backup { bytes, rows: copied.iter().sum() })
}

/// How many rows each table has.
fn counts(conn: &mut Conn) -> Result<Vec<u64>, StoreError> {
    TABLES.iter().map(|table| Ok(u64::try_from(copying::count(conn, table.name)?).unwrap_or_default())).collect()
}

/// Whether a copy is whole in itself; how many rows each of its tables has.
fn check(path: &str) -> Result<Vec<u64>, BackupError> {
    let conn = &mut sqlite_file::open_unprepared(path)?;
    if let Some(first) = sqlite_file::faults(conn)?.into_iter().next() {
        return Err(BackupError::Damaged(first));
    }
    Ok(counts(conn)?)
}
