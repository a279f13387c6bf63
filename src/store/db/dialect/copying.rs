//! Reading and writing whole tables, whatever is in them: for a copy in another database.

use crate::store::db::{conn::Conn, error::StoreError, stored_table::Stored};
use diesel::{
    connection::SimpleConnection,
    prelude::*,
    sql_query,
    sql_types::{BigInt, Text},
};

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

/// The names of all tables of a database, ours or not, but for the list of migrations.
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
pub fn begin_exclusive(conn: &mut Conn, tables: &[&str]) -> Result<(), StoreError> {
    let text = match conn {
        Conn::Sqlite(_) => "BEGIN IMMEDIATE".to_owned(),
        Conn::Postgres(_) => format!("BEGIN; LOCK TABLE {} IN EXCLUSIVE MODE", tables.join(", ")),
    };
    Ok(conn.batch_execute(&text)?)
}

/// The ORDER BY of a table: its key, then all other columns, so that the order is the same on both engines. `bytewise` is the
/// collation with which PostgreSQL compares texts byte by byte, as SQLite does.
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
            $crate::store::db::conn::Conn::Sqlite(conn) => {
                let all = $table::table.order(sql::<Untyped>(&$crate::store::db::dialect::copying::order::<$row>("")));
                all.load_iter::<$row, DefaultLoadingMode>(conn)?.try_for_each(|row| $take(row?))
            }
            $crate::store::db::conn::Conn::Postgres(conn) => {
                let all =
                    $table::table.order(sql::<Untyped>(&$crate::store::db::dialect::copying::order::<$row>(" COLLATE \"C\"")));
                all.load_iter::<$row, PgRowByRowLoadingMode>(conn)?.try_for_each(|row| $take(row?))
            }
        }
    }};
}
pub(in crate::store) use each_row;

/// Inserts rows as fast as the engine takes them: PostgreSQL by COPY.
macro_rules! put_rows {
    ($conn:ident, $table:ident, $rows:ident) => {{
        use diesel::prelude::*;
        match $conn {
            $crate::store::db::conn::Conn::Sqlite(conn) => {
                for row in $rows {
                    diesel::insert_into($table::table).values(row).execute(conn)?;
                }
            }
            $crate::store::db::conn::Conn::Postgres(conn) => {
                diesel::copy_from($table::table).from_insertable($rows).execute(conn)?;
            }
        }
        Ok(())
    }};
}
pub(in crate::store) use put_rows;
