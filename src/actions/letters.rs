//! What people do with letters: one that could not be delivered is sent again, once its cause is mended.

use crate::{
    actions::{ActionError, error::conflict},
    context::Context,
    domain::{people::access::Permission, values::ids::LetterId},
    outbox::hours,
    store::{Tx, letters},
};

/// Sends a letter again that had failed. Its cause is asked again before it leaves, as that of any letter.
///
/// # Errors
/// Not for this role; not found; one that has not failed.
pub fn send_again(tx: &mut Tx, context: &Context, id: &LetterId) -> Result<(), ActionError> {
    context.authorize_any(&[Permission::Lead, Permission::KeepAccounts])?;
    let row = letters::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    if row.failed_at.is_none() {
        return conflict(
            "not-failed",
            "Brevet er ikke mislykket, så det skal ikke sendes igen.",
            "The letter has not failed, so it is not to be sent again.",
        );
    }
    let leaves = hours::next_open(context.at, &context.services.settings.letters).naive_utc();
    Ok(letters::begin_again(tx, context.tenant, id, leaves)?)
}
