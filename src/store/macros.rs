//! Statements that every noun has.

/// Finding, inserting and replacing a row of a noun that belongs to a municipality: the scope stands in each WHERE.
macro_rules! noun {
    ($table:ident, $row:ident, $id:ident) => {
        pub fn find(
            conn: &mut Conn,
            tenant: &Tenant,
            id: &$crate::domain::values::ids::$id,
        ) -> Result<Option<$row>, $crate::store::StoreError> {
            use crate::store::schema::$table;
            let own = $table::own(tenant).filter($table::id.eq(id));
            Ok($crate::store::db::dialect::statements::prepared!(conn, |conn| own.first(conn).optional())?)
        }
        pub fn insert(tx: &mut Tx, row: &$row) -> Result<(), $crate::store::StoreError> {
            use crate::store::schema::$table;
            $crate::store::db::dialect::statements::prepared!(&mut **tx, |conn| diesel::insert_into($table::table)
                .values(row)
                .execute(conn))?;
            Ok(())
        }
        pub fn update(tx: &mut Tx, row: &$row) -> Result<(), $crate::store::StoreError> {
            use crate::store::schema::$table;
            let own = || $table::own(&row.municipality).filter($table::id.eq(&row.id));
            if $crate::store::db::journal::is_kept::<$row>(tx)
                && let Some(before) = own().first::<$row>(&mut **tx).optional()?
            {
                $crate::store::db::journal::note(tx, &before, row);
            }
            diesel::update(own()).set(row).execute(&mut **tx)?;
            Ok(())
        }
    };
}
pub(crate) use noun;

/// Finding a row of a noun even where it was registered in error.
macro_rules! even_in_error {
    ($table:ident, $row:ident, $id:ident) => {
        pub fn find_even_in_error(
            conn: &mut Conn,
            tenant: &Tenant,
            id: &$crate::domain::values::ids::$id,
        ) -> Result<Option<$row>, $crate::store::StoreError> {
            use crate::store::schema::$table;
            Ok($table::with_errors(tenant).filter($table::id.eq(id)).first(conn).optional()?)
        }
    };
}
pub(crate) use even_in_error;
