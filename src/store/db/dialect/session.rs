//! The settings of a connection, and how a transaction begins.

use crate::store::db::{conn::Conn, error::StoreError};
use diesel::connection::SimpleConnection;

/// Gives a new connection the settings of one that serves.
pub fn prepare(conn: &mut Conn) -> Result<(), StoreError> {
    let text = match conn {
        Conn::Sqlite(_) => {
            "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
             PRAGMA cache_size = -8000;"
        }
        Conn::Postgres(_) => {
            "SET TIME ZONE 'UTC'; SET statement_timeout = '30s'; SET lock_timeout = '10s'; \
             SET idle_in_transaction_session_timeout = '60s';"
        }
    };
    Ok(conn.batch_execute(text)?)
}

/// Makes PostgreSQL use an index for every search on a connection that writes. It reads small tables from end to end otherwise,
/// and a serializable transaction that has read a whole table conflicts with every writer to that table.
pub fn find_by_index(conn: &mut Conn) -> Result<(), StoreError> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(conn) => Ok(conn.batch_execute("SET enable_seqscan = off")?),
    }
}

/// Lifts the time limits of requests, for work that is done once and takes long.
pub fn lift_time_limits(conn: &mut Conn) -> Result<(), StoreError> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(conn) => {
            Ok(conn.batch_execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;")?)
        }
    }
}

/// Updates the statistics from which SQLite's planner chooses an index, for tables that have changed much. Without them it takes
/// every index that begins with the municipality for equally good. All tables are looked at (0x10000), but only some rows of each
/// (0x10), so that it is quick. PostgreSQL does this by itself.
pub fn update_statistics(conn: &mut Conn) -> Result<(), StoreError> {
    match conn {
        Conn::Sqlite(conn) => Ok(conn.batch_execute("PRAGMA optimize = 0x10012")?),
        Conn::Postgres(_) => Ok(()),
    }
}

/// Overwrites what the file of the database still holds in pages that are free. PostgreSQL takes such room again by itself.
pub fn forget_free_pages(conn: &mut Conn) -> Result<(), StoreError> {
    match conn {
        Conn::Sqlite(conn) => Ok(conn.batch_execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")?),
        Conn::Postgres(_) => Ok(()),
    }
}

/// Begins a transaction that writes. SQLite takes the write lock at once, since a transaction that reads first and writes later
/// fails without waiting. PostgreSQL runs it serializable, since otherwise two bookings that are each allowed can together break a
/// rule.
pub fn begin_write(conn: &mut Conn) -> Result<(), StoreError> {
    let text = match conn {
        Conn::Sqlite(_) => "BEGIN IMMEDIATE",
        Conn::Postgres(_) => "BEGIN ISOLATION LEVEL SERIALIZABLE",
    };
    Ok(conn.batch_execute(text)?)
}

/// Begins a transaction that reads one state of the database throughout.
pub fn begin_read(conn: &mut Conn) -> Result<(), StoreError> {
    let text = match conn {
        Conn::Sqlite(_) => "BEGIN DEFERRED",
        Conn::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    };
    Ok(conn.batch_execute(text)?)
}
