//! Other programs of the municipality, with their keys; a key itself is shown by nobody a second time.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        people::{
            access::{Permission, Role},
            account::RoleConfirmation,
            client::{ClientScope, ClientScopes, EXPIRES_SOON_DAYS},
        },
        values::{
            day::plus,
            ids::{AccountId, ClientId, ClientKeyId},
        },
    },
    store::{
        Conn, accounts, clients,
        schema::{AccountRow, ClientKeyRow, ClientRow},
    },
    views::{
        Representation,
        page::{Page, PageRequest, Pages},
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// A program of the municipality.
#[derive(Serialize, ToSchema)]
pub struct ClientView {
    pub id: ClientId,
    pub name: String,
    /// Whose permissions it has at most.
    pub role: Role,
    pub scopes: Vec<ClientScope>,
    /// The account as which it is named in changes and in the log.
    pub account: AccountId,
    pub registered_by: AccountId,
    pub registered_at: DateTime<Utc>,
    /// How it stands with a role that two people give.
    pub role_confirmation: Option<RoleConfirmation>,
    /// The role that somebody else is to confirm; until then no key works.
    pub asked_role: Option<Role>,
    /// When its access ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// The last day on which a key of it works.
    pub expires_on: Option<NaiveDate>,
    /// Whether that is within fourteen days, so that a new key is needed.
    pub expires_soon: bool,
    /// When it was used last, to the minute or so.
    pub last_used_at: Option<DateTime<Utc>>,
    /// Eldest first.
    pub keys: Vec<ClientKeyView>,
}

/// What is known of a key.
#[derive(Serialize, ToSchema)]
pub struct ClientKeyView {
    pub id: ClientKeyId,
    pub made_by: AccountId,
    pub made_at: DateTime<Utc>,
    /// The last day on which it works.
    pub expires_on: NaiveDate,
    /// When it ends or ended before that, because another took its place.
    pub ends_at: Option<DateTime<Utc>>,
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A program with a key that was made just now.
#[derive(Serialize, ToSchema)]
pub struct NewKeyView {
    #[serde(flatten)]
    pub client: ClientView,
    /// Send it as `Authorization: Bearer …`. It is shown this once; null where the answer is repeated for an `Idempotency-Key`.
    pub key: Option<String>,
}

fn view(conn: &mut Conn, context: &Context, row: ClientRow, account: AccountRow) -> Result<ClientView, ActionError> {
    let keys = clients::keys_of(conn, context.tenant, &row.id)?;
    let (now, today) = (context.at.instant.naive_utc(), context.at.today);
    let working = |key: &&ClientKeyRow| key.expires_on >= today && key.ends_at.is_none_or(|ends| ends > now);
    let expires_on = keys.iter().filter(working).map(|key| key.expires_on).max();
    Ok(ClientView {
        id: row.id,
        name: account.name,
        role: account.role,
        scopes: ClientScopes::parse(&row.scopes).unwrap_or_default().list(),
        account: account.id,
        registered_by: row.registered_by,
        registered_at: row.registered_at.and_utc(),
        role_confirmation: account.role_confirmation,
        asked_role: account.asked_role,
        ended_at: row.ended_at.map(|ended| ended.and_utc()),
        expires_soon: expires_on.is_some_and(|day| day <= plus(today, EXPIRES_SOON_DAYS)),
        expires_on,
        last_used_at: keys.iter().filter_map(|key| key.last_used_at).max().map(|used| used.and_utc()),
        keys: keys.into_iter().map(key_view).collect(),
    })
}

fn key_view(row: ClientKeyRow) -> ClientKeyView {
    ClientKeyView {
        id: row.id,
        made_by: row.made_by,
        made_at: row.made_at.and_utc(),
        expires_on: row.expires_on,
        ends_at: row.ends_at.map(|ends| ends.and_utc()),
        last_used_at: row.last_used_at.map(|used| used.and_utc()),
    }
}

/// The programs of the municipality, those that have ended too.
///
/// # Errors
/// Not an administrator.
pub fn page(conn: &mut Conn, context: &Context, pages: &Pages) -> Result<Page<ClientView>, ActionError> {
    context.authorize(Permission::KeepAccounts)?;
    let request = PageRequest::from(pages);
    let rows = clients::page(conn, context.tenant, request.after_id(), request.wanted())?;
    request.page(rows, |(row, _)| row.id.to_string(), |(row, account)| view(conn, context, row, account))
}

/// One of them: for administrators, and for team leaders, who may be asked to confirm it.
///
/// # Errors
/// Neither; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &ClientId) -> Result<Representation<ClientView>, ActionError> {
    context.authorize(Permission::HandOverWork)?;
    let row = clients::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let account = accounts::find(conn, context.tenant, &row.account_id)?.ok_or(ActionError::NotFound)?;
    let revision = account.revision;
    Ok(Representation::of(view(conn, context, row, account)?, revision))
}
