//! Who has changed what of whom. Rows are only added; the oldest go when they are no longer kept.

use crate::{
    domain::{
        people::tenant::Tenant,
        values::ids::{ChangeId, CitizenId},
    },
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{ChangeRow, changes},
    },
};
use chrono::NaiveDateTime;
use diesel::prelude::*;

pub fn insert(tx: &mut Tx, row: &ChangeRow) -> Result<(), StoreError> {
    diesel::insert_into(changes::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Deletes those from before an instant.
pub fn forget_before(tx: &mut Tx, tenant: &Tenant, before: NaiveDateTime) -> Result<(), StoreError> {
    diesel::delete(changes::own(tenant).filter(changes::made_at.lt(before))).execute(&mut **tx)?;
    Ok(())
}

/// Those of some citizens' records before one of them, the newest first.
pub fn page(
    conn: &mut Conn,
    tenant: &Tenant,
    citizens: &[CitizenId],
    before: Option<&ChangeId>,
    limit: i64,
) -> Result<Vec<ChangeRow>, StoreError> {
    let mut own = changes::own(tenant).filter(changes::citizen_id.eq_any(citizens)).into_boxed();
    if let Some(before) = before {
        own = own.filter(changes::id.lt(before));
    }
    Ok(own.order(changes::id.desc()).limit(limit).load(conn)?)
}
