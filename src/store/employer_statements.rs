//! What employers stated of the conditions of the law, one an internship.

use crate::{
    domain::{people::tenant::Tenant, values::ids::InternshipId},
    store::{
        db::{conn::Tx, error::StoreError},
        schema::{EmployerStatementRow, employer_statements},
    },
};
use diesel::prelude::*;

/// Puts one, in place of the one before.
pub fn put(tx: &mut Tx, row: &EmployerStatementRow) -> Result<(), StoreError> {
    remove(tx, &row.municipality, &row.internship_id)?;
    diesel::insert_into(employer_statements::table).values(row).execute(&mut **tx)?;
    Ok(())
}

pub fn remove(tx: &mut Tx, tenant: &Tenant, internship: &InternshipId) -> Result<(), StoreError> {
    let own = employer_statements::own(tenant).filter(employer_statements::internship_id.eq(internship));
    diesel::delete(own).execute(&mut **tx)?;
    Ok(())
}
