//! The accounts of a municipality, and what was changed of them.

use crate::{
    actions::{ActionError, people::work::HandedOver},
    context::Context,
    domain::{
        people::{
            access::{Permission, Role},
            account::{AccountField, RoleConfirmation},
        },
        values::ids::{AccountChangeId, AccountId},
    },
    store::{
        Conn, account_changes,
        accounts::{self, AccountFilter},
        schema::{AccountChangeRow, AccountRow, SubstituteRow},
        substitutes,
    },
    views::{
        Representation,
        page::{Page, PageRequest, Pages},
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct AccountView {
    pub id: AccountId,
    pub email: String,
    pub name: String,
    pub role: Role,
    /// The team that its holder belongs to.
    pub team: Option<String>,
    /// Where citizens and companies call.
    pub phone: Option<String>,
    /// Whether the daily digest of notices is wanted.
    pub wants_digests: bool,
    /// The day on which it was closed.
    pub closed_on: Option<NaiveDate>,
    /// How it stands with a role whose holder sees health data; null: the role sees none, or is older than the question.
    pub role_confirmation: Option<RoleConfirmation>,
    /// The role that somebody else is to confirm.
    pub asked_role: Option<Role>,
    /// Who stands in, whether or not the days have come.
    pub substitute: Option<SubstituteView>,
}

/// Who stands in for somebody.
#[derive(Serialize, ToSchema)]
pub struct SubstituteView {
    pub account: AccountId,
    pub from: NaiveDate,
    /// The last day; null: until further notice.
    pub to: Option<NaiveDate>,
}

impl From<SubstituteRow> for SubstituteView {
    fn from(row: SubstituteRow) -> Self {
        Self { account: row.substitute_id, from: row.from_on, to: row.until_on }
    }
}

pub(super) fn view(conn: &mut Conn, row: AccountRow) -> Result<AccountView, ActionError> {
    let substitute = substitutes::of_account(conn, &row.municipality, &row.id)?;
    Ok(AccountView {
        id: row.id,
        email: row.email,
        name: row.name,
        role: row.role,
        team: row.team,
        phone: row.phone,
        wants_digests: row.wants_digests,
        closed_on: row.closed_on,
        role_confirmation: row.role_confirmation,
        asked_role: row.asked_role,
        substitute: substitute.map(Into::into),
    })
}

/// The accounts of the municipality.
///
/// # Errors
/// Not an administrator.
pub fn page(conn: &mut Conn, context: &Context, pages: &Pages) -> Result<Page<AccountView>, ActionError> {
    context.authorize(Permission::KeepAccounts)?;
    let request = PageRequest::from(pages);
    let rows = accounts::page(conn, context.tenant, &AccountFilter::default(), request.after_id(), request.wanted())?;
    request.page(rows, |row| row.id.to_string(), |row| view(conn, row))
}

/// One account: one's own, or anybody's as a team leader or an administrator.
///
/// # Errors
/// Somebody else's; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &AccountId) -> Result<Representation<AccountView>, ActionError> {
    context.authorize_own(id, Permission::HandOverWork)?;
    let row = accounts::find_person(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(view(conn, row)?, revision))
}

/// A closed account, what was handed over, and what is left with nobody to look after it.
#[derive(Serialize, ToSchema)]
pub struct ClosedAccountView {
    #[serde(flatten)]
    pub account: AccountView,
    pub handed_over: HandedOver,
}

/// A change of an account.
#[derive(Serialize, ToSchema)]
pub struct AccountChangeView {
    pub id: AccountChangeId,
    pub at: DateTime<Utc>,
    pub by: AccountId,
    pub field: AccountField,
    /// Null: there was nothing.
    pub before: Option<String>,
    /// Null: there is nothing any longer.
    pub after: Option<String>,
}

fn change_view(row: AccountChangeRow) -> AccountChangeView {
    AccountChangeView {
        id: row.id,
        at: row.changed_at.and_utc(),
        by: row.changed_by,
        field: row.field,
        before: row.value_before,
        after: row.value_after,
    }
}

/// What was changed of an account, eldest first.
///
/// # Errors
/// Not an administrator; not found.
pub fn changes(
    conn: &mut Conn,
    context: &Context,
    id: &AccountId,
    pages: &Pages,
) -> Result<Page<AccountChangeView>, ActionError> {
    context.authorize(Permission::KeepAccounts)?;
    accounts::find_person(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let request = PageRequest::from(pages);
    let rows = account_changes::of_account(conn, context.tenant, id, request.after_id(), request.wanted())?;
    request.page(rows, |row| row.id.to_string(), |row| Ok(change_view(row)))
}
