//! Programs of the municipality that use the API, and their keys.

use crate::{
    domain::{
        people::tenant::Tenant,
        values::ids::{ClientId, ClientKeyId},
    },
    store::{
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        macros::noun,
        schema::{AccountRow, ClientKeyRow, ClientRow, accounts, client_keys, clients},
    },
};
use chrono::NaiveDateTime;
use diesel::prelude::*;

noun!(clients, ClientRow, ClientId);

/// A page of them, each with its account.
pub fn page(conn: &mut Conn, tenant: &Tenant, after: &str, limit: i64) -> Result<Vec<(ClientRow, AccountRow)>, StoreError> {
    let own = clients::own(tenant).inner_join(accounts::table.on(accounts::id.eq(clients::account_id)));
    let own = own.filter(clients::id.gt(after)).order(clients::id).limit(limit);
    Ok(own.select((clients::all_columns, accounts::all_columns)).load(conn)?)
}

/// The keys of a client, eldest first.
pub fn keys_of(conn: &mut Conn, tenant: &Tenant, client: &ClientId) -> Result<Vec<ClientKeyRow>, StoreError> {
    Ok(client_keys::own(tenant).filter(client_keys::client_id.eq(client)).order(client_keys::id).load(conn)?)
}

pub fn add_key(tx: &mut Tx, row: &ClientKeyRow) -> Result<(), StoreError> {
    diesel::insert_into(client_keys::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// The keys of a client work no longer from an instant on, where they do not end before; all but one.
pub fn end_keys(
    tx: &mut Tx,
    tenant: &Tenant,
    client: &ClientId,
    kept: Option<&ClientKeyId>,
    at: NaiveDateTime,
) -> Result<(), StoreError> {
    let kept = kept.map(ClientKeyId::as_str).unwrap_or_default();
    let own = client_keys::own(tenant).filter(client_keys::client_id.eq(client)).filter(client_keys::id.ne(kept));
    let later = own.filter(client_keys::ends_at.is_null().or(client_keys::ends_at.gt(at)));
    diesel::update(later).set(client_keys::ends_at.eq(Some(at))).execute(&mut **tx)?;
    Ok(())
}
