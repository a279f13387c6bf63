//! Confirmations and objections (S1, S20). A confirmation is bound to the hash of one version and is only ever added. One given
//! on paper or by telephone counts when the consultant records it, and is marked so wherever it is shown.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault},
        internships::{
            accommodations,
            case::case,
            follow_ups, mentor,
            save::{save, save_as},
            word::{giver, recorded_how},
        },
    },
    context::Context,
    domain::{
        input::Fault,
        internships::{
            alignment::{Confirmation, Party, Via},
            internship::{Agreement, Internship},
        },
        people::access::Permission,
        values::{
            ids::{AccommodationId, AccountId, CitizenId, InternshipId, ObjectionId},
            text::{Line, Prose},
        },
    },
    outbox::{emit::emit, event::Event, letters::RecordedWord, news::send_receipt, recipients},
    store::{
        Tx, internships,
        schema::{ConfirmationRow, ObjectionRow},
        sealed,
    },
};
use chrono::NaiveDate;

crate::input! {
    /// A confirmation that is recorded here.
    pub struct Confirming {
        pub party: Party,
        /// `account` for the consultant's own; `paper`, `telephone` or `meeting` for the others'.
        pub via: Via,
        /// The hash of the version that was read.
        pub hash: crate::domain::values::text::Text<64>,
        /// Accommodations that the party agreed to with it.
        pub agreed_accommodations: Option<Vec<AccommodationId>>,
        /// Name of who gave it; left out: the party as it is on record.
        pub given_by: Option<Line>,
    }
}

crate::input! {
    /// An objection that somebody made to the consultant.
    pub struct Objecting {
        pub party: Party,
        pub words: Prose,
        /// `paper`, `telephone` or `meeting`.
        pub via: Via,
        /// Name of who made it; left out: the party as it is on record.
        pub given_by: Option<Line>,
    }
}

crate::input! {
    /// Who takes an objection back, and how that was said: the party gets a receipt.
    pub struct Withdrawing {
        pub party: Party,
        /// `paper`, `telephone` or `meeting`.
        pub via: Via,
        /// Why; asked for where the objection came through the party's own link. Whoever made it reads them.
        pub reasons: Option<Prose>,
    }
}

/// A word of a party, however it came.
pub struct Word<'a> {
    pub internship: &'a InternshipId,
    pub party: Party,
    pub via: Via,
    pub hash: &'a str,
    pub accommodations: &'a [AccommodationId],
    pub recorded_by: Option<&'a AccountId>,
    /// Name of who gave it, where it is not the party as it is on record.
    pub given_by: Option<&'a Line>,
}

/// An objection of a party, however it came.
pub struct SpokenObjection<'a> {
    pub party: Party,
    pub via: Via,
    pub words: &'a Prose,
    pub given_by: Option<&'a Line>,
    pub recorded_by: Option<&'a AccountId>,
}

/// Records a confirmation.
///
/// # Errors
/// Not found; another version; confirmed already; too late.
pub fn confirm(tx: &mut Tx, context: &Context, id: &InternshipId, confirming: &Confirming) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let own = confirming.party == Party::Consultant;
    let fits =
        if own { confirming.via == Via::Account } else { matches!(confirming.via, Via::Paper | Via::Telephone | Via::Meeting) };
    if !fits {
        return fault(
            "via",
            Fault::not(
                "via",
                "account for konsulenten selv; paper, telephone eller meeting for de andre",
                "account for the consultant's own; paper, telephone or meeting for the others",
            ),
        );
    }
    let accommodations = confirming.agreed_accommodations.as_deref().unwrap_or_default();
    let word = Word {
        internship: id,
        party: confirming.party,
        via: confirming.via,
        hash: confirming.hash.as_str(),
        accommodations,
        recorded_by: Some(&context.account()?.id),
        given_by: confirming.given_by.as_ref(),
    };
    give(tx, context, &word)
}

/// Gives a party's word to the newest version.
///
/// # Errors
/// As [`confirm`].
pub fn give(tx: &mut Tx, context: &Context, word: &Word) -> Result<(), ActionError> {
    let case = case(tx, context, word.internship)?;
    let at = context.at;
    let internship = &case.internship;
    if internship.ended.is_some() || internship.cancelled_on.is_some() {
        return conflict("over", "Praktikken er slut eller aflyst.", "The internship is over or cancelled.");
    }
    let newest = internship.newest();
    if word.via != Via::Link && newest.open_objections().any(|own| own.party == word.party && own.via == Some(Via::Link)) {
        return conflict(
            "objection-by-link",
            "Parten har gjort indsigelse gennem sit eget link. Bed om et ja samme vej, eller notér først med begrundelse, at indsigelsen er trukket tilbage.",
            "The party has objected through its own link. Ask for a yes the same way, or first record with reasons that the objection is withdrawn.",
        );
    }
    if newest.hash != word.hash {
        return conflict(
            "not-current",
            "Aftalen er ændret, siden den blev læst. Læs den igen.",
            "The agreement has changed since it was read. Read it again.",
        );
    }
    if newest.confirmed_by(word.party) && newest.open_objections().any(|objection| objection.party == word.party) {
        // Confirmed, then objected, now confirmed again: the word stands, the objection goes.
        withdraw_objections(tx, context, &case.row.id, newest.number, word.party, word.via)?;
        return save(tx, context, case.row);
    }
    if newest.confirmed_by(word.party) {
        return conflict("already-confirmed", "Aftalen er allerede bekræftet.", "It is confirmed already.");
    }
    if internship.pending().is_some() && at.today > internship.last_day() {
        return conflict(
            "too-late",
            "Praktikken sluttede, før forlængelsen blev bekræftet.",
            "The internship ended before the extension was confirmed.",
        );
    }
    accommodations::record_agreements(tx, context.tenant, at, internship, word.party, word.accommodations, word.via)?;
    let given_by = giver(tx, context, &case, word.party, word.given_by)?;
    let newest = internship.newest();
    let key = sealed::confirmation_key(word.internship, newest.number, word.party);
    internships::confirm(
        tx,
        &ConfirmationRow {
            given_by: sealed::CONFIRMATION_GIVER.seal_some(&context.services.keys, key, given_by.as_ref())?,
            internship_id: word.internship.clone(),
            number: newest.number,
            party: word.party,
            municipality: context.tenant.clone(),
            hash: newest.hash.clone(),
            via: word.via,
            recorded_by: word.recorded_by.cloned(),
            confirmed_on: at.today,
            confirmed_at: at.instant.naive_utc(),
        },
    )?;
    if newest.open_objections().any(|objection| objection.party == word.party) {
        withdraw_objections(tx, context, word.internship, newest.number, word.party, word.via)?;
    }
    let citizen = case.row.citizen_id.clone();
    let number = newest.number;
    let confirmed = confirmed(case.internship, word, given_by, at.today);
    save_as(tx, context, case.row, &confirmed)?;
    follow_ups::replan(tx, context, &citizen, &confirmed)?;
    mentor::tell(tx, context, &confirmed)?;
    if word.party == Party::Citizen {
        accommodations::ask_company(tx, context, &citizen, &confirmed)?;
    }
    tell_what_was_left_out(tx, context, &citizen, &confirmed, word.party, word.via)?;
    send_receipt(tx, context, &confirmed, word.party, word.via, &RecordedWord::Confirmation { number })
}

/// Tells whoever reads for the consultant that a party said yes by link, and not to every accommodation.
fn tell_what_was_left_out(
    tx: &mut Tx,
    context: &Context,
    citizen: &CitizenId,
    internship: &Internship,
    party: Party,
    via: Via,
) -> Result<(), ActionError> {
    if via != Via::Link || internship.accommodations.iter().all(|item| item.agreed_by(party)) {
        return Ok(());
    }
    let found = recipients::people(tx, context.tenant, context.at.today, Some(citizen), Some(&internship.id), None)?;
    for reader in found.consultants {
        emit(tx, context, Event::AccommodationLeftOut { internship, party, reader: &reader.id, to: &reader.email })?;
    }
    Ok(())
}

fn withdraw_objections(
    tx: &mut Tx,
    context: &Context,
    id: &InternshipId,
    number: i32,
    party: Party,
    via: Via,
) -> Result<Vec<ObjectionId>, ActionError> {
    let by = context.account().ok().map(|account| &account.id);
    Ok(internships::withdraw_objections(tx, context.tenant, id, number, party, (context.at.today, via, by))?)
}

/// The internship with a confirmation of its newest version, and what comes with it: agreements, and no objection by who confirmed.
fn confirmed(mut internship: Internship, word: &Word, given_by: Option<String>, today: NaiveDate) -> Internship {
    let agreed = internship.accommodations.iter_mut().filter(|item| word.accommodations.contains(&item.id));
    for item in agreed.filter(|item| !item.agreed_by(word.party)) {
        item.agreements.push(Agreement { party: word.party, via: word.via, on: today });
    }
    let newest = internship.later.last_mut().unwrap_or(&mut internship.first);
    newest.confirmations.push(Confirmation { party: word.party, via: word.via, on: today, given_by });
    for objection in newest.objections.iter_mut().filter(|objection| objection.party == word.party) {
        objection.withdrawn_on.get_or_insert(today);
    }
    internship
}

/// Records an objection that a party has made to the consultant.
///
/// # Errors
/// As [`object`].
pub fn record_objection(tx: &mut Tx, context: &Context, id: &InternshipId, objecting: &Objecting) -> Result<(), ActionError> {
    let by = context.authorize(Permission::KeepInternships)?;
    case(tx, context, id)?;
    recorded_how(objecting.via)?;
    let objection = SpokenObjection {
        party: objecting.party,
        via: objecting.via,
        words: &objecting.words,
        given_by: objecting.given_by.as_ref(),
        recorded_by: Some(&by.id),
    };
    object(tx, context, id, &objection)
}

/// Makes an objection for a party. It stops the start and is seen; it is never a refusal of an offer.
///
/// # Errors
/// Not found; over.
pub fn object(tx: &mut Tx, context: &Context, id: &InternshipId, objection: &SpokenObjection) -> Result<(), ActionError> {
    let case = case(tx, context, id)?;
    if case.internship.ended.is_some() || case.internship.cancelled_on.is_some() {
        return conflict("over", "Praktikken er slut eller aflyst.", "The internship is over or cancelled.");
    }
    let given_by = giver(tx, context, &case, objection.party, objection.given_by)?;
    let (made, keys) = (ObjectionId::new(context.at), &context.services.keys);
    internships::object(
        tx,
        &ObjectionRow {
            id: made.clone(),
            internship_id: id.clone(),
            number: case.internship.newest().number,
            municipality: context.tenant.clone(),
            party: objection.party,
            words: sealed::OBJECTION_WORDS.seal(keys, &made, &objection.words.to_string())?,
            raised_on: context.at.today,
            withdrawn_on: None,
            given_by: sealed::OBJECTION_GIVER.seal_some(keys, &made, given_by.as_ref())?,
            via: Some(objection.via),
            recorded_by: objection.recorded_by.cloned(),
            withdrawn_via: None,
            withdrawn_recorded_by: None,
            withdrawal_sealed: None,
        },
    )?;
    save(tx, context, case.row)?;
    let receipt = RecordedWord::Objection(made);
    send_receipt(tx, context, &case.internship, objection.party, objection.via, &receipt)
}

/// Takes a party's objections to the newest version back, as the party has said; it gets a receipt.
///
/// # Errors
/// Not found; none that is open; not how it was said.
pub fn withdraw(tx: &mut Tx, context: &Context, id: &InternshipId, withdrawing: &Withdrawing) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let case = case(tx, context, id)?;
    recorded_how(withdrawing.via)?;
    let newest = case.internship.newest();
    let number = newest.number;
    let mut open = newest.open_objections().filter(|own| own.party == withdrawing.party);
    if withdrawing.reasons.is_none() && open.any(|own| own.via == Some(Via::Link)) {
        let text = (
            "Indsigelsen kom gennem partens eget link. Skriv, hvorfor den er trukket tilbage. Den, der skrev den, får besked.",
            "The objection came through the party's own link. Write why it is withdrawn. Whoever made it is told.",
        );
        return fault("reasons", Fault::new("required", text.0, text.1));
    }
    let withdrawn = withdraw_objections(tx, context, id, number, withdrawing.party, withdrawing.via)?;
    if withdrawn.is_empty() {
        return conflict("no-objection", "Der er ingen åben indsigelse.", "There is no open objection.");
    }
    for objection in withdrawn.iter().filter(|_| withdrawing.reasons.is_some()) {
        let reasons = withdrawing.reasons.as_ref().map(ToString::to_string).unwrap_or_default();
        let sealed = sealed::OBJECTION_WITHDRAWAL.seal(&context.services.keys, objection, &reasons)?;
        internships::explain_withdrawal(tx, context.tenant, objection, &sealed)?;
    }
    save(tx, context, case.row)?;
    let receipt = RecordedWord::ObjectionWithdrawn { number, day: context.at.today };
    send_receipt(tx, context, &case.internship, withdrawing.party, withdrawing.via, &receipt)
}
