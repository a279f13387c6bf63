//! Every statement that differs between SQLite and PostgreSQL, and nothing else.

use crate::store::{
    db::{conn::Conn, copying::Stored, error::StoreError},
    schema::{self, RunRow, ToldRow},
};
use diesel::{
    connection::SimpleConnection,
    prelude::*,
    sql_query,
    sql_types::{BigInt, Text},
};

/// What a new connection is told.
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

/// Who writes on PostgreSQL finds everything by an index: a serializable transaction that reads a table from end to end, as is
/// usual where there is little in it, meets whoever writes to that table at all.
pub fn find_by_index(conn: &mut Conn) -> Result<(), StoreError> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(conn) => Ok(conn.batch_execute("SET enable_seqscan = off")?),
    }
}

/// What is done once and takes its time is not broken off, as a request would be.
pub fn unhurried(conn: &mut Conn) -> Result<(), StoreError> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(conn) => {
            Ok(conn.batch_execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;")?)
        }
    }
}

/// Lets SQLite see how much there is of what, where that has changed much. Before it knows, it takes every index that begins with
/// the municipality for equally good, and can look through all of it. It looks at all tables (0x10000) but at some rows only of each
/// (0x10), so that nobody waits long. PostgreSQL sees to it by itself.
pub fn take_stock(conn: &mut Conn) -> Result<(), StoreError> {
    match conn {
        Conn::Sqlite(conn) => Ok(conn.batch_execute("PRAGMA optimize = 0x10012")?),
        Conn::Postgres(_) => Ok(()),
    }
}

/// SQLite takes the write lock at once, since a transaction that reads first and writes later fails without waiting;
/// PostgreSQL runs serializable, since otherwise two bookings that each look right make a wrong one together.
pub fn begin_write(conn: &mut Conn) -> Result<(), StoreError> {
    let text = match conn {
        Conn::Sqlite(_) => "BEGIN IMMEDIATE",
        Conn::Postgres(_) => "BEGIN ISOLATION LEVEL SERIALIZABLE",
    };
    Ok(conn.batch_execute(text)?)
}

/// A read sees one state of the database throughout.
pub fn begin_read(conn: &mut Conn) -> Result<(), StoreError> {
    let text = match conn {
        Conn::Sqlite(_) => "BEGIN DEFERRED",
        Conn::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    };
    Ok(conn.batch_execute(text)?)
}

/// Notes that somebody is told, where nobody has noted it before. True where it is new.
pub fn tell(conn: &mut Conn, row: &ToldRow) -> Result<bool, StoreError> {
    let new = match conn {
        Conn::Sqlite(conn) => diesel::insert_into(schema::told::table).values(row).on_conflict_do_nothing().execute(conn)?,
        Conn::Postgres(conn) => diesel::insert_into(schema::told::table).values(row).on_conflict_do_nothing().execute(conn)?,
    };
    Ok(new == 1)
}

/// Queues a letter, where its key has not been queued before. True where it is new.
pub fn queue(conn: &mut Conn, row: &schema::LetterRow) -> Result<bool, StoreError> {
    let new = match conn {
        Conn::Sqlite(conn) => diesel::insert_into(schema::letters::table).values(row).on_conflict_do_nothing().execute(conn)?,
        Conn::Postgres(conn) => diesel::insert_into(schema::letters::table).values(row).on_conflict_do_nothing().execute(conn)?,
    };
    Ok(new == 1)
}

/// Notes that a day's run has begun, where none has.
pub fn begin_run(conn: &mut Conn, row: &RunRow) -> Result<bool, StoreError> {
    let new = match conn {
        Conn::Sqlite(conn) => diesel::insert_into(schema::runs::table).values(row).on_conflict_do_nothing().execute(conn)?,
        Conn::Postgres(conn) => diesel::insert_into(schema::runs::table).values(row).on_conflict_do_nothing().execute(conn)?,
    };
    Ok(new == 1)
}

/// Keeps a rulebook, where it is not kept yet.
pub fn keep_rulebook(conn: &mut Conn, row: &schema::RulebookRow) -> Result<(), StoreError> {
    match conn {
        Conn::Sqlite(conn) => diesel::insert_into(schema::rulebooks::table).values(row).on_conflict_do_nothing().execute(conn)?,
        Conn::Postgres(conn) => {
            diesel::insert_into(schema::rulebooks::table).values(row).on_conflict_do_nothing().execute(conn)?
        }
    };
    Ok(())
}

/// Notes words of names and texts, where they are not noted yet.
pub fn put_search_words(conn: &mut Conn, rows: &[schema::SearchWordRow]) -> Result<(), StoreError> {
    match conn {
        // A statement prepared once is as fast here as many rows in one, which diesel would take apart again.
        Conn::Sqlite(conn) => {
            for row in rows {
                diesel::insert_or_ignore_into(schema::search_words::table).values(row).execute(conn)?;
            }
        }
        Conn::Postgres(conn) => {
            for rows in rows.chunks(ROWS_AT_ONCE) {
                diesel::insert_into(schema::search_words::table).values(rows).on_conflict_do_nothing().execute(conn)?;
            }
        }
    }
    Ok(())
}

/// Notes spellings of words, where they are not noted yet.
pub fn put_search_keys(conn: &mut Conn, rows: &[schema::SearchKeyRow]) -> Result<(), StoreError> {
    match conn {
        Conn::Sqlite(conn) => {
            for row in rows {
                diesel::insert_or_ignore_into(schema::search_keys::table).values(row).execute(conn)?;
            }
        }
        Conn::Postgres(conn) => {
            for rows in rows.chunks(ROWS_AT_ONCE) {
                diesel::insert_into(schema::search_keys::table).values(rows).on_conflict_do_nothing().execute(conn)?;
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
        pub fn $insert(conn: &mut Conn, rows: &[schema::$row]) -> Result<(), StoreError> {
            for some in rows.chunks(WIDE_ROWS_AT_ONCE) {
                match conn {
                    Conn::Sqlite(conn) => diesel::insert_into(schema::$table::table).values(some).execute(conn)?,
                    Conn::Postgres(conn) => diesel::insert_into(schema::$table::table).values(some).execute(conn)?,
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

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// The names of all tables that stand there, ours or not, but for the list of migrations.
pub fn tables(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let names: Vec<Name> = match conn {
        Conn::Sqlite(conn) => sql_query(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
             AND name <> '__diesel_schema_migrations' ORDER BY name",
        )
        .load(conn)?,
        Conn::Postgres(conn) => sql_query(
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() \
             AND tablename <> '__diesel_schema_migrations' ORDER BY 1",
        )
        .load(conn)?,
    };
    Ok(names.into_iter().map(|row| row.name).collect())
}

/// How many rows a table has.
pub fn count(conn: &mut Conn, table: &str) -> Result<i64, StoreError> {
    let sql = sql_query(format!("SELECT count(*) AS count FROM \"{table}\""));
    let count: Count = match conn {
        Conn::Sqlite(conn) => sql.get_result(conn)?,
        Conn::Postgres(conn) => sql.get_result(conn)?,
    };
    Ok(count.count)
}

/// Begins a transaction beside which nobody writes to any of these tables until it has ended.
pub fn begin_alone(conn: &mut Conn, tables: &[&str]) -> Result<(), StoreError> {
    let text = match conn {
        Conn::Sqlite(_) => "BEGIN IMMEDIATE".to_owned(),
        Conn::Postgres(_) => format!("BEGIN; LOCK TABLE {} IN EXCLUSIVE MODE", tables.join(", ")),
    };
    Ok(conn.batch_execute(&text)?)
}

/// By what the rows of a table are ordered: its key, then whatever else may tell two rows apart. PostgreSQL is told to compare
/// texts as SQLite does, byte by byte.
pub fn order<T: Stored>(bytewise: &str) -> String {
    let last = T::COLUMNS.iter().filter(|(name, _)| !T::KEY.contains(name));
    let first = T::KEY.iter().filter_map(|key| T::COLUMNS.iter().find(|(name, _)| name == key));
    let one = |(name, sql): &(&str, &str)| format!("\"{name}\"{}", if sql.contains("Text") { bytewise } else { "" });
    first.chain(last).map(one).collect::<Vec<_>>().join(", ")
}

/// Every row of a table in turn, none held longer than it is looked at.
macro_rules! each_row {
    ($conn:ident, $table:ident, $row:ident, $take:ident) => {{
        use diesel::{connection::DefaultLoadingMode, dsl::sql, pg::PgRowByRowLoadingMode, prelude::*, sql_types::Untyped};
        match $conn {
            Conn::Sqlite(conn) => {
                let all = $table::table.order(sql::<Untyped>(&dialect::order::<$row>("")));
                all.load_iter::<$row, DefaultLoadingMode>(conn)?.try_for_each(|row| $take(row?))
            }
            Conn::Postgres(conn) => {
                let all = $table::table.order(sql::<Untyped>(&dialect::order::<$row>(" COLLATE \"C\"")));
                all.load_iter::<$row, PgRowByRowLoadingMode>(conn)?.try_for_each(|row| $take(row?))
            }
        }
    }};
}
pub(crate) use each_row;

/// Inserts rows as fast as the engine takes them: PostgreSQL by COPY.
macro_rules! put_rows {
    ($conn:ident, $table:ident, $rows:ident) => {{
        use diesel::prelude::*;
        match $conn {
            Conn::Sqlite(conn) => {
                for row in $rows {
                    diesel::insert_into($table::table).values(row).execute(conn)?;
                }
            }
            Conn::Postgres(conn) => {
                diesel::copy_from($table::table).from_insertable($rows).execute(conn)?;
            }
        }
        Ok(())
    }};
}
pub(crate) use put_rows;

/// Of a SQLite file alone.
fn file(conn: &mut Conn) -> Result<&mut SqliteConnection, StoreError> {
    match conn {
        Conn::Sqlite(conn) => Ok(conn),
        Conn::Postgres(_) => Err(StoreError::Unreachable("this is no SQLite file".into())),
    }
}

/// How many bytes a SQLite file has.
pub fn size(conn: &mut Conn) -> Result<u64, StoreError> {
    let size: Count =
        sql_query("SELECT page_count * page_size AS count FROM pragma_page_count, pragma_page_size").get_result(file(conn)?)?;
    Ok(u64::try_from(size.count).unwrap_or_default())
}

/// A number that becomes another when somebody else has written to a SQLite file.
pub fn writes_of_others(conn: &mut Conn) -> Result<i64, StoreError> {
    let version: Count = sql_query("SELECT data_version AS count FROM pragma_data_version").get_result(file(conn)?)?;
    Ok(version.count)
}

/// Copies one state of a SQLite file into another that is empty. Others read and write meanwhile.
pub fn copy_into(conn: &mut Conn, path: &str) -> Result<(), StoreError> {
    sql_query("VACUUM INTO ?").bind::<Text, _>(path).execute(file(conn)?)?;
    Ok(())
}

/// What SQLite finds wrong with a file: pages, indexes, rows whose parents are missing.
pub fn faults(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let conn = file(conn)?;
    let pages: Vec<Name> = sql_query("SELECT integrity_check AS name FROM pragma_integrity_check").load(conn)?;
    let orphans: Vec<Name> =
        sql_query("SELECT 'a row of ' || \"table\" || ' without its parent' AS name FROM pragma_foreign_key_check").load(conn)?;
    Ok(pages.into_iter().chain(orphans).map(|row| row.name).filter(|name| name != "ok").collect())
}
