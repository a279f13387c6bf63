//! What persons' changes changed: what stood in a column and what stands there now. Rows are only added; the oldest go with the log.

use crate::{
    domain::{
        people::tenant::Tenant,
        values::ids::{AccountId, ChangedValueId, CitizenId},
    },
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{ChangedValueRow, changed_values},
    },
};
use chrono::NaiveDateTime;
use diesel::prelude::*;

pub fn insert(tx: &mut Tx, row: &ChangedValueRow) -> Result<(), StoreError> {
    diesel::insert_into(changed_values::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Whose changes, or of whom.
#[derive(Clone, Debug, Default)]
pub struct ChangedValueFilter {
    /// Of one of these citizens.
    pub citizens: Option<Vec<CitizenId>>,
    pub account: Option<AccountId>,
}

/// Those before one of them, the newest first.
pub fn page(
    conn: &mut Conn,
    tenant: &Tenant,
    filter: &ChangedValueFilter,
    before: Option<&ChangedValueId>,
    limit: i64,
) -> Result<Vec<ChangedValueRow>, StoreError> {
    let mut own = changed_values::own(tenant).into_boxed();
    if let Some(citizens) = &filter.citizens {
        own = own.filter(changed_values::citizen_id.eq_any(citizens));
    }
    if let Some(account) = &filter.account {
        own = own.filter(changed_values::account_id.eq(account));
    }
    if let Some(before) = before {
        own = own.filter(changed_values::id.lt(before));
    }
    Ok(own.order(changed_values::id.desc()).limit(limit).load(conn)?)
}

/// Deletes those from before an instant.
pub fn forget_before(tx: &mut Tx, tenant: &Tenant, before: NaiveDateTime) -> Result<(), StoreError> {
    diesel::delete(changed_values::own(tenant).filter(changed_values::made_at.lt(before))).execute(&mut **tx)?;
    Ok(())
}
