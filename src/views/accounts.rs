//! The accounts of a municipality.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        people::access::{Permission, Role},
        values::ids::AccountId,
    },
    store::{Conn, accounts, schema::AccountRow},
    views::{
        Representation,
        page::{Page, PageRequest, Pages},
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct AccountView {
    pub id: AccountId,
    pub email: String,
    pub name: String,
    pub role: Role,
    /// Whether the daily digest of notices is wanted.
    pub wants_digests: bool,
    /// The day on which it was closed.
    pub closed_on: Option<NaiveDate>,
}

pub(super) fn view(row: AccountRow) -> Result<AccountView, ActionError> {
    let role = row.role;
    Ok(AccountView {
        id: row.id,
        email: row.email,
        name: row.name,
        role,
        wants_digests: row.wants_digests,
        closed_on: row.closed_on,
    })
}

/// The accounts of the municipality.
///
/// # Errors
/// Not an administrator.
pub fn page(conn: &mut Conn, context: &Context, pages: &Pages) -> Result<Page<AccountView>, ActionError> {
    context.authorize(Permission::KeepAccounts)?;
    let request = PageRequest::from(pages);
    let rows = accounts::page(conn, context.tenant, request.after_id(), request.wanted())?;
    request.page(rows, |row| row.id.to_string(), view)
}

/// One account: one's own, or anybody's as an administrator.
///
/// # Errors
/// Somebody else's; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &AccountId) -> Result<Representation<AccountView>, ActionError> {
    context.authorize_own(id, Permission::KeepAccounts)?;
    let row = accounts::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(view(row)?, revision))
}
