//! Whom subjects of the municipality's own provider are linked to.

use crate::{
    domain::{people::tenant::Tenant, values::ids::AccountId},
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        schema::{IdentityRow, identities},
    },
};
use diesel::prelude::*;

pub fn insert(tx: &mut Tx, row: &IdentityRow) -> Result<(), StoreError> {
    diesel::insert_into(identities::table).values(row).execute(&mut **tx)?;
    Ok(())
}

pub fn update(tx: &mut Tx, row: &IdentityRow) -> Result<(), StoreError> {
    let own = identities::own(&row.municipality).filter(identities::issuer.eq(&row.issuer));
    diesel::update(own.filter(identities::subject.eq(&row.subject))).set(row).execute(&mut **tx)?;
    Ok(())
}

/// Whether an account is linked to some subject of an issuer.
pub fn has(conn: &mut Conn, tenant: &Tenant, account: &AccountId, issuer: &str) -> Result<bool, StoreError> {
    let own = identities::own(tenant).filter(identities::account_id.eq(account)).filter(identities::issuer.eq(issuer));
    Ok(own.count().get_result::<i64>(conn)? > 0)
}

/// What an account is linked to counts as given again: somebody here has opened it.
pub fn give_again(tx: &mut Tx, tenant: &Tenant, account: &AccountId) -> Result<(), StoreError> {
    let own = identities::own(tenant).filter(identities::account_id.eq(account));
    diesel::update(own).set(identities::withdrawn_at.eq(None::<chrono::NaiveDateTime>)).execute(&mut **tx)?;
    Ok(())
}
