//! Statements that each engine has to be given in its own form.

/// Runs a query that is the same statement every time. Written out for each engine it is known by its type and stays prepared;
/// asked of a [`Conn`](crate::store::Conn), its SQL would be built anew each time to find the prepared statement: a quarter of the
/// time of reading an internship, which takes some thirty statements.
macro_rules! prepared {
    ($on:expr, |$conn:ident| $query:expr) => {
        match &mut *$on {
            $crate::store::db::conn::Conn::Sqlite($conn) => $query,
            $crate::store::db::conn::Conn::Postgres($conn) => $query,
        }
    };
}
pub(in crate::store) use prepared;

/// Inserts a row, unless a unique index has it already. How many rows were inserted: 1 or 0.
macro_rules! insert_if_absent {
    ($on:expr, $table:expr, $row:expr) => {
        $crate::store::db::dialect::statements::prepared!($on, |conn| diesel::insert_into($table)
            .values($row)
            .on_conflict_do_nothing()
            .execute(conn))
    };
}
pub(in crate::store) use insert_if_absent;

/// Inserts many narrow rows, but for those that a unique index has already.
macro_rules! insert_each_if_absent {
    ($on:expr, $table:expr, $rows:expr) => {{
        // PostgreSQL takes 65,535 values in a statement.
        const ROWS_IN_A_STATEMENT: usize = 2_000;
        match &mut *$on {
            // One prepared statement a row is as fast here as many rows in one, which diesel would take apart again.
            $crate::store::db::conn::Conn::Sqlite(conn) => {
                $rows.iter().try_for_each(|row| diesel::insert_or_ignore_into($table).values(row).execute(conn).map(|_| ()))
            }
            $crate::store::db::conn::Conn::Postgres(conn) => $rows
                .chunks(ROWS_IN_A_STATEMENT)
                .try_for_each(|rows| diesel::insert_into($table).values(rows).on_conflict_do_nothing().execute(conn).map(|_| ())),
        }
    }};
}
pub(in crate::store) use insert_each_if_absent;

/// Inserts many rows of any table, some at a time.
macro_rules! insert_chunked {
    ($on:expr, $table:expr, $rows:expr) => {{
        // SQLite takes 32,766 values in a statement, and a table has at most 32 columns.
        const ROWS_IN_A_STATEMENT: usize = 1_000;
        $rows.chunks(ROWS_IN_A_STATEMENT).try_for_each(|rows| {
            $crate::store::db::dialect::statements::prepared!($on, |conn| diesel::insert_into($table).values(rows).execute(conn))
                .map(|_| ())
        })
    }};
}
pub(in crate::store) use insert_chunked;
