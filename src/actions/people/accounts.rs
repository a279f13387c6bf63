//! Accounts. Passwords are hashed outside any transaction, because hashing is slow on purpose: these functions take hashes.

use crate::{
    actions::{ActionError, error::fault},
    context::{Account, Context, Seen},
    crypto::Keys,
    domain::{
        input::{Fault, Faults, Field, Pointer},
        people::{
            access::{Permission, Role},
            password::{is_guessable, prepared},
            tenant::Tenant,
        },
        values::{
            day::At,
            ids::AccountId,
            text::{Email, Line},
        },
    },
    store::{Conn, StoreError, Tx, accounts, schema::AccountRow, system::doors},
};
use serde_json::Value;
use utoipa::ToSchema;

/// A password: 12 to 200 characters. It cannot be printed.
#[derive(Clone, ToSchema)]
#[schema(value_type = String, format = "password", min_length = 12, max_length = 200)]
pub struct Password(String);

impl Password {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}
/// Nobody who knows the account guesses it.
///
/// # Errors
/// They would.
pub fn check_chosen(tenant: &Tenant, email: &str, password: &Password) -> Result<(), ActionError> {
    let names = ["rettematch", &tenant.municipality().authority(), email];
    if !is_guessable(password.reveal(), &names) {
        return Ok(());
    }
    let da = "Den er for let at gætte: den er et ord, som mange bruger, eller navne, som alle kender. Tag fire-fem tilfældige ord i stedet.";
    let en =
        "It is too easy to guess: a word that many use, or names that everybody knows. Take four or five random words instead.";
    fault("password", Fault::new("password-common", da, en))
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(secret)")
    }
}
impl Field for Password {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let text = faults.text(value, at)?;
        let Some(text) = prepared(text) else {
            let texts = ("Må ikke have linjeskift eller tabulatorer.", "Must not have line breaks or tabs.");
            return faults.add(at, Fault::new("password-characters", texts.0, texts.1));
        };
        match text.chars().count() {
            12..=200 => Some(Self(text)),
            _ => faults.add(at, Fault::new("password-length", "Skal have 12 til 200 tegn.", "Must have 12 to 200 characters.")),
        }
    }
}

crate::input! {
    /// Someone who is to sign in.
    pub struct NewAccount {
        pub email: Email,
        pub name: Line,
        pub role: Role,
        /// The team that its holder belongs to.
        pub team: Option<Line>,
        /// Where citizens and companies call; it stands in their letters.
        pub phone: Option<Line>,
    }
}

crate::input! {
    /// A new password.
    pub struct NewPassword {
        pub password: Password,
        /// The one until now.
        pub old_password: Option<Password>,
    }
}

/// The row of a new account in the asker's municipality, whose holder chooses the password.
///
/// # Errors
/// An address that has an account.
pub fn new_here(conn: &mut Conn, context: &Context, account: &NewAccount) -> Result<AccountRow, ActionError> {
    let NewAccount { email, name, role, team, phone } = account;
    check_free(conn, context.tenant, email.as_str())?;
    let text = |line: &Option<Line>| line.as_ref().map(ToString::to_string);
    let row = new_row(context.at, context.tenant, email, name, *role, "");
    Ok(AccountRow { team: text(team), phone: text(phone), ..row })
}

/// Opens an account in any municipality: for the first administrator and for course files.
///
/// # Errors
/// An address that has an account.
pub fn create(
    tx: &mut Tx,
    at: At,
    tenant: &Tenant,
    email: &Email,
    name: &Line,
    role: Role,
    password_hash: &str,
) -> Result<AccountId, ActionError> {
    insert(tx, new_row(at, tenant, email, name, role, password_hash))
}

/// Opens the account of a first administrator, with a password that the program has made.
///
/// # Errors
/// An address that has an account.
pub fn create_first(
    tx: &mut Tx,
    at: At,
    tenant: &Tenant,
    email: &Email,
    name: &Line,
    password_hash: &str,
) -> Result<AccountId, ActionError> {
    let row = new_row(at, tenant, email, name, Role::Administrator, password_hash);
    insert(tx, AccountRow { has_first_password: true, ..row })
}

/// The row of a new account.
pub fn new_row(at: At, tenant: &Tenant, email: &Email, name: &Line, role: Role, password_hash: &str) -> AccountRow {
    AccountRow {
        id: AccountId::new(at),
        municipality: tenant.clone(),
        email: email.as_str().into(),
        name: name.to_string(),
        role,
        password_hash: password_hash.into(),
        wants_digests: true,
        closed_on: None,
        revision: 1,
        team: None,
        reminded_on: None,
        phone: None,
        role_confirmation: None,
        asked_role: None,
        asked_by: None,
        has_first_password: false,
        is_client: false,
    }
}

/// The row of a program's account: nobody signs in with its address, and no letter goes there (RFC 2606).
pub fn client_row(at: At, tenant: &Tenant, name: &Line, role: Role) -> AccountRow {
    let id = AccountId::new(at);
    let email = format!("{id}@client.invalid");
    AccountRow {
        id,
        municipality: tenant.clone(),
        email,
        name: name.to_string(),
        role,
        password_hash: String::new(),
        wants_digests: false,
        closed_on: None,
        revision: 1,
        team: None,
        reminded_on: None,
        phone: None,
        role_confirmation: None,
        asked_role: None,
        asked_by: None,
        has_first_password: false,
        is_client: true,
    }
}

fn insert(tx: &mut Tx, row: AccountRow) -> Result<AccountId, ActionError> {
    check_free(tx, &row.municipality, &row.email)?;
    accounts::insert(tx, &row)?;
    Ok(row.id)
}

/// No account has the address. A closed account keeps its own, so that whoever returns is known again; where the address is another
/// person's by now, the closed account is given another one first.
///
/// # Errors
/// One has it.
pub fn check_free(conn: &mut Conn, tenant: &Tenant, email: &str) -> Result<(), ActionError> {
    let Some(other) = doors::account_by_email(conn, email)? else { return Ok(()) };
    if other.municipality != *tenant || other.closed_on.is_none() {
        return fault("email", Fault::new("taken", "Adressen har allerede en konto.", "The address has an account already."));
    }
    let da = format!(
        "Adressen hører til en lukket konto ({}). Åbn den igen, eller giv den en anden adresse, hvis det er en anden person.",
        other.id
    );
    let en = format!(
        "The address belongs to a closed account ({}). Open that one again, or give it another address where this is another person.",
        other.id
    );
    fault("email", Fault::new("closed-account", da, en))
}

/// Whether whoever asks may set a password, asked before it is hashed; the hash until now.
///
/// # Errors
/// Not found; changed since; somebody else's; a password that is easy to guess.
pub fn may_set_password(
    conn: &mut Conn,
    context: &Context,
    seen: Seen,
    id: &AccountId,
    password: &Password,
) -> Result<String, ActionError> {
    context.authorize_self(id)?;
    let row = accounts::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    check_chosen(context.tenant, &row.email, password)?;
    Ok(row.password_hash)
}

/// The old password that was given with a new one.
///
/// # Errors
/// It is missing, or does not fit.
pub fn old_password(given: Option<&Password>, fits: bool) -> Result<Password, ActionError> {
    let text = ("Skriv den adgangskode, du har nu.", "Give the password that you have now.");
    match given {
        None => fault("old_password", Fault::new("required", text.0, text.1)),
        Some(_) if !fits => {
            fault("old_password", Fault::new("wrong", "Det er ikke den, du har nu.", "It is not the one that you have now."))
        }
        Some(old) => Ok(old.clone()),
    }
}

/// Gives oneself a new password and signs out elsewhere: the session of a token's hash stays.
///
/// # Errors
/// Not found; changed since; somebody else's.
pub fn set_password(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &AccountId,
    password_hash: &str,
    kept: &str,
) -> Result<(), ActionError> {
    context.authorize_self(id)?;
    let mut row = accounts::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    row.password_hash = password_hash.into();
    row.has_first_password = false;
    row.revision += 1;
    accounts::update(tx, &row)?;
    Ok(accounts::sign_out_elsewhere(tx, id, kept)?)
}

crate::input! {
    /// Whether somebody wants the daily digest of notices. Warnings and alarms always come.
    pub struct Digests {
        pub wanted: bool,
    }
}

/// Sets whether somebody wants the digest: oneself, or an administrator anybody.
///
/// # Errors
/// Not found; changed since; somebody else's.
pub fn want_digests(tx: &mut Tx, context: &Context, seen: Seen, id: &AccountId, digests: &Digests) -> Result<(), ActionError> {
    context.authorize_own(id, Permission::KeepAccounts)?;
    let row = accounts::find_person(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    Ok(save_wish(tx, row, digests.wanted)?)
}

/// The token by which a digest's reader is taken off it: the account, and what only our key can make of it.
pub fn unsubscribe_token(keys: &Keys, account: &AccountId) -> String {
    format!("{account}.{}", keys.link_token(&format!("digests/{account}")))
}

/// Takes somebody off the digest by the link of a digest's header (RFC 8058): one click, no sign-in.
///
/// # Errors
/// No such link.
pub fn unsubscribe(tx: &mut Tx, keys: &Keys, token: &str) -> Result<(), ActionError> {
    let (account, _) = token.split_once('.').ok_or(ActionError::NotFound)?;
    let account = AccountId::stored(account);
    if unsubscribe_token(keys, &account) != token {
        return Err(ActionError::NotFound);
    }
    let row = doors::account_by_id(tx, &account)?.ok_or(ActionError::NotFound)?;
    Ok(save_wish(tx, row, false)?)
}

fn save_wish(tx: &mut Tx, mut row: AccountRow, wanted: bool) -> Result<(), crate::store::StoreError> {
    row.wants_digests = wanted;
    row.revision += 1;
    accounts::update(tx, &row)
}

/// Who an account is, as actions see it.
pub fn by(row: AccountRow) -> Account {
    Account { id: row.id, tenant: row.municipality, role: row.role, name: row.name, team: row.team, scopes: None }
}

/// Where two asked at once for what can be there only once, the second is told as if it had been there before.
pub fn taken(stop: ActionError, field: &str) -> ActionError {
    match stop {
        ActionError::Store(StoreError::Duplicate(_)) => {
            fault::<()>(field, Fault::new("taken", "Findes allerede.", "Is there already."))
                .err()
                .unwrap_or(ActionError::NotFound)
        }
        other => other,
    }
}
