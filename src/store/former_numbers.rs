//! CPR numbers that citizens had here before.

use crate::{
    domain::{people::tenant::Tenant, values::ids::CitizenId},
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{FormerNumberRow, former_numbers},
    },
};
use diesel::prelude::*;

pub fn insert(tx: &mut Tx, row: &FormerNumberRow) -> Result<(), StoreError> {
    diesel::insert_into(former_numbers::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Who had a number last, by its keyed hash.
pub fn holder(conn: &mut Conn, tenant: &Tenant, cpr_hash: &str) -> Result<Option<CitizenId>, StoreError> {
    let had = former_numbers::own(tenant).filter(former_numbers::cpr_hash.eq(cpr_hash));
    let had: Vec<FormerNumberRow> = had.load(conn)?;
    Ok(had.into_iter().max_by(|one, other| one.id.cmp(&other.id)).map(|last| last.citizen_id))
}

/// The numbers that a citizen had, eldest first.
pub fn of_citizen(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<FormerNumberRow>, StoreError> {
    let own = former_numbers::own(tenant).filter(former_numbers::citizen_id.eq(citizen));
    Ok(own.order(former_numbers::id).load(conn)?)
}
