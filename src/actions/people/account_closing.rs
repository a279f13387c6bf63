//! Somebody leaves (S9): the account is closed and keeps its identity.
//!
//! Promise: closing answers what is left with nobody to look after it. What is not handed over is flagged the same day, and what comes
//! for it meanwhile is read by the substitute or the team leader.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault},
        people::{
            account_changes::{keep_an_administrator, record},
            work::{HandedOver, Workload, hand_over_all, look_again, work_of},
        },
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        people::{access::Permission, account::AccountField},
        values::{ids::AccountId, text::Prose},
    },
    outbox::readers::readers,
    store::{Tx, accounts, letters, schema::AccountRow},
};

crate::input! {
    /// Somebody leaves.
    pub struct AccountClosing {
        /// Who takes all of it over; left out: what is left is flagged until somebody does.
        pub hand_over_to: Option<AccountId>,
        /// What the new one has to know, said of all citizens.
        pub handover: Option<Prose>,
    }
}

/// Closes an account: its holder is signed out and told nothing more. What was handed over, and what is left.
///
/// # Errors
/// Not an administrator; not found; changed since; one's own; closed already; the last administrator; nobody who can take it over.
pub fn close(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &AccountId,
    closing: Option<&AccountClosing>,
) -> Result<HandedOver, ActionError> {
    context.authorize(Permission::KeepAccounts)?;
    let mut row = accounts::find_person(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    if context.account()?.id == *id {
        return conflict(
            "own-account",
            "Man kan ikke lukke sin egen konto. En anden administrator kan.",
            "One cannot close one's own account. Another administrator can.",
        );
    }
    keep_an_administrator(tx, context, &row)?;
    if row.closed_on.is_some() {
        return conflict("closed-already", "Kontoen er allerede lukket.", "The account is closed already.");
    }
    let (to, handover) = closing.map_or((None, None), |own| (own.hand_over_to.as_ref(), own.handover.as_ref()));
    if to.is_none() && handover.is_some() {
        let text = ("Vælg, hvem der overtager.", "Choose who takes over.");
        return fault("hand_over_to", Fault::new("required", text.0, text.1));
    }
    let handed_over = match to {
        Some(to) => hand_over_all(tx, context, &row, to, "hand_over_to", handover)?,
        None => HandedOver { given: Workload::NONE, left: work_of(tx, context, id)? },
    };
    shut(tx, context, &mut row)?;
    Ok(handed_over)
}

/// Closes an account that may be closed.
///
/// # Errors
/// A failure of the database.
pub fn shut(tx: &mut Tx, context: &Context, row: &mut AccountRow) -> Result<(), ActionError> {
    let today = context.at.today;
    record(tx, context, &row.id, AccountField::ClosedOn, None, Some(today.to_string()))?;
    row.closed_on = Some(today);
    if row.asked_role.take().is_some() {
        (row.asked_by, row.role_confirmation) = (None, None);
    }
    row.revision += 1;
    accounts::update(tx, row)?;
    accounts::sign_out_everywhere(tx, &row.id)?;
    // What was written to its holder and has not left yet goes to whoever reads it now; of several, to the first.
    if let Some(reader) = readers(tx, context.tenant, today, row)?.first() {
        letters::readdress(tx, &context.services.keys, context.tenant, &row.email, &reader.email)?;
    }
    Ok(look_again(tx, context, row)?)
}
