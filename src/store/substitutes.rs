//! Who stands in for whom, one an account.

use crate::{
    domain::{people::tenant::Tenant, values::ids::AccountId},
    store::{
        db::{
            conn::{Conn, Tx},
            dialect::statements::prepared,
            error::StoreError,
        },
        schema::{SubstituteRow, substitutes},
    },
};
use diesel::prelude::*;

/// That of an account, whether or not its days have come.
pub fn of_account(conn: &mut Conn, tenant: &Tenant, account: &AccountId) -> Result<Option<SubstituteRow>, StoreError> {
    let own = substitutes::own(tenant).filter(substitutes::account_id.eq(account));
    Ok(prepared!(conn, |conn| own.first(conn).optional())?)
}

/// Those of the whole municipality.
pub fn all(conn: &mut Conn, tenant: &Tenant) -> Result<Vec<SubstituteRow>, StoreError> {
    Ok(substitutes::own(tenant).order(substitutes::account_id).load(conn)?)
}

/// Puts one, in place of the one before.
pub fn put(tx: &mut Tx, row: &SubstituteRow) -> Result<(), StoreError> {
    remove(tx, &row.municipality, &row.account_id)?;
    diesel::insert_into(substitutes::table).values(row).execute(&mut **tx)?;
    Ok(())
}

pub fn remove(tx: &mut Tx, tenant: &Tenant, account: &AccountId) -> Result<(), StoreError> {
    diesel::delete(substitutes::own(tenant).filter(substitutes::account_id.eq(account))).execute(&mut **tx)?;
    Ok(())
}
