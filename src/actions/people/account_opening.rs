//! Somebody comes, and somebody returns (S9). The holder chooses the password through a link; where the role sees health data, somebody
//! else confirms it first, and the account stays closed until then.

use crate::{
    actions::{
        ActionError,
        error::conflict,
        people::{
            account_changes::record,
            accounts::{NewAccount, new_here},
            password_links::send,
            role_asking::ask_for,
            work::look_again,
        },
    },
    context::{Context, Seen},
    domain::{
        people::{
            access::Permission,
            account::{AccountField, RoleConfirmation},
        },
        values::ids::AccountId,
    },
    store::{Tx, accounts, identities, schema::AccountRow},
};

/// Opens an account in the asker's municipality, or asks for it.
///
/// # Errors
/// Not an administrator; an address that has an account.
pub fn open(tx: &mut Tx, context: &Context, account: &NewAccount) -> Result<AccountId, ActionError> {
    context.authorize(Permission::KeepAccounts)?;
    let mut row = new_here(tx, context, account)?;
    let role = row.role;
    let given = ask_for(tx, context, &mut row, role)?;
    row.closed_on = (!given).then_some(context.at.today);
    accounts::insert(tx, &row)?;
    say(tx, context, &row, None)?;
    if given {
        send(tx, context, &row, true)?;
    }
    Ok(row.id)
}

/// Opens a closed account again, or asks for it. The password that it had opens nothing.
///
/// # Errors
/// Not an administrator; not found; changed since; open already.
pub fn reopen(tx: &mut Tx, context: &Context, seen: Seen, id: &AccountId) -> Result<(), ActionError> {
    context.authorize(Permission::KeepAccounts)?;
    let mut row = accounts::find_person(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    let Some(closed_on) = row.closed_on else {
        return conflict("open-already", "Kontoen er åben.", "The account is open.");
    };
    let (role, before) = (row.role, row.role_confirmation);
    let given = ask_for(tx, context, &mut row, role)?;
    row.password_hash = String::new();
    row.revision += 1;
    if given {
        row.closed_on = None;
        record(tx, context, id, AccountField::ClosedOn, Some(closed_on.to_string()), None)?;
    }
    accounts::update(tx, &row)?;
    // Whoever closes it from now on has closed it, and the provider does not open it.
    identities::give_again(tx, context.tenant, id)?;
    say(tx, context, &row, before)?;
    if given {
        send(tx, context, &row, true)?;
    }
    Ok(look_again(tx, context, &row)?)
}

/// Keeps how it stands with the role.
fn say(tx: &mut Tx, context: &Context, row: &AccountRow, before: Option<RoleConfirmation>) -> Result<(), ActionError> {
    let text = |own: Option<RoleConfirmation>| own.map(|own| own.to_string());
    record(tx, context, &row.id, AccountField::RoleConfirmation, text(before), text(row.role_confirmation))
}
