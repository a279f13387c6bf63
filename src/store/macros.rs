//! Statements that every noun has, and statements that stay prepared.

/// Asks for something that is the same statement every time. Written out for each engine it is known by its type and stays
/// prepared; asked of a [`Conn`] its SQL would first be put together again to find it: a quarter of the time of reading an
/// internship, which takes some thirty statements.
macro_rules! prepared {
    ($on:expr, |$conn:ident| $ask:expr) => {
        match &mut *$on {
            $crate::store::Conn::Sqlite($conn) => $ask,
            $crate::store::Conn::Postgres($conn) => $ask,
        }
    };
}
pub(crate) use prepared;

/// Finding, inserting and replacing a row of a noun that belongs to a municipality: the scope stands in each WHERE.
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
