//! The link by which somebody chooses a password. Nobody else ever knows it, no administrator either.
//!
//! Promise: a link works once, until its day, and only the newest of an account; what it opened before is signed out.

use crate::{
    actions::{
        ActionError,
        error::conflict,
        people::{
            account_changes::record,
            accounts::{Password, check_chosen},
        },
    },
    context::{Account, Context, Seen},
    crypto::{Keys, token_hash},
    domain::{
        people::{access::Permission, account::AccountField, tenant::Tenant},
        values::{
            day::{At, plus},
            ids::{AccountChangeId, AccountId, AccountLinkId},
        },
    },
    outbox::{emit::emit, event::Event},
    store::{
        Conn, Tx, account_changes, account_links, accounts,
        schema::{AccountChangeRow, AccountLinkRow, AccountRow},
        system::doors,
    },
};

/// A link works for so many days.
const DAYS: i64 = 7;

crate::input! {
    /// A password that somebody chooses through a link.
    pub struct ChosenPassword {
        pub password: Password,
    }
}

/// A link of an account that is open, in place of any other.
fn link(tx: &mut Tx, keys: &Keys, at: At, tenant: &Tenant, account: &AccountId) -> Result<AccountLinkId, ActionError> {
    let id = AccountLinkId::new(at);
    account_links::end(tx, tenant, account, at.instant.naive_utc())?;
    let row = AccountLinkRow {
        id: id.clone(),
        municipality: tenant.clone(),
        account_id: account.clone(),
        token_hash: token_hash(&keys.account_link_token(id.as_str())),
        expires_at: (at.instant + chrono::Duration::days(DAYS)).naive_utc(),
        used_at: None,
    };
    account_links::insert(tx, &row)?;
    Ok(id)
}

/// The token of a link for somebody who has just signed in with a first password, and chooses another before anything else.
///
/// # Errors
/// A failure of the database.
pub fn at_sign_in(tx: &mut Tx, keys: &Keys, at: At, account: &Account) -> Result<String, ActionError> {
    let id = link(tx, keys, at, &account.tenant, &account.id)?;
    Ok(keys.account_link_token(id.as_str()))
}

/// Sends a link to an account that is open, in place of any other.
///
/// # Errors
/// A failure of the database.
pub fn send(tx: &mut Tx, context: &Context, account: &AccountRow, is_new_account: bool) -> Result<(), ActionError> {
    let id = link(tx, &context.services.keys, context.at, context.tenant, &account.id)?;
    // The day before it ends: the hour is not said.
    let last = plus(context.at.today, DAYS - 1);
    emit(tx, context, Event::PasswordAsked { link: &id, last, is_new_account, role: account.role, to: &account.email })?;
    Ok(())
}

/// Takes the password of an account away, signs its holder out, and sends a link to choose another.
///
/// # Errors
/// Not an administrator; not found; changed since; closed; a role or an address that waits to be confirmed.
pub fn send_anew(tx: &mut Tx, context: &Context, seen: Seen, id: &AccountId) -> Result<(), ActionError> {
    context.authorize(Permission::KeepAccounts)?;
    let mut row = accounts::find_person(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    if row.closed_on.is_some() {
        return conflict("account-closed", "Kontoen er lukket. Åbn den først.", "The account is closed. Open it first.");
    }
    if row.asked_role.is_some() {
        return conflict(
            "role-waits",
            "Rollen eller adressen venter på, at en anden bekræfter den. Først derefter kan der sendes et link.",
            "The role or the address waits for somebody else to confirm it. Only then can a link be sent.",
        );
    }
    row.password_hash = String::new();
    row.has_first_password = false;
    row.revision += 1;
    accounts::update(tx, &row)?;
    accounts::sign_out_everywhere(tx, id)?;
    record(tx, context, id, AccountField::Password, None, Some("link-sent".into()))?;
    send(tx, context, &row, false)
}

/// Whether a link lets somebody choose this password, asked before it is hashed. Open to whoever holds the link.
///
/// # Errors
/// A link that opens nothing; a password that is easy to guess.
pub fn may_choose(conn: &mut Conn, at: At, token: &str, password: Option<&Password>) -> Result<(), ActionError> {
    let row = doors::account_of_link(conn, &token_hash(token), at.instant.naive_utc())?.ok_or(ActionError::NotFound)?;
    password.map_or(Ok(()), |password| check_chosen(&row.municipality, &row.email, password))
}

/// Sets the password that was chosen, once. Open to whoever holds the link.
///
/// # Errors
/// A link that opens nothing.
pub fn choose(tx: &mut Tx, at: At, token: &str, password_hash: &str) -> Result<(), ActionError> {
    let now = at.instant.naive_utc();
    let mut row = doors::account_of_link(tx, &token_hash(token), now)?.ok_or(ActionError::NotFound)?;
    account_links::end(tx, &row.municipality, &row.id, now)?;
    row.password_hash = password_hash.into();
    row.has_first_password = false;
    row.revision += 1;
    accounts::update(tx, &row)?;
    accounts::sign_out_everywhere(tx, &row.id)?;
    let change = AccountChangeRow {
        id: AccountChangeId::new(at),
        municipality: row.municipality,
        account_id: row.id.clone(),
        changed_by: row.id,
        changed_at: now,
        field: AccountField::Password,
        value_before: None,
        value_after: Some("chosen".into()),
    };
    Ok(account_changes::insert(tx, &change)?)
}
