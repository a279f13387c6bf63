//! Somebody else confirms a role with health data.
//!
//! Promise: neither who asked for it nor who gets it confirms it.

use crate::{
    actions::{
        ActionError,
        error::conflict,
        people::{
            account_changes::{apply_role, record, tell},
            password_links::send,
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
    store::{Tx, accounts},
};

/// Confirms the role that was asked for. Whoever is new, or returns, gets the link to choose a password now.
///
/// # Errors
/// Neither administrator nor team leader; not found; changed since; nothing waits; asked for by oneself, or for oneself; a role that
/// cannot have what its holder is responsible for.
pub fn confirm(tx: &mut Tx, context: &Context, seen: Seen, id: &AccountId) -> Result<(), ActionError> {
    let own = &context.authorize(Permission::HandOverWork)?.id;
    let before = accounts::find_person(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(before.revision)?;
    let Some(role) = before.asked_role else {
        return conflict("nothing-to-confirm", "Der er ikke noget, der venter.", "Nothing waits to be confirmed.");
    };
    if before.asked_by.as_ref() == Some(own) || own == id {
        return conflict(
            "own-request",
            "En anden end den, der har bedt om rollen, og den, der får den, skal bekræfte.",
            "Somebody other than who asked for the role, and who gets it, has to confirm.",
        );
    }
    let mut row = before.clone();
    apply_role(tx, context, &before, &mut row, role)?;
    (row.asked_role, row.asked_by, row.role_confirmation) = (None, None, Some(RoleConfirmation::Confirmed));
    row.closed_on = None;
    row.revision += 1;
    let text = |confirmation: Option<RoleConfirmation>| confirmation.map(|own| own.to_string());
    record(tx, context, id, AccountField::RoleConfirmation, text(before.role_confirmation), text(row.role_confirmation))?;
    record(tx, context, id, AccountField::ClosedOn, before.closed_on.map(|day| day.to_string()), None)?;
    accounts::update(tx, &row)?;
    if before.closed_on.is_some() {
        send(tx, context, &row, true)?;
        return Ok(look_again(tx, context, &row)?);
    }
    tell(tx, context, &before, &row)
}
