//! Asks a party again: because somebody here wants it to (once a day), or because its address was corrected.
//!
//! Promise: whoever is to confirm or answer is asked at the address that is on record now. When an address is corrected, links that
//! were sent to the old one no longer work.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault},
        flags::notify::ask_for_decision,
        internships::case::case,
    },
    context::Context,
    domain::{
        input::Fault,
        internships::{alignment::Party, internship::Internship},
        people::access::Permission,
        values::{
            day::plus,
            ids::{CitizenId, ContactId, InternshipId, WorkplaceId},
        },
    },
    outbox::{
        emit::emit,
        event::{Event, VersionToConfirm},
        queue::LetterCause,
        recipients,
    },
    store::{Tx, courses, internships, letters, links},
};

crate::input! {
    /// Who is to be asked again.
    pub struct Inviting {
        /// The citizen or the company.
        pub party: Party,
    }
}

/// Asks a party again to confirm the newest version, or the company to answer.
///
/// # Errors
/// Not found; nothing that is waited for; no address; asked today already.
pub fn invite_again(tx: &mut Tx, context: &Context, id: &InternshipId, inviting: &Inviting) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    if inviting.party == Party::Consultant {
        return fault(
            "party",
            Fault::not(
                "party",
                "citizen eller company: konsulenten bekræfter selv her",
                "citizen or company: the consultant confirms here",
            ),
        );
    }
    let case = case(tx, context, id)?;
    let today = context.at.today;
    let key = format!("again/{id}/{}/{}/{today}", case.internship.newest().number, inviting.party);
    if letters::is_queued(tx, context.tenant, &key)? {
        return conflict(
            "asked-today",
            "Der er allerede sendt et nyt brev i dag. Ring i stedet, eller vent til i morgen.",
            "A new letter has been sent today. Call instead, or wait until tomorrow.",
        );
    }
    match ask(tx, context, &case.row.citizen_id, &case.internship, inviting.party, &key)? {
        Invited::Yes => Ok(()),
        Invited::NoAddress => conflict(
            "no-address",
            "Der er ingen e-mailadresse. Skriv den ind, eller registrér svaret, når det er givet på anden vis.",
            "There is no e-mail address. Record one, or record the answer when it has been given otherwise.",
        ),
        Invited::CitizenFirst => conflict(
            "citizen-first",
            "Borgeren har ikke sagt ja til alle hensyn endnu. Virksomheden får aftalen, når borgeren er enig i, hvad den må få at vide.",
            "The citizen has not agreed to every accommodation yet. The company gets the agreement when the citizen agrees to what it is told.",
        ),
        Invited::NothingOpen => conflict(
            "nothing-open",
            "Parten mangler ikke at bekræfte eller svare på noget.",
            "Nothing waits to be confirmed or answered by that party.",
        ),
    }
}

/// What became of asking.
enum Invited {
    Yes,
    NoAddress,
    /// The company may not read it yet.
    CitizenFirst,
    NothingOpen,
}

fn ask(
    tx: &mut Tx,
    context: &Context,
    citizen: &CitizenId,
    internship: &Internship,
    party: Party,
    key: &str,
) -> Result<Invited, ActionError> {
    let unconfirmed = !internship.is_closed() && !internship.newest().confirmed_by(party);
    let owes_answer =
        party == Party::Company && internship.is_open() && internship.answered().is_none() && internship.decision_on().is_some();
    if !unconfirmed && !owes_answer {
        return Ok(Invited::NothingOpen);
    }
    let Some(row) = internships::find(tx, context.tenant, &internship.id)? else { return Ok(Invited::NothingOpen) };
    let found = recipients::addresses(tx, context, citizen, row.contact_id.as_ref(), &row.workplace_id)?;
    let address = if party == Party::Citizen { found.citizen } else { found.company };
    let Some(to) = address else { return Ok(Invited::NoAddress) };
    if unconfirmed && party == Party::Company && !internship.company_may_read() {
        return Ok(Invited::CitizenFirst);
    }
    if unconfirmed {
        let version = VersionToConfirm::newest_of(internship);
        emit(tx, context, Event::ConfirmationAsked { version, party, to: &to, reminder: Some(key) })?;
    } else {
        ask_for_decision(tx, context, internship, &to, key, LetterCause::Lasting)?;
    }
    Ok(Invited::Yes)
}

/// The address of a citizen has changed: what was sent to the old one no longer opens anything, and what is waited for is asked anew.
///
/// # Errors
/// A failure of the database.
pub fn citizen_moved_mailbox(tx: &mut Tx, context: &Context, citizen: &CitizenId, mark: &str) -> Result<(), ActionError> {
    for internship in courses::internships_of(tx, &context.services.keys, context.tenant, citizen)? {
        anew(tx, context, citizen, &internship, Party::Citizen, mark)?;
    }
    Ok(())
}

/// The same of some internships only: those of a record that was merged into one with another address.
///
/// # Errors
/// A failure of the database.
pub fn citizen_has_another_mailbox(
    tx: &mut Tx,
    context: &Context,
    citizen: &CitizenId,
    moved: &[InternshipId],
    mark: &str,
) -> Result<(), ActionError> {
    let all = courses::internships_of(tx, &context.services.keys, context.tenant, citizen)?;
    for internship in all.iter().filter(|internship| moved.contains(&internship.id)) {
        anew(tx, context, citizen, internship, Party::Citizen, mark)?;
    }
    Ok(())
}

/// The same of a contact at a workplace, for the internships that name this contact or nobody.
///
/// # Errors
/// A failure of the database.
pub fn contact_moved_mailbox(
    tx: &mut Tx,
    context: &Context,
    (workplace, contact): (&WorkplaceId, &ContactId),
    mark: &str,
) -> Result<(), ActionError> {
    let there = internships::not_ended_at(tx, context.tenant, workplace)?;
    for row in there.into_iter().filter(|row| row.contact_id.as_ref().is_none_or(|named| named == contact)) {
        let own = courses::internships_of(tx, &context.services.keys, context.tenant, &row.citizen_id)?;
        for internship in own.iter().filter(|internship| internship.id == row.id) {
            anew(tx, context, &row.citizen_id, internship, Party::Company, mark)?;
        }
    }
    Ok(())
}

/// Somebody with another address is the contact person of an internship now: the links that were sent to the former one no longer open
/// anything.
///
/// # Errors
/// A failure of the database.
pub fn another_contact(tx: &mut Tx, context: &Context, id: &InternshipId) -> Result<(), ActionError> {
    let case = case(tx, context, id)?;
    let mark = case.row.revision.to_string();
    anew(tx, context, &case.row.citizen_id, &case.internship, Party::Company, &mark)
}

fn anew(
    tx: &mut Tx,
    context: &Context,
    citizen: &CitizenId,
    internship: &Internship,
    party: Party,
    mark: &str,
) -> Result<(), ActionError> {
    if internship.is_closed() {
        return Ok(());
    }
    links::end(tx, context.tenant, &internship.id, party, plus(context.at.today, -1))?;
    // Who has not been asked yet for the answer is asked when its time comes.
    if internship.newest().confirmed_by(party) {
        return Ok(());
    }
    ask(tx, context, citizen, internship, party, &format!("readdressed/{}/{party}/{mark}", internship.id))?;
    Ok(())
}
