//! Who is signed in, and the session that they are in.

use crate::{
    actions::{ActionError, people::accounts::by},
    context::{Account, Context},
    domain::values::day::At,
    store::{Conn, accounts, system::doors},
    views::{
        Representation,
        accounts::{AccountView, view},
    },
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// A session that has not expired.
#[derive(Clone, Debug)]
pub struct Session {
    pub account: Account,
    pub token_hash: String,
    pub expires_at: DateTime<Utc>,
}

/// The session one is in.
#[derive(Serialize, ToSchema)]
pub struct SessionView {
    pub account: AccountView,
    /// The municipality's code and name.
    pub municipality: String,
    pub municipality_name: String,
    pub expires_at: DateTime<Utc>,
}

/// The session of a token; none where it is unknown or has expired. The token is the authorisation.
///
/// # Errors
/// A failure of the database.
pub fn find(conn: &mut Conn, at: At, token_hash: &str) -> Result<Option<Session>, ActionError> {
    let Some((row, ends)) = doors::account_of_session(conn, token_hash, at.instant.naive_utc())? else { return Ok(None) };
    let expires_at = ends.and_utc();
    Ok(Some(Session { account: by(row), token_hash: token_hash.to_owned(), expires_at }))
}

/// Who one is signed in as, in a session that ends then. Open to everybody who is signed in.
///
/// # Errors
/// Nobody is signed in.
pub fn current(
    conn: &mut Conn,
    context: &Context,
    expires_at: DateTime<Utc>,
) -> Result<Representation<SessionView>, ActionError> {
    let account = context.account()?;
    let row = accounts::find(conn, context.tenant, &account.id)?.ok_or(ActionError::NotFound)?;
    Ok(Representation::only(SessionView {
        account: view(conn, row)?,
        municipality: context.tenant.as_str().into(),
        municipality_name: context.tenant.municipality().name().into(),
        expires_at,
    }))
}
