//! What of an account was changed, when and by whom.

use crate::{
    domain::{people::tenant::Tenant, values::ids::AccountId},
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{AccountChangeRow, account_changes},
    },
};
use diesel::prelude::*;

pub fn insert(tx: &mut Tx, row: &AccountChangeRow) -> Result<(), StoreError> {
    diesel::insert_into(account_changes::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// A page of the changes of an account, in order of their days.
pub fn of_account(
    conn: &mut Conn,
    tenant: &Tenant,
    account: &AccountId,
    after: &str,
    limit: i64,
) -> Result<Vec<AccountChangeRow>, StoreError> {
    let own = account_changes::own(tenant).filter(account_changes::account_id.eq(account));
    Ok(own.filter(account_changes::id.gt(after)).order(account_changes::id).limit(limit).load(conn)?)
}
