//! What was put to citizens before the municipality decided against them.

use crate::{
    crypto::Keys,
    domain::{internships::hearing::HearingHeld, people::tenant::Tenant, values::ids::InternshipId},
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{HearingRow, hearings},
        sealed,
    },
};
use diesel::prelude::*;

pub fn insert(tx: &mut Tx, row: &HearingRow) -> Result<(), StoreError> {
    diesel::insert_into(hearings::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Those before decisions about an internship, as recorded.
pub fn of_internship(conn: &mut Conn, keys: &Keys, tenant: &Tenant, id: &InternshipId) -> Result<Vec<HearingHeld>, StoreError> {
    let own = hearings::own(tenant).filter(hearings::internship_id.eq(id)).order(hearings::id);
    let rows: Vec<HearingRow> = own.load(conn)?;
    let held = |row: HearingRow| {
        Ok(HearingHeld { hearing: sealed::HEARING.open(keys, &row.id, &row.sealed)?, recorded_on: row.recorded_on })
    };
    rows.into_iter().map(held).collect()
}
