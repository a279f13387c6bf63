//! What citizen and company are told of without being asked for anything: that it is cancelled, that a change is withdrawn, that a
//! decision is made, that something was registered in error, and that somebody here has recorded a word on their behalf.
//!
//! Promise: a party learns of every word that was recorded for it, so that a word that was never given is noticed.

use crate::{
    context::Context,
    domain::{
        internships::{
            alignment::{Party, Via},
            internship::Internship,
        },
        values::ids::{CitizenId, ContactId, WorkplaceId},
    },
    outbox::{
        emit::emit,
        event::Event,
        letters::{PartyNews, RecordedWord},
        recipients,
    },
    store::{StoreError, Tx, internships},
};

/// The addresses of citizen and company as they are now.
fn addresses(tx: &mut Tx, context: &Context, internship: &Internship) -> Result<[(Party, Option<String>); 2], StoreError> {
    let row = internships::find_even_in_error(tx, context.tenant, &internship.id)?;
    let none = || [(Party::Citizen, None), (Party::Company, None)];
    let Some(row) = row else { return Ok(none()) };
    let (citizen, contact, workplace): (&CitizenId, Option<&ContactId>, &WorkplaceId) =
        (&row.citizen_id, row.contact_id.as_ref(), &row.workplace_id);
    let found = recipients::addresses(tx, context, citizen, contact, workplace)?;
    Ok([(Party::Citizen, found.citizen), (Party::Company, found.company)])
}

/// Tells citizen and company, where they have an address.
///
/// # Errors
/// A failure of the database.
pub fn tell_parties<E: From<StoreError>>(
    tx: &mut Tx,
    context: &Context,
    internship: &Internship,
    news: PartyNews,
) -> Result<(), E> {
    tell_some::<E>(tx, context, internship, &[Party::Citizen, Party::Company], news)?;
    Ok(())
}

/// Tells those of citizen and company who are named, where they have an address. Who was told.
///
/// # Errors
/// A failure of the database.
pub fn tell_some<E: From<StoreError>>(
    tx: &mut Tx,
    context: &Context,
    internship: &Internship,
    parties: &[Party],
    news: PartyNews,
) -> Result<Vec<Party>, E> {
    let mut told = Vec::new();
    for (party, address) in addresses(tx, context, internship)? {
        if let Some(to) = address.filter(|_| parties.contains(&party)) {
            told.push(party);
            emit(tx, context, Event::News { internship, news: &news, party, to: &to })?;
        }
    }
    Ok(told)
}

/// Sends a party the receipt of a word that was recorded for it, where it has an address. What it gave itself needs none.
///
/// # Errors
/// A failure of the database.
pub fn send_receipt<E: From<StoreError>>(
    tx: &mut Tx,
    context: &Context,
    internship: &Internship,
    party: Party,
    via: Via,
    word: &RecordedWord,
) -> Result<(), E> {
    if party == Party::Consultant || matches!(via, Via::Account | Via::Link) {
        return Ok(());
    }
    let found = addresses(tx, context, internship)?.into_iter().find(|(own, _)| *own == party);
    if let Some((_, Some(to))) = found {
        emit(tx, context, Event::WordRecorded { internship, word, party, via, to: &to })?;
    }
    Ok(())
}
