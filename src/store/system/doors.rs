//! Through which door somebody comes in: an address with its password, a session, a one-time link. Each names one account or one
//! link of whatever municipality, so the row that is found says whose rows are seen from then on.

use crate::{
    domain::values::ids::{AccountId, CitizenId},
    store::{
        db::{conn::Conn, dialect::statements::prepared, error::StoreError},
        schema::{AccountRow, LinkRow, SessionRow, account_links, accounts, citizens, links, sessions},
        sealed::SealedText,
    },
};
use chrono::NaiveDateTime;
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
