//! Who is signed in, the session that they are in, and where else they are signed in.
//!
//! Promise: a session ends after so many hours, and when nobody has used it for so many minutes.

use crate::{
    actions::{ActionError, error::corrupt, people::accounts::by},
    context::{Account, Context},
    domain::{
        people::client::ClientScopes,
        values::{
            copenhagen::local,
            day::{At, plus},
            ids::SessionId,
        },
    },
    store::{Conn, accounts, schema::SessionRow, system::doors},
    views::{
        Representation,
        accounts::{AccountView, view},
        page::{Page, PageRequest, Pages},
    },
};
use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// A session that has not expired.
#[derive(Clone, Debug)]
pub struct Session {
    pub account: Account,
    pub token_hash: String,
    pub expires_at: DateTime<Utc>,
    pub used_at: DateTime<Utc>,
    /// Whether another password is to be chosen before anything else.
    pub has_first_password: bool,
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

/// A session of one's own.
#[derive(Serialize, ToSchema)]
pub struct SessionLine {
    pub id: SessionId,
    pub began_at: DateTime<Utc>,
    /// When it was used last, to the minute or so.
    pub used_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// Now, and since when a session has to have been used.
fn living(idle_minutes: i64, at: At) -> (NaiveDateTime, NaiveDateTime) {
    (at.instant.naive_utc(), (at.instant - Duration::minutes(idle_minutes)).naive_utc())
}

/// The session of a token; none where it is unknown or has expired. The token is the authorisation.
///
/// # Errors
/// A failure of the database.
pub fn find(conn: &mut Conn, idle_minutes: i64, at: At, token_hash: &str) -> Result<Option<Session>, ActionError> {
    let (now, used_since) = living(idle_minutes, at);
    let Some((row, session)) = doors::account_of_session(conn, token_hash, now, used_since)? else { return Ok(None) };
    let (expires_at, used_at) = (session.expires_at.and_utc(), session.used_at.and_utc());
    let has_first_password = row.has_first_password;
    Ok(Some(Session { account: by(row), token_hash: session.token_hash, expires_at, used_at, has_first_password }))
}

/// What a program's key stands for, as a session that ends with the key; none where the key is unknown, has expired or was ended. The key
/// is the authorisation.
///
/// # Errors
/// A failure of the database.
pub fn of_key(conn: &mut Conn, at: At, key_hash: &str) -> Result<Option<Session>, ActionError> {
    let Some((row, client, key)) = doors::client_of_key(conn, key_hash, at.today, at.instant.naive_utc())? else {
        return Ok(None);
    };
    let scopes = ClientScopes::parse(&client.scopes).ok_or_else(|| corrupt("scopes"))?;
    let account = Account { scopes: Some(scopes), ..by(row) };
    let midnight = local(plus(key.expires_on, 1), 0);
    let expires_at = key.ends_at.map_or(midnight, |ends| ends.and_utc().min(midnight));
    let used_at = key.last_used_at.map_or(DateTime::UNIX_EPOCH, |used| used.and_utc());
    Ok(Some(Session { account, token_hash: key.key_hash, expires_at, used_at, has_first_password: false }))
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

/// One's own sessions, asked for in the one of a token's hash. Open to everybody who is signed in.
///
/// # Errors
/// Nobody is signed in.
pub fn own(conn: &mut Conn, context: &Context, current: &str, pages: &Pages) -> Result<Page<SessionLine>, ActionError> {
    let account = &context.account()?.id;
    let request = PageRequest::from(pages);
    let living = living(context.services.settings.session_idle_minutes, context.at);
    let rows = accounts::sessions_of(conn, account, living, request.after_id(), request.wanted())?;
    request.page(rows, |row| row.id.to_string(), |row| Ok(line(row, current)))
}

fn line(row: SessionRow, current: &str) -> SessionLine {
    SessionLine {
        is_current: row.token_hash == current,
        id: row.id,
        began_at: row.created_at.and_utc(),
        used_at: row.used_at.and_utc(),
        expires_at: row.expires_at.and_utc(),
    }
}
