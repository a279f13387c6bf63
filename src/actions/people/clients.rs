//! Other programs of the municipality: registered by an administrator with a role and the scopes that narrow it, known by a key that is
//! shown once.
//!
//! Promise: a program is an account in what it does, so that whatever is logged names it; it never signs in, is sent no letter, is
//! responsible for nobody and stands in for nobody. A role that two people give takes two people here too.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault},
        people::{account_changes::record, accounts::client_row, role_asking::ask_for},
    },
    context::{Account, Context, Seen},
    crypto::{CLIENT_KEY_PREFIX, token_hash},
    domain::{
        input::Fault,
        people::{
            access::{Permission, Role},
            account::{AccountField, RoleConfirmation},
            client::{ClientScope, ClientScopes, LONGEST_KEY_DAYS},
        },
        values::{
            day::{At, plus},
            ids::{ClientId, ClientKeyId},
            text::Line,
        },
    },
    store::{
        Conn, Tx, accounts, clients,
        schema::{AccountRow, ClientKeyRow, ClientRow},
        system::doors,
    },
};
use chrono::{Duration, NaiveDate};

/// So long a key works on beside the one that takes its place.
const OVERLAP_HOURS: i64 = 24;

crate::input! {
    /// A program of the municipality that is to use the API.
    pub struct NewClient {
        pub name: Line,
        /// Whose permissions it has at most.
        pub role: Role,
        /// What of them it has; see the table of this section.
        pub scopes: Vec<ClientScope>,
        /// The last day on which its key works; a year from today at most.
        pub expires_on: NaiveDate,
    }
}

crate::input! {
    /// A new key in place of the ones until now.
    pub struct NewClientKey {
        /// The last day on which it works; a year from today at most.
        pub expires_on: NaiveDate,
        /// Whether those until now end at once, because somebody else knows one; otherwise they work for another day.
        pub end_others_at_once: Option<bool>,
    }
}

/// Registers a program under a key that was made for it.
///
/// # Errors
/// Not an administrator; scopes that give the role nothing; a day that does not fit.
pub fn register(tx: &mut Tx, context: &Context, new: &NewClient, key: &str) -> Result<ClientId, ActionError> {
    let by = context.authorize(Permission::KeepAccounts)?;
    check_scopes(new)?;
    check_day(context, new.expires_on)?;
    let mut account = client_row(context.at, context.tenant, &new.name, new.role);
    let given = ask_for(tx, context, &mut account, new.role)?;
    account.closed_on = (!given).then_some(context.at.today);
    accounts::insert(tx, &account)?;
    let confirmation = account.role_confirmation.map(|own| own.to_string());
    record(tx, context, &account.id, AccountField::RoleConfirmation, None, confirmation)?;
    let row = ClientRow {
        id: ClientId::new(context.at),
        municipality: context.tenant.clone(),
        account_id: account.id,
        scopes: ClientScopes::of(&new.scopes).to_string(),
        registered_by: by.id.clone(),
        registered_at: context.at.instant.naive_utc(),
        ended_at: None,
    };
    clients::insert(tx, &row)?;
    add_key(tx, context, &row, by, key, new.expires_on)?;
    Ok(row.id)
}

/// Gives a program another key; those until now work for another day, or end at once.
///
/// # Errors
/// Not an administrator; not found; changed since; ended; a day that does not fit.
pub fn renew_key(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &ClientId,
    new: &NewClientKey,
    key: &str,
) -> Result<ClientKeyId, ActionError> {
    let by = context.authorize(Permission::KeepAccounts)?;
    let (client, account) = living(tx, context, seen, id)?;
    check_day(context, new.expires_on)?;
    let made = add_key(tx, context, &client, by, key, new.expires_on)?;
    let hours = if new.end_others_at_once == Some(true) { 0 } else { OVERLAP_HOURS };
    let ends = (context.at.instant + Duration::hours(hours)).naive_utc();
    clients::end_keys(tx, context.tenant, id, Some(&made), ends)?;
    save(tx, account)?;
    Ok(made)
}

/// Ends a program: none of its keys works any longer. What it did stays its own.
///
/// # Errors
/// Not an administrator; not found; changed since; ended already.
pub fn end(tx: &mut Tx, context: &Context, seen: Seen, id: &ClientId) -> Result<(), ActionError> {
    context.authorize(Permission::KeepAccounts)?;
    let (mut client, mut account) = living(tx, context, seen, id)?;
    let now = context.at.instant.naive_utc();
    client.ended_at = Some(now);
    clients::update(tx, &client)?;
    clients::end_keys(tx, context.tenant, id, None, now)?;
    if account.asked_role.take().is_some() {
        (account.asked_by, account.role_confirmation) = (None, None);
    }
    let today = context.at.today;
    let before = account.closed_on.replace(today).map(|day| day.to_string());
    record(tx, context, &account.id, AccountField::ClosedOn, before, Some(today.to_string()))?;
    save(tx, account)
}

/// Confirms a program's role that somebody else has asked for: from then on its keys work.
///
/// # Errors
/// Neither administrator nor team leader; not found; changed since; ended; nothing waits; asked for by oneself.
pub fn confirm(tx: &mut Tx, context: &Context, seen: Seen, id: &ClientId) -> Result<(), ActionError> {
    let own = &context.authorize(Permission::HandOverWork)?.id;
    let (_, mut account) = living(tx, context, seen, id)?;
    if account.asked_role.is_none() {
        return conflict("nothing-to-confirm", "Der er ikke noget, der venter.", "Nothing waits to be confirmed.");
    }
    if account.asked_by.as_ref() == Some(own) {
        return conflict(
            "own-request",
            "En anden end den, der har bedt om rollen, skal bekræfte.",
            "Somebody other than who asked for the role has to confirm.",
        );
    }
    let (before, closed) = (account.role_confirmation, account.closed_on);
    (account.asked_role, account.asked_by, account.role_confirmation) = (None, None, Some(RoleConfirmation::Confirmed));
    account.closed_on = None;
    let text = |confirmation: Option<RoleConfirmation>| confirmation.map(|own| own.to_string());
    record(tx, context, &account.id, AccountField::RoleConfirmation, text(before), text(account.role_confirmation))?;
    record(tx, context, &account.id, AccountField::ClosedOn, closed.map(|day| day.to_string()), None)?;
    save(tx, account)
}

/// Notes that a key is used.
///
/// # Errors
/// A failure of the database.
pub fn touch(tx: &mut Tx, at: At, key_hash: &str) -> Result<(), ActionError> {
    Ok(doors::touch_key(tx, key_hash, at.instant.naive_utc())?)
}

/// Whether a text is meant to be a client's key.
pub fn is_key(token: &str) -> bool {
    token.starts_with(CLIENT_KEY_PREFIX)
}

fn add_key(
    tx: &mut Tx,
    context: &Context,
    client: &ClientRow,
    by: &Account,
    key: &str,
    expires_on: NaiveDate,
) -> Result<ClientKeyId, ActionError> {
    let row = ClientKeyRow {
        id: ClientKeyId::new(context.at),
        municipality: context.tenant.clone(),
        client_id: client.id.clone(),
        key_hash: token_hash(key),
        made_by: by.id.clone(),
        made_at: context.at.instant.naive_utc(),
        expires_on,
        ends_at: None,
        last_used_at: None,
    };
    clients::add_key(tx, &row)?;
    record(tx, context, &client.account_id, AccountField::ClientKey, None, Some(format!("{expires_on} {}", row.id)))?;
    Ok(row.id)
}

/// A program that has not ended, with its account, whose revision is the program's.
fn living(conn: &mut Conn, context: &Context, seen: Seen, id: &ClientId) -> Result<(ClientRow, AccountRow), ActionError> {
    let client = clients::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let account = accounts::find(conn, context.tenant, &client.account_id)?.ok_or(ActionError::NotFound)?;
    seen.check(account.revision)?;
    if client.ended_at.is_some() {
        return conflict(
            "client-ended",
            "Programmets adgang er slut. Registrér det igen.",
            "The program's access has ended. Register it anew.",
        );
    }
    Ok((client, account))
}

fn save(tx: &mut Tx, mut account: AccountRow) -> Result<(), ActionError> {
    account.revision += 1;
    Ok(accounts::update(tx, &account)?)
}

fn check_scopes(new: &NewClient) -> Result<(), ActionError> {
    if new.scopes.is_empty() {
        return fault("scopes", Fault::new("required", "Vælg mindst ét.", "Choose one at least."));
    }
    let idle: Vec<&str> = new.scopes.iter().filter(|scope| !scope.fits(new.role)).map(|scope| scope.code()).collect();
    if idle.is_empty() {
        return Ok(());
    }
    let names = idle.join(", ");
    let (da, en) = (format!("Rollen har intet af dette: {names}."), format!("The role has none of this: {names}."));
    fault("scopes", Fault::new("not-of-role", da, en))
}

fn check_day(context: &Context, expires_on: NaiveDate) -> Result<(), ActionError> {
    let last = plus(context.at.today, LONGEST_KEY_DAYS);
    if (context.at.today..=last).contains(&expires_on) {
        return Ok(());
    }
    let (da, en) = (format!("Vælg en dag fra i dag til {last}."), format!("Choose a day from today to {last}."));
    fault("expires_on", Fault::new("day", da, en))
}
