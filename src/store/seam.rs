//! Every statement that differs between SQLite and PostgreSQL, and nothing else.

use super::{Conn, Failure, rows};
use crate::store::rows::{RunRow, ToldRow};
use diesel::{connection::SimpleConnection, prelude::*};

/// What a new connection is told.
pub fn prepare(conn: &mut Conn) -> Result<(), Failure> {
    let text = match conn {
        Conn::Sqlite(_) => {
            "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
        }
        Conn::Postgres(_) => {
            "SET TIME ZONE 'UTC'; SET statement_timeout = '30s'; SET lock_timeout = '10s'; \
             SET idle_in_transaction_session_timeout = '60s';"
        }
    };
    Ok(conn.batch_execute(text)?)
}

/// Bringing tables up to date may take as long as it takes.
pub fn unhurried(conn: &mut Conn) -> Result<(), Failure> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(conn) => {
            Ok(conn.batch_execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;")?)
        }
    }
}

/// SQLite takes the write lock at once, since a transaction that reads first and writes later fails without waiting;
/// PostgreSQL runs serializable, since otherwise two bookings that each look right make a wrong one together.
pub fn begin_write(conn: &mut Conn) -> Result<(), Failure> {
    let text = match conn {
        Conn::Sqlite(_) => "BEGIN IMMEDIATE",
        Conn::Postgres(_) => "BEGIN ISOLATION LEVEL SERIALIZABLE",
    };
    Ok(conn.batch_execute(text)?)
}

/// A read sees one state of the database throughout.
pub fn begin_read(conn: &mut Conn) -> Result<(), Failure> {
    let text = match conn {
        Conn::Sqlite(_) => "BEGIN DEFERRED",
        Conn::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    };
    Ok(conn.batch_execute(text)?)
}

/// Notes that somebody is told, where nobody has noted it before. True where it is new.
pub fn tell(conn: &mut Conn, row: &ToldRow) -> Result<bool, Failure> {
    let new = match conn {
        Conn::Sqlite(conn) => diesel::insert_into(rows::told::table).values(row).on_conflict_do_nothing().execute(conn)?,
        Conn::Postgres(conn) => diesel::insert_into(rows::told::table).values(row).on_conflict_do_nothing().execute(conn)?,
    };
    Ok(new == 1)
}

/// Queues a letter, where its key has not been queued before. True where it is new.
pub fn queue(conn: &mut Conn, row: &rows::LetterRow) -> Result<bool, Failure> {
    let new = match conn {
        Conn::Sqlite(conn) => diesel::insert_into(rows::letters::table).values(row).on_conflict_do_nothing().execute(conn)?,
        Conn::Postgres(conn) => diesel::insert_into(rows::letters::table).values(row).on_conflict_do_nothing().execute(conn)?,
    };
    Ok(new == 1)
}

/// Notes that a day's run has begun, where none has.
pub fn begin_run(conn: &mut Conn, row: &RunRow) -> Result<bool, Failure> {
    let new = match conn {
        Conn::Sqlite(conn) => diesel::insert_into(rows::runs::table).values(row).on_conflict_do_nothing().execute(conn)?,
        Conn::Postgres(conn) => diesel::insert_into(rows::runs::table).values(row).on_conflict_do_nothing().execute(conn)?,
    };
    Ok(new == 1)
}

/// Keeps a rulebook, where it is not kept yet.
pub fn keep_rulebook(conn: &mut Conn, row: &rows::RulebookRow) -> Result<(), Failure> {
    match conn {
        Conn::Sqlite(conn) => diesel::insert_into(rows::rulebooks::table).values(row).on_conflict_do_nothing().execute(conn)?,
        Conn::Postgres(conn) => diesel::insert_into(rows::rulebooks::table).values(row).on_conflict_do_nothing().execute(conn)?,
    };
    Ok(())
}

/// Notes words of names and texts, where they are not noted yet.
pub fn put_search_words(conn: &mut Conn, rows: &[rows::SearchWordRow]) -> Result<(), Failure> {
    match conn {
        // A statement prepared once is as fast here as many rows in one, which diesel would take apart again.
        Conn::Sqlite(conn) => {
            for row in rows {
                diesel::insert_or_ignore_into(rows::search_words::table).values(row).execute(conn)?;
            }
        }
        Conn::Postgres(conn) => {
            for rows in rows.chunks(ROWS_AT_ONCE) {
                diesel::insert_into(rows::search_words::table).values(rows).on_conflict_do_nothing().execute(conn)?;
            }
        }
    }
    Ok(())
}

/// Notes spellings of words, where they are not noted yet.
pub fn put_search_keys(conn: &mut Conn, rows: &[rows::SearchKeyRow]) -> Result<(), Failure> {
    match conn {
        Conn::Sqlite(conn) => {
            for row in rows {
                diesel::insert_or_ignore_into(rows::search_keys::table).values(row).execute(conn)?;
            }
        }
        Conn::Postgres(conn) => {
            for rows in rows.chunks(ROWS_AT_ONCE) {
                diesel::insert_into(rows::search_keys::table).values(rows).on_conflict_do_nothing().execute(conn)?;
            }
        }
    }
    Ok(())
}

/// So many rows go into one statement: PostgreSQL takes 65,535 values.
const ROWS_AT_ONCE: usize = 2_000;

/// SQLite takes 32,766 values in a statement, and a table has at most 32 columns.
const WIDE_ROWS_AT_ONCE: usize = 1_000;

/// Inserting many rows of a table at once: each engine's own statement, cut where it would take too many values.
macro_rules! many {
    ($($insert:ident $table:ident $row:ident),+ $(,)?) => {$(
        pub fn $insert(conn: &mut Conn, rows: &[rows::$row]) -> Result<(), Failure> {
            for some in rows.chunks(WIDE_ROWS_AT_ONCE) {
                match conn {
                    Conn::Sqlite(conn) => diesel::insert_into(rows::$table::table).values(some).execute(conn)?,
                    Conn::Postgres(conn) => diesel::insert_into(rows::$table::table).values(some).execute(conn)?,
                };
            }
            Ok(())
        }
    )+};
}

many!(
    insert_companies companies CompanyRow,
    insert_workplaces workplaces WorkplaceRow,
    insert_staff staff_months StaffRow,
    insert_postcodes postcodes PostcodeRow,
);
