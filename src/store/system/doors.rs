//! Through which door somebody comes in: an address with its password, a session, a one-time link. Each names one account or one
//! link of whatever municipality, so the row that is found says whose rows are seen from then on.

use crate::{
    domain::values::ids::{AccountId, CitizenId},
    store::{
        db::{
            conn::{Conn, Tx},
            dialect::statements::prepared,
            error::StoreError,
        },
        schema::{
            AccountRow, ClientKeyRow, ClientRow, IdentityRow, LinkRow, SessionRow, SpentSignInRow, account_links, accounts,
            citizens, client_keys, clients, identities, links, sessions, spent_sign_ins,
        },
        sealed::SealedText,
    },
};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// The account of an address. It may: who signs in is known by nothing else, and an address signs in to one account only.
pub fn account_by_email(conn: &mut Conn, email: &str) -> Result<Option<AccountRow>, StoreError> {
    Ok(accounts::table.filter(accounts::email.eq(email)).first(conn).optional()?)
}

/// The account of an id. It may: whoever asks holds a token that only our key can have made of that id.
pub fn account_by_id(conn: &mut Conn, id: &AccountId) -> Result<Option<AccountRow>, StoreError> {
    Ok(accounts::table.filter(accounts::id.eq(id)).first(conn).optional()?)
}

/// Whether nobody can sign in yet. It may: it only counts.
pub fn no_account_yet(conn: &mut Conn) -> Result<bool, StoreError> {
    Ok(accounts::table.count().get_result::<i64>(conn)? == 0)
}

/// The sealed number of some citizen. It may: it is opened to see whether the keys are the right ones, and shown to nobody.
pub fn some_sealed(conn: &mut Conn) -> Result<Option<(CitizenId, SealedText)>, StoreError> {
    Ok(citizens::table.select((citizens::id, citizens::cpr_sealed)).order(citizens::id).first(conn).optional()?)
}

/// Who holds a session that has not expired and was used since, with the session. It may: the token is the scope.
pub fn account_of_session(
    conn: &mut Conn,
    token_hash: &str,
    now: NaiveDateTime,
    used_since: NaiveDateTime,
) -> Result<Option<(AccountRow, SessionRow)>, StoreError> {
    let session = sessions::table.filter(sessions::token_hash.eq(token_hash));
    let session = session.filter(sessions::expires_at.gt(now)).filter(sessions::used_at.gt(used_since));
    let own = session.inner_join(accounts::table.on(accounts::id.eq(sessions::account_id)));
    let own = own.filter(accounts::closed_on.is_null()).select((accounts::all_columns, sessions::all_columns));
    Ok(prepared!(conn, |conn| own.first(conn).optional())?)
}

/// The account of a link that still lets its holder choose a password. It may: the token is the scope.
pub fn account_of_link(conn: &mut Conn, token_hash: &str, now: NaiveDateTime) -> Result<Option<AccountRow>, StoreError> {
    let link = account_links::table.filter(account_links::token_hash.eq(token_hash));
    let open = link.filter(account_links::used_at.is_null()).filter(account_links::expires_at.gt(now));
    let own = open.inner_join(accounts::table.on(accounts::id.eq(account_links::account_id)));
    Ok(own.filter(accounts::closed_on.is_null()).select(accounts::all_columns).first(conn).optional()?)
}

/// A one-time link by its hashed token. It may: the token is the scope.
pub fn link_by_token(conn: &mut Conn, token_hash: &str) -> Result<Option<LinkRow>, StoreError> {
    Ok(links::table.filter(links::token_hash.eq(token_hash)).first(conn).optional()?)
}

/// Whose key it is, where the key has not expired and the client not ended. It may: the key is the scope.
pub fn client_of_key(
    conn: &mut Conn,
    key_hash: &str,
    today: NaiveDate,
    now: NaiveDateTime,
) -> Result<Option<(AccountRow, ClientRow, ClientKeyRow)>, StoreError> {
    let key = client_keys::table.filter(client_keys::key_hash.eq(key_hash)).filter(client_keys::expires_on.ge(today));
    let key = key.filter(client_keys::ends_at.is_null().or(client_keys::ends_at.gt(now)));
    let client = key.inner_join(clients::table.on(clients::id.eq(client_keys::client_id))).filter(clients::ended_at.is_null());
    let own = client.inner_join(accounts::table.on(accounts::id.eq(clients::account_id)));
    let own = own.filter(accounts::closed_on.is_null());
    let own = own.select((accounts::all_columns, clients::all_columns, client_keys::all_columns));
    Ok(prepared!(conn, |conn| own.first(conn).optional())?)
}

/// Notes that a key is used. It may: it was found by the key itself.
pub fn touch_key(tx: &mut Tx, key_hash: &str, now: NaiveDateTime) -> Result<(), StoreError> {
    let own = client_keys::table.filter(client_keys::key_hash.eq(key_hash));
    diesel::update(own).set(client_keys::last_used_at.eq(Some(now))).execute(&mut **tx)?;
    Ok(())
}

/// Whom a provider's subject is linked to. It may: the provider has signed it, and it is linked to one account only.
pub fn identity(conn: &mut Conn, issuer: &str, subject: &str) -> Result<Option<(IdentityRow, AccountRow)>, StoreError> {
    let own = identities::table.filter(identities::issuer.eq(issuer)).filter(identities::subject.eq(subject));
    let own = own.inner_join(accounts::table.on(accounts::id.eq(identities::account_id)));
    let own = own.select((identities::all_columns, accounts::all_columns));
    Ok(prepared!(conn, |conn| own.first(conn).optional())?)
}

/// Spends the state of a sign-in at the provider: a second time it is a duplicate. It may: it belongs to nobody yet.
pub fn spend(tx: &mut Tx, row: &SpentSignInRow) -> Result<(), StoreError> {
    diesel::insert_into(spent_sign_ins::table).values(row).execute(&mut **tx)?;
    Ok(())
}
