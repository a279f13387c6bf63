//! Signing in and out. A password is verified outside any transaction (it is slow on purpose), so signing in is two steps: what
//! is to be verified, then the session.

use crate::{
    actions::{
        ActionError,
        people::{
            accounts::{Password, by},
            tries::{self, TakenTry, TryCount},
        },
    },
    context::{Account, Context},
    crypto::{Keys, token_hash},
    domain::values::{
        day::At,
        ids::{AccountId, SessionId},
        text::Email,
    },
    store::{Tx, accounts, schema::SessionRow, system::doors},
};
use chrono::{DateTime, Duration, Utc};

crate::input! {
    /// Who signs in.
    pub struct SignIn {
        pub email: Email,
        pub password: Password,
    }
}

/// Where somebody comes from who signs in.
#[derive(Clone, Debug)]
pub struct Knock {
    /// The address of the network.
    pub network: String,
    /// The tokens of devices that came along, whoever they were made for.
    pub devices: Vec<String>,
}

/// A try to sign in that was taken.
#[derive(Clone, Debug)]
pub struct SignInAttempt {
    /// Whom the address belongs to, if anybody.
    pub account: Option<(Account, String)>,
    /// Whether its password is the one that the program made.
    pub has_first_password: bool,
    /// The device that it was tried on, where it is known to the account.
    pub device: Option<String>,
    taken: TakenTry,
}

/// Takes a try to sign in to the account of an address, before the password is looked at.
///
/// # Errors
/// Too many tries within a short time.
pub fn attempt(tx: &mut Tx, keys: &Keys, at: At, email: &Email, knock: &Knock) -> Result<SignInAttempt, ActionError> {
    let row = doors::account_by_email(tx, email.as_str())?.filter(|account| account.closed_on.is_none() && !account.is_client);
    let known = |id: &AccountId| knock.devices.iter().find_map(|token| keys.device_of(id.as_str(), token));
    let device = row.as_ref().and_then(|row| known(&row.id)).map(ToOwned::to_owned);
    let counts = match &device {
        Some(device) => TryCount::of_device(keys, device),
        None => TryCount::of_stranger(keys, email, &knock.network),
    };
    let taken = tries::take(tx, at, &counts)?;
    let has_first_password = row.as_ref().is_some_and(|row| row.has_first_password);
    let account = row.map(|row| (row.password_hash.clone(), row)).map(|(hash, row)| (by(row), hash));
    Ok(SignInAttempt { account, has_first_password, device, taken })
}

/// The password fitted: the try is forgiven, and a session begins under a token; when it ends.
///
/// # Errors
/// The account was closed or got another password meanwhile.
pub fn enter(tx: &mut Tx, at: At, attempt: &SignInAttempt, token: &str, hours: i64) -> Result<DateTime<Utc>, ActionError> {
    let (account, hash) = attempt.account.as_ref().ok_or(ActionError::NotFound)?;
    let row = accounts::find(tx, &account.tenant, &account.id)?.filter(|row| row.closed_on.is_none());
    row.filter(|row| row.password_hash == *hash).ok_or(ActionError::NotFound)?;
    tries::forgive(tx, &attempt.taken)?;
    begin(tx, at, &account.id, token, hours)
}

/// Begins a session under a token; when it ends.
///
/// # Errors
/// A failure of the database.
pub fn begin(tx: &mut Tx, at: At, account: &AccountId, token: &str, hours: i64) -> Result<DateTime<Utc>, ActionError> {
    let ends = at.instant + Duration::hours(hours);
    accounts::sign_in(
        tx,
        &SessionRow {
            token_hash: token_hash(token),
            account_id: account.clone(),
            created_at: at.instant.naive_utc(),
            expires_at: ends.naive_utc(),
            id: SessionId::new(at),
            used_at: at.instant.naive_utc(),
        },
    )?;
    Ok(ends)
}

/// Notes that a session is used.
///
/// # Errors
/// A failure of the database.
pub fn touch(tx: &mut Tx, at: At, token_hash: &str) -> Result<(), ActionError> {
    Ok(accounts::touch(tx, token_hash, at.instant.naive_utc())?)
}

/// Ends one of one's own sessions. Open to everybody who is signed in.
///
/// # Errors
/// Somebody else's, or none.
pub fn end_own(tx: &mut Tx, context: &Context, id: &SessionId) -> Result<(), ActionError> {
    let ended = accounts::sign_out_of(tx, &context.account()?.id, id)?;
    if ended { Ok(()) } else { Err(ActionError::NotFound) }
}

/// Ends all of one's own sessions, this one too. Open to everybody who is signed in.
///
/// # Errors
/// A failure of the database.
pub fn end_all(tx: &mut Tx, context: &Context) -> Result<(), ActionError> {
    Ok(accounts::sign_out_everywhere(tx, &context.account()?.id)?)
}

/// Ends the session of a token.
///
/// # Errors
/// A failure of the database.
pub fn end(tx: &mut Tx, token_hash: &str) -> Result<(), ActionError> {
    Ok(accounts::sign_out(tx, token_hash)?)
}
