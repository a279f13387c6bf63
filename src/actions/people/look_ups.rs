//! Looking somebody up by CPR number.
//!
//! Promise: a look-up is counted in one write before anything is looked up, so that nobody finds the digits that are missing from a
//! number by trying them; what is counted holds no number.

use crate::{
    actions::{
        ActionError,
        people::tries::{self, TryCount},
    },
    context::Context,
    domain::people::access::Permission,
    store::Tx,
};

/// Counts a look-up of whoever asks.
///
/// # Errors
/// Not for this role; too many within an hour or a day.
pub fn count(tx: &mut Tx, context: &Context) -> Result<(), ActionError> {
    let account = context.authorize(Permission::SeeCitizens)?;
    tries::take(tx, context.at, &TryCount::of_look_ups(&context.services.keys, &account.id))?;
    Ok(())
}
