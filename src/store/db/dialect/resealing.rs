//! Sealed values of any column, found and replaced by names of table and column.

use crate::store::db::{conn::Conn, error::StoreError, stored_table::Table};
use diesel::{prelude::*, sql_query, sql_types::Text};

/// A sealed value, and the key of its row: what has two columns with `/` between, as it is bound.
#[derive(QueryableByName)]
pub struct SealedValue {
    #[diesel(sql_type = Text)]
    pub of_row: String,
    #[diesel(sql_type = Text)]
    pub value: String,
}

/// The columns of the key as one text.
fn row_of(table: &Table) -> String {
    let one = |key: &&str| format!("CAST(\"{key}\" AS TEXT)");
    table.key.iter().map(one).collect::<Vec<_>>().join(" || '/' || ")
}

/// Some values of a column that do not begin as what the newest key seals.
pub fn not_under(
    conn: &mut Conn,
    table: &Table,
    column: &str,
    newest: &str,
    limit: usize,
) -> Result<Vec<SealedValue>, StoreError> {
    let (row, name) = (row_of(table), table.name);
    let sql = format!(
        "SELECT {row} AS of_row, \"{column}\" AS value FROM \"{name}\" WHERE \"{column}\" IS NOT NULL \
         AND \"{column}\" NOT LIKE '{newest}%' LIMIT {limit}"
    );
    Ok(match conn {
        Conn::Sqlite(conn) => sql_query(sql).load(conn)?,
        Conn::Postgres(conn) => sql_query(sql).load(conn)?,
    })
}

/// Puts a value in the place of another, where that still stands there.
pub fn replace(conn: &mut Conn, table: &Table, column: &str, old: &SealedValue, new: &str) -> Result<(), StoreError> {
    let mark = |at: usize, conn: &Conn| if matches!(conn, Conn::Postgres(_)) { format!("${at}") } else { "?".to_owned() };
    let keys: Vec<&str> = old.of_row.split('/').collect();
    let own: Vec<String> = (0..table.key.len()).map(|at| mark(at + 3, conn)).collect();
    let own: Vec<String> = table.key.iter().zip(own).map(|(key, mark)| format!("CAST(\"{key}\" AS TEXT) = {mark}")).collect();
    let (set, stood, name) = (mark(1, conn), mark(2, conn), table.name);
    // The first column of the key as it is, so that its index finds the row.
    let first = table.key.first().map(|key| format!("\"{key}\" = {}", mark(table.key.len() + 3, conn))).unwrap_or_default();
    let sql =
        format!("UPDATE \"{name}\" SET \"{column}\" = {set} WHERE \"{column}\" = {stood} AND {} AND {first}", own.join(" AND "));
    macro_rules! run {
        ($conn:ident) => {{
            let mut query = sql_query(sql).into_boxed().bind::<Text, _>(new).bind::<Text, _>(&old.value);
            for key in keys.iter().chain(keys.first()) {
                query = query.bind::<Text, _>(*key);
            }
            query.execute($conn)?
        }};
    }
    match conn {
        Conn::Sqlite(conn) => run!(conn),
        Conn::Postgres(conn) => run!(conn),
    };
    Ok(())
}
