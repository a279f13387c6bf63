//! Takes an event: the letter is made and queued in the transaction of what caused it.

use crate::{
    context::Context,
    domain::{
        internships::{alignment::Party, internship::company_may_read},
        values::ids::LetterId,
    },
    outbox::{
        envelopes::envelope,
        event::{Event, VersionToConfirm},
        queue::queue,
        recipients::PartyAddresses,
    },
    store::{StoreError, Tx, internships},
};

/// Hands an event to the outbox: the id of the letter that was made from it, where it is a new one.
///
/// The company reads an agreement once the citizen has agreed to what it is told: while an accommodation waits for the citizen's word,
/// the company is not asked, whoever asks it (S3).
///
/// # Errors
/// A failure of the database.
pub fn emit(tx: &mut Tx, context: &Context, event: Event) -> Result<Option<LetterId>, StoreError> {
    if let Event::ConfirmationAsked { version, party: Party::Company, .. } = &event
        && !company_may_read(internships::agreed_by_citizen(tx, context.tenant, version.internship)?.into_iter())
    {
        return Ok(None);
    }
    let envelope = envelope(tx, context, event)?;
    queue(tx, context, envelope)
}

/// Asks citizen and company to read and confirm a version, where they have an address and nothing has to be agreed first.
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
