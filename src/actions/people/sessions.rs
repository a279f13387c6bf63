//! Signing in and out. A password is verified outside any transaction (it is slow on purpose), so signing in is two steps: what
//! is to be verified, then the session.

use crate::{
    actions::{
        ActionError,
        people::accounts::{Password, by},
    },
    context::Account,
    crypto::{Keys, token_hash},
    domain::values::{
        day::At,
        ids::{AccountId, FailedSignInId},
        text::Email,
    },
    store::{
        Conn, Tx, accounts,
        schema::{FailedSignInRow, SessionRow},
        system::doors,
    },
};
use chrono::{DateTime, Duration, Utc};

/// This many failed sign-ins to an address …
const FAILURES: i64 = 5;
/// … within this many minutes block it for that long.
const MINUTES: i64 = 15;

crate::input! {
    /// Who signs in.
    pub struct SignIn {
        pub email: Email,
        pub password: Password,
    }
}

/// An account that somebody tries to sign in to.
#[derive(Debug)]
pub struct Attempt {
    pub account: Account,
    pub password_hash: String,
}

/// The account of an address, if it may try to sign in now.
///
/// # Errors
/// Too many failures within a short time.
pub fn attempt(conn: &mut Conn, keys: &Keys, at: At, email: &Email) -> Result<Option<Attempt>, ActionError> {
    let since = (at.instant - Duration::minutes(MINUTES)).naive_utc();
    if accounts::failures(conn, &keys.lookup_hash("sign-in", email.as_str()), since)? >= FAILURES {
        return Err(ActionError::TooOften(MINUTES * 60));
    }
    let row = doors::account_by_email(conn, email.as_str())?.filter(|account| account.closed_on.is_none());
    Ok(row.map(|row| Attempt { password_hash: row.password_hash.clone(), account: by(row) }))
}

/// Notes a failed sign-in.
///
/// # Errors
/// A failure of the database.
pub fn fail(tx: &mut Tx, keys: &Keys, at: At, email: &Email) -> Result<(), ActionError> {
    let row = FailedSignInRow {
        id: FailedSignInId::new(at),
        email_hash: keys.lookup_hash("sign-in", email.as_str()),
        failed_at: at.instant.naive_utc(),
    };
    Ok(accounts::note_failure(tx, &row)?)
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
        },
    )?;
    Ok(ends)
}

/// Ends the session of a token.
///
/// # Errors
/// A failure of the database.
pub fn end(tx: &mut Tx, token_hash: &str) -> Result<(), ActionError> {
    Ok(accounts::sign_out(tx, token_hash)?)
}
