//! Representatives who were asked for a statement.

use crate::{
    domain::{people::tenant::Tenant, values::ids::InternshipId},
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{StatementRequestRow, statement_requests},
    },
};
use diesel::prelude::*;

pub fn insert(tx: &mut Tx, row: &StatementRequestRow) -> Result<(), StoreError> {
    diesel::insert_into(statement_requests::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// The newest of an internship.
pub fn newest(conn: &mut Conn, tenant: &Tenant, internship: &InternshipId) -> Result<Option<StatementRequestRow>, StoreError> {
    let own = statement_requests::own(tenant).filter(statement_requests::internship_id.eq(internship));
    Ok(own.order(statement_requests::id.desc()).first(conn).optional()?)
}
