//! Why somebody looks at citizens of somebody else: each holds for the day on which it was written.

use crate::{
    domain::{
        people::tenant::Tenant,
        values::ids::{AccessReasonId, AccountId, CitizenId},
    },
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{AccessReasonRow, access_reasons},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

pub fn insert(tx: &mut Tx, row: &AccessReasonRow) -> Result<(), StoreError> {
    diesel::insert_into(access_reasons::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// The citizens for whom an account has written one that day, the newest last.
pub fn of_account(
    conn: &mut Conn,
    tenant: &Tenant,
    account: &AccountId,
    on: NaiveDate,
) -> Result<Vec<(CitizenId, AccessReasonId)>, StoreError> {
    let own = access_reasons::own(tenant).filter(access_reasons::account_id.eq(account)).filter(access_reasons::given_on.eq(on));
    Ok(own.select((access_reasons::citizen_id, access_reasons::id)).order(access_reasons::id).load(conn)?)
}

/// Some of them.
pub fn some(conn: &mut Conn, tenant: &Tenant, ids: &[&AccessReasonId]) -> Result<Vec<AccessReasonRow>, StoreError> {
    Ok(access_reasons::own(tenant).filter(access_reasons::id.eq_any(ids)).load(conn)?)
}
