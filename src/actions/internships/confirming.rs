//! Confirmations and objections (S1, S20). A confirmation is bound to the hash of one version and is only ever added. One given
//! on paper or by telephone counts when the consultant records it, and is marked so wherever it is shown.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault},
        internships::{
            accommodations,
            case::case,
            follow_ups,
            save::{save, save_as},
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
            ids::{AccommodationId, AccountId, InternshipId, ObjectionId},
            text::Prose,
        },
    },
    store::{
        Tx, internships,
        schema::{ConfirmationRow, ObjectionRow},
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
    }
}

crate::input! {
    /// An objection that somebody made to the consultant.
    pub struct Objecting {
        pub party: Party,
        pub words: Prose,
    }
}

crate::input! {
    /// Who takes an objection back.
    pub struct Withdrawing {
        pub party: Party,
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
    if newest.hash != word.hash {
        return conflict(
            "not-current",
            "Aftalen er ændret, siden den blev læst. Læs den igen.",
            "The agreement has changed since it was read. Read it again.",
        );
    }
    if newest.confirmed_by(word.party) && newest.open_objections().any(|objection| objection.party == word.party) {
        // Confirmed, then objected, now confirmed again: the word stands, the objection goes.
        internships::withdraw_objections(tx, context.tenant, word.internship, newest.number, word.party, at.today)?;
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
    internships::confirm(
        tx,
        &ConfirmationRow {
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
        internships::withdraw_objections(tx, context.tenant, word.internship, newest.number, word.party, at.today)?;
    }
    let citizen = case.row.citizen_id.clone();
    let confirmed = confirmed(case.internship, word, at.today);
    save_as(tx, context, case.row, &confirmed)?;
    follow_ups::replan(tx, context, &citizen, &confirmed)
}

/// The internship with a confirmation of its newest version, and what comes with it: agreements, and no objection by who confirmed.
fn confirmed(mut internship: Internship, word: &Word, today: NaiveDate) -> Internship {
    let agreed = internship.accommodations.iter_mut().filter(|item| word.accommodations.contains(&item.id));
    for item in agreed.filter(|item| !item.agreed_by(word.party)) {
        item.agreements.push(Agreement { party: word.party, via: word.via, on: today });
    }
    let newest = internship.later.last_mut().unwrap_or(&mut internship.first);
    newest.confirmations.push(Confirmation { party: word.party, via: word.via, on: today });
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
    context.authorize(Permission::KeepInternships)?;
    object(tx, context, id, objecting.party, &objecting.words)
}

/// Makes an objection for a party. It stops the start and is seen; it is never a refusal of an offer.
///
/// # Errors
/// Not found; over.
pub fn object(tx: &mut Tx, context: &Context, id: &InternshipId, party: Party, words: &Prose) -> Result<(), ActionError> {
    let case = case(tx, context, id)?;
    if case.internship.ended.is_some() || case.internship.cancelled_on.is_some() {
        return conflict("over", "Praktikken er slut eller aflyst.", "The internship is over or cancelled.");
    }
    internships::object(
        tx,
        &ObjectionRow {
            id: ObjectionId::new(context.at),
            internship_id: id.clone(),
            number: case.internship.newest().number,
            municipality: context.tenant.clone(),
            party,
            words: words.to_string(),
            raised_on: context.at.today,
            withdrawn_on: None,
        },
    )?;
    save(tx, context, case.row)
}

/// Takes a party's objections to the newest version back.
///
/// # Errors
/// Not found; none that is open.
pub fn withdraw(tx: &mut Tx, context: &Context, id: &InternshipId, party: Party) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let case = case(tx, context, id)?;
    let number = case.internship.newest().number;
    if internships::withdraw_objections(tx, context.tenant, id, number, party, context.at.today)? == 0 {
        return conflict("no-objection", "Der er ingen åben indsigelse.", "There is no open objection.");
    }
    save(tx, context, case.row)
}
