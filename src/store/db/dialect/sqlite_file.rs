//! What only a SQLite file has: its size, a copy made while it is served, and a check of its pages.

use crate::store::db::{address::Address, conn::Conn, error::StoreError};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Text},
};

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct IntegrityFault {
    #[diesel(sql_type = Text)]
    finding: String,
}

/// Whether an address names a SQLite file.
pub fn is_sqlite_file(address: &Address) -> bool {
    matches!(address, Address::Sqlite(_))
}

/// Opens a file without the settings of a connection that serves: those would begin a log beside it.
pub fn open_unprepared(path: &str) -> Result<Conn, StoreError> {
    let opened = SqliteConnection::establish(path).map_err(|error| StoreError::Unreachable(error.to_string()))?;
    Ok(Conn::Sqlite(opened))
}

/// The connection, where it is one to a SQLite file.
fn file(conn: &mut Conn) -> Result<&mut SqliteConnection, StoreError> {
    match conn {
        Conn::Sqlite(conn) => Ok(conn),
        Conn::Postgres(_) => Err(StoreError::Query("this is no SQLite file".into())),
    }
}

/// How many bytes a SQLite file has.
pub fn size(conn: &mut Conn) -> Result<u64, StoreError> {
    let size: Number =
        sql_query("SELECT page_count * page_size AS number FROM pragma_page_count, pragma_page_size").get_result(file(conn)?)?;
    Ok(u64::try_from(size.number).unwrap_or_default())
}

/// A number that becomes another when somebody else has written to a SQLite file.
pub fn writes_of_others(conn: &mut Conn) -> Result<i64, StoreError> {
    let version: Number = sql_query("SELECT data_version AS number FROM pragma_data_version").get_result(file(conn)?)?;
    Ok(version.number)
}

/// Copies one state of a SQLite file into another that is empty. Others read and write meanwhile.
pub fn copy_into(conn: &mut Conn, path: &str) -> Result<(), StoreError> {
    sql_query("VACUUM INTO ?").bind::<Text, _>(path).execute(file(conn)?)?;
    Ok(())
}

/// What SQLite finds wrong with a file: pages, indexes, rows whose parents are missing.
pub fn faults(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let conn = file(conn)?;
    let pages: Vec<IntegrityFault> = sql_query("SELECT integrity_check AS finding FROM pragma_integrity_check").load(conn)?;
    let orphans: Vec<IntegrityFault> =
        sql_query("SELECT 'a row of ' || \"table\" || ' without its parent' AS finding FROM pragma_foreign_key_check")
            .load(conn)?;
    Ok(pages.into_iter().chain(orphans).map(|row| row.finding).filter(|finding| finding != "ok").collect())
}
