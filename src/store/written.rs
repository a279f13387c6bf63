//! What citizens and companies wrote behind links that ask questions. Rows are only added.

use crate::{
    domain::{people::tenant::Tenant, values::ids::InternshipId},
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{WrittenRow, written},
    },
};
use diesel::prelude::*;

pub fn insert(tx: &mut Tx, row: &WrittenRow) -> Result<(), StoreError> {
    diesel::insert_into(written::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// All about some internships, oldest first.
pub fn of_internships(conn: &mut Conn, tenant: &Tenant, internships: &[InternshipId]) -> Result<Vec<WrittenRow>, StoreError> {
    let own = written::own(tenant).filter(written::internship_id.eq_any(internships));
    Ok(own.order(written::id).load(conn)?)
}
