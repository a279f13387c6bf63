//! When and where citizens are met on their first day, one an internship.

use crate::{
    domain::{people::tenant::Tenant, values::ids::InternshipId},
    store::{
        db::{conn::Tx, error::StoreError},
        schema::{MeetingRow, meetings},
    },
};
use diesel::prelude::*;

/// Puts one, in place of the one before.
pub fn put(tx: &mut Tx, row: &MeetingRow) -> Result<(), StoreError> {
    remove(tx, &row.municipality, &row.internship_id)?;
    diesel::insert_into(meetings::table).values(row).execute(&mut **tx)?;
    Ok(())
}

pub fn remove(tx: &mut Tx, tenant: &Tenant, internship: &InternshipId) -> Result<(), StoreError> {
    diesel::delete(meetings::own(tenant).filter(meetings::internship_id.eq(internship))).execute(&mut **tx)?;
    Ok(())
}
