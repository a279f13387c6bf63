//! Takes an event: the letter is made and queued in the transaction of what caused it.

use crate::{
    context::Context,
    domain::{internships::alignment::Party, values::ids::LetterId},
    outbox::{
        envelopes::envelope,
        event::{Event, VersionToConfirm},
        queue::queue,
        recipients::PartyAddresses,
    },
    store::{StoreError, Tx},
};

/// Hands an event to the outbox: the id of the letter that was made from it, where it is a new one.
///
/// # Errors
/// A failure of the database.
pub fn emit(tx: &mut Tx, context: &Context, event: Event) -> Result<Option<LetterId>, StoreError> {
    let envelope = envelope(tx, context, event)?;
    queue(tx, context, envelope)
}

/// Asks citizen and company to read and confirm a version, where they have an address.
///
/// # Errors
/// A failure of the database.
pub fn invite(tx: &mut Tx, context: &Context, version: VersionToConfirm, addresses: &PartyAddresses) -> Result<(), StoreError> {
    for (party, address) in [(Party::Citizen, &addresses.citizen), (Party::Company, &addresses.company)] {
        if let Some(to) = address {
            emit(tx, context, Event::ConfirmationAsked { version, party, to, reminder: None })?;
        }
    }
    Ok(())
}
