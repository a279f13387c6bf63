//! Links by which people choose their passwords: each works once, and the newest of an account only.

use crate::{
    domain::{
        people::tenant::Tenant,
        values::ids::{AccountId, AccountLinkId},
    },
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{AccountLinkRow, account_links},
    },
};
use chrono::NaiveDateTime;
use diesel::prelude::*;

pub fn insert(tx: &mut Tx, row: &AccountLinkRow) -> Result<(), StoreError> {
    diesel::insert_into(account_links::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Whether a link still opens something.
pub fn is_open(conn: &mut Conn, tenant: &Tenant, id: &AccountLinkId, now: NaiveDateTime) -> Result<bool, StoreError> {
    let own = account_links::own(tenant).filter(account_links::id.eq(id));
    let open = own.filter(account_links::used_at.is_null()).filter(account_links::expires_at.gt(now));
    Ok(open.count().get_result::<i64>(conn)? > 0)
}

/// No link of an account opens anything any longer.
pub fn end(tx: &mut Tx, tenant: &Tenant, account: &AccountId, now: NaiveDateTime) -> Result<(), StoreError> {
    let own = account_links::own(tenant).filter(account_links::account_id.eq(account));
    let open = own.filter(account_links::used_at.is_null());
    diesel::update(open).set(account_links::used_at.eq(Some(now))).execute(&mut **tx)?;
    Ok(())
}
