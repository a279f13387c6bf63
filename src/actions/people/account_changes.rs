//! Changes of an account, each kept with who made it and when.
//!
//! Promise: no change of a name, an address, a telephone number, a role, a team or a substitute, no closing and no reopening is without its record. Who has
//! another role or address signs in anew. Somebody who is responsible for what the new role cannot have hands it over first, and one
//! administrator stays.

use crate::{
    actions::{
        ActionError,
        error::conflict,
        people::{
            accounts::check_free,
            role_asking::ask_for,
            work::{look_again, work_of},
        },
    },
    context::{Context, Seen},
    domain::{
        input::{Fault, Faults, Field, Pointer},
        people::{
            access::{Permission, Role},
            account::AccountField,
        },
        values::{
            ids::{AccountChangeId, AccountId},
            localized::localized,
            text::{Email, Line},
        },
    },
    outbox::{emit::emit, event::Event},
    store::{
        Conn, StoreError, Tx, account_changes, accounts,
        schema::{AccountChangeRow, AccountRow},
    },
};
use serde_json::Value;
use utoipa::ToSchema;

/// A merge patch of an account (RFC 7396): what is left out stays.
#[derive(Clone, Debug, ToSchema)]
pub struct AccountPatch {
    pub name: Option<Line>,
    /// Where letters go, and what its holder signs in with.
    pub email: Option<Email>,
    pub role: Option<Role>,
    /// Null: no team any longer.
    #[schema(value_type = Option<Line>)]
    pub team: Option<Option<Line>>,
    /// Where citizens and companies call; null: nowhere any longer.
    #[schema(value_type = Option<Line>)]
    pub phone: Option<Option<Line>>,
}

impl Field for AccountPatch {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let map = faults.object(value, at, &["name", "email", "role", "team", "phone"])?;
        for always in ["name", "email", "role"].into_iter().filter(|name| map.get(*name).is_some_and(Value::is_null)) {
            let text =
                ("Kan ikke fjernes. Lad feltet ude, hvis det skal blive.", "Cannot be taken away. Leave it out to keep it.");
            faults.add::<()>(&at.to(always), Fault::new("required", text.0, text.1));
        }
        let name = faults.field(map, at, "name");
        let email = faults.field(map, at, "email");
        let role = faults.field(map, at, "role");
        let mut if_given = |name: &str| match map.contains_key(name) {
            true => faults.field(map, at, name).map(Some),
            false => Some(None),
        };
        let (team, phone) = (if_given("team"), if_given("phone"));
        Some(Self { name: name?, email: email?, role: role?, team: team?, phone: phone? })
    }
}

/// Changes an account.
///
/// # Errors
/// Not an administrator; not found; changed since; an address that has an account; a role that cannot have what its holder is
/// responsible for; the last administrator.
pub fn change(tx: &mut Tx, context: &Context, seen: Seen, id: &AccountId, patch: &AccountPatch) -> Result<(), ActionError> {
    context.authorize(Permission::KeepAccounts)?;
    let before = accounts::find_person(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(before.revision)?;
    let mut row = before.clone();
    if let Some(name) = &patch.name {
        row.name = name.to_string();
    }
    if let Some(email) = &patch.email {
        row.email = email.as_str().into();
    }
    if let Some(team) = &patch.team {
        row.team = team.as_ref().map(ToString::to_string);
    }
    if let Some(phone) = &patch.phone {
        row.phone = phone.as_ref().map(ToString::to_string);
    }
    if row.email != before.email {
        check_free(tx, context.tenant, &row.email)?;
        if before.role.is_given_by_two() && context.account()?.id != *id {
            // At another address somebody else could choose the password: that takes two people as well.
            ask_for(tx, context, &mut row, before.role)?;
        }
    }
    if let Some(role) = patch.role {
        change_role(tx, context, &before, &mut row, role)?;
    }
    let values = [
        (AccountField::Name, Some(before.name.clone()), Some(row.name.clone())),
        (AccountField::Email, Some(before.email.clone()), Some(row.email.clone())),
        (AccountField::Team, before.team.clone(), row.team.clone()),
        (AccountField::Phone, before.phone.clone(), row.phone.clone()),
        (
            AccountField::RoleConfirmation,
            before.role_confirmation.map(|own| own.to_string()),
            row.role_confirmation.map(|own| own.to_string()),
        ),
    ];
    for (field, then, now) in values {
        record(tx, context, id, field, then, now)?;
    }
    row.revision += 1;
    accounts::update(tx, &row)?;
    tell(tx, context, &before, &row)
}

/// Gives another role, or asks for it. The role that somebody has takes back what was asked for.
fn change_role(tx: &mut Tx, context: &Context, before: &AccountRow, row: &mut AccountRow, role: Role) -> Result<(), ActionError> {
    if role == before.role {
        if row.asked_role.is_some_and(|asked| asked != role) {
            (row.asked_role, row.asked_by, row.role_confirmation) = (None, None, None);
        }
        return Ok(());
    }
    if ask_for(tx, context, row, role)? { apply_role(tx, context, before, row, role) } else { Ok(()) }
}

/// Gives another role, and keeps that it was.
///
/// # Errors
/// It cannot have what its holder is responsible for; the last administrator.
pub fn apply_role(
    tx: &mut Tx,
    context: &Context,
    before: &AccountRow,
    row: &mut AccountRow,
    role: Role,
) -> Result<(), ActionError> {
    if role == before.role {
        return Ok(());
    }
    check_role(tx, context, before, role)?;
    row.role = role;
    record(tx, context, &row.id, AccountField::Role, Some(before.role.to_string()), Some(role.to_string()))
}

/// What follows from another role or address: its holder signs in anew, and is told by whom it was changed, at both addresses.
///
/// # Errors
/// A failure of the database.
pub fn tell(tx: &mut Tx, context: &Context, before: &AccountRow, row: &AccountRow) -> Result<(), ActionError> {
    let mut changes = Vec::new();
    if row.role != before.role {
        changes.push((AccountField::Role.label(), row.role.label()));
        look_again(tx, context, before)?;
    }
    if row.email != before.email {
        changes.push((AccountField::Email.label(), localized(row.email.clone(), row.email.clone())));
    }
    if changes.is_empty() {
        return Ok(());
    }
    accounts::sign_out_everywhere(tx, &row.id)?;
    let by = context.account()?;
    if by.id == row.id || row.closed_on.is_some() {
        return Ok(());
    }
    let mut addresses = vec![&row.email, &before.email];
    addresses.dedup();
    let change = format!("{}/{}", row.id, row.revision);
    for to in addresses {
        emit(tx, context, Event::AccountChanged { change: &change, by: &by.name, changes: &changes, role: row.role, to })?;
    }
    Ok(())
}

/// Keeps a change, where there is one.
///
/// # Errors
/// Nobody is signed in; a failure of the database.
pub fn record(
    tx: &mut Tx,
    context: &Context,
    id: &AccountId,
    field: AccountField,
    before: Option<String>,
    after: Option<String>,
) -> Result<(), ActionError> {
    if before == after {
        return Ok(());
    }
    let row = AccountChangeRow {
        id: AccountChangeId::new(context.at),
        municipality: context.tenant.clone(),
        account_id: id.clone(),
        changed_by: context.account()?.id.clone(),
        changed_at: context.at.instant.naive_utc(),
        field,
        value_before: before,
        value_after: after,
    };
    Ok(account_changes::insert(tx, &row)?)
}

/// The new role can have what the holder is responsible for, and one administrator stays.
///
/// # Errors
/// It cannot; none would.
pub fn check_role(conn: &mut Conn, context: &Context, account: &AccountRow, new: Role) -> Result<(), ActionError> {
    keep_an_administrator(conn, context, account)?;
    let work = work_of(conn, context, &account.id)?;
    let citizens = if new.has_citizens() { 0 } else { work.citizens };
    let (companies, openings) = if new.has_companies() { (0, 0) } else { (work.companies, work.openings) };
    if citizens == 0 && companies == 0 && openings == 0 {
        return Ok(());
    }
    conflict(
        "has-work",
        format!(
            "Er ansvarlig for {citizens} borgere, {companies} virksomheder og {openings} åbninger, som den nye rolle ikke kan have. \
             Overdrag dem først."
        ),
        format!(
            "Is responsible for {citizens} citizens, {companies} companies and {openings} openings, which the new role cannot have. \
             Hand them over first."
        ),
    )
}

/// Where an account is the last open administrator of its municipality, it stays one.
///
/// # Errors
/// It is.
pub fn keep_an_administrator(conn: &mut Conn, context: &Context, account: &AccountRow) -> Result<(), ActionError> {
    if account.role != Role::Administrator || account.closed_on.is_some() {
        return Ok(());
    }
    let others: Result<Vec<AccountRow>, StoreError> = accounts::with_role(conn, context.tenant, Role::Administrator);
    if others?.iter().any(|other| other.id != account.id) {
        return Ok(());
    }
    conflict(
        "last-administrator",
        "Er kommunens eneste administrator. Opret eller genåbn en anden først.",
        "Is the municipality's only administrator. Open another one first.",
    )
}
