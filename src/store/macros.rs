//! Statements that every noun has, and statements that stay prepared.

/// Runs a statement that is the same every time. Written out for each engine, diesel finds the prepared statement by its type; on
/// a [`Conn`] it would build the SQL text first to look it up, which is a quarter of the time of reading an internship (some
/// thirty statements).
macro_rules! prepared {
    ($on:expr, |$conn:ident| $ask:expr) => {
        match &mut *$on {
            $crate::store::Conn::Sqlite($conn) => $ask,
            $crate::store::Conn::Postgres($conn) => $ask,
        }
    };
}
pub(crate) use prepared;

/// Finds, inserts and updates a row of a noun that belongs to a municipality; the tenant is in each WHERE.
macro_rules! noun {
    ($table:ident, $row:ident) => {
        pub fn find(conn: &mut Conn, tenant: &Tenant, id: &str) -> Result<Option<$row>, $crate::store::StoreError> {
            use crate::store::schema::$table;
            let own = $table::own(tenant).filter($table::id.eq(id));
            Ok($crate::store::macros::prepared!(conn, |conn| own.first(conn).optional())?)
        }
        pub fn insert(tx: &mut Tx, row: &$row) -> Result<(), $crate::store::StoreError> {
            use crate::store::schema::$table;
            $crate::store::macros::prepared!(&mut **tx, |conn| diesel::insert_into($table::table).values(row).execute(conn))?;
            Ok(())
        }
        pub fn update(tx: &mut Tx, row: &$row) -> Result<(), $crate::store::StoreError> {
            use crate::store::schema::$table;
            let own = $table::own(&row.municipality).filter($table::id.eq(&row.id));
            diesel::update(own).set(row).execute(&mut **tx)?;
            Ok(())
        }
    };
}
pub(crate) use noun;
