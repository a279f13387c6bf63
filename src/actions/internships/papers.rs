//! The papers that the gate requires: contact person (S4) and the decision (L20). The representative's statement is in
//! [`statement`](super::statement).

use crate::{
    actions::{
        ActionError,
        error::{conflict, unknown},
        internships::{
            case::{InternshipCase, case},
            follow_ups,
            inviting::another_contact,
            mentor,
            save::save,
        },
    },
    context::{Context, Seen},
    domain::{
        internships::{alignment::Decided, decision::Decision},
        people::access::Permission,
        values::{
            ids::{ContactId, InternshipId},
            text::Prose,
        },
    },
    outbox::{letters::PartyNews, news::tell_parties, recipients},
    store::{Tx, companies, internships, schema::InternshipRow, sealed},
};

crate::input! {
    /// Who at the workplace receives the citizen.
    pub struct ContactPerson {
        pub contact: ContactId,
    }
}

crate::input! {
    /// The municipality's decision.
    pub struct Deciding {
        pub reasons: Prose,
        /// How to complain, and within which time; left out: the usual guidance of the rulebook (`complaint_guidance`), in Danish.
        pub complaint_guidance: Option<Prose>,
    }
}

impl Deciding {
    /// The decision of who acts, today.
    ///
    /// # Errors
    /// Nobody is signed in.
    pub fn by(&self, context: &Context) -> Result<Decision, ActionError> {
        let usual = || context.services.book.on(context.at.today).complaint_guidance.da.clone();
        Ok(Decision {
            reasons: self.reasons.clone(),
            complaint_guidance: self.complaint_guidance.clone().unwrap_or_else(usual),
            on: context.at.today,
            by: context.account()?.name.clone(),
            rulebook: Some(context.services.book.version.clone()),
        })
    }
}

/// Changes the row of an internship that is not over.
///
/// # Errors
/// Not found; changed since; over.
pub fn edit(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &InternshipId,
    edit: impl FnOnce(&mut Tx, &mut InternshipRow) -> Result<(), ActionError>,
) -> Result<(), ActionError> {
    let case = case(tx, context, id)?;
    seen.check(case.row.revision)?;
    if case.internship.ended.is_some() || case.internship.cancelled_on.is_some() {
        return conflict("over", "Praktikken er slut eller aflyst.", "The internship is over or cancelled.");
    }
    let mut row = case.row;
    edit(tx, &mut row)?;
    save(tx, context, row)
}

/// Names the contact person: one of the workplace's contacts.
///
/// # Errors
/// Not found; changed since; a contact of another workplace.
pub fn name_contact(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &InternshipId,
    person: &ContactPerson,
) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let before = address_of_company(tx, context, id)?;
    edit(tx, context, seen, id, |tx, row| {
        let contact = companies::contacts::find(tx, context.tenant, &person.contact)?;
        if contact.is_none_or(|contact| contact.workplace_id != row.workplace_id || contact.left_on.is_some()) {
            return unknown("contact");
        }
        row.contact_id = Some(person.contact.clone());
        row.contact_named_on = Some(context.at.today);
        Ok(())
    })?;
    if address_of_company(tx, context, id)? == before { Ok(()) } else { another_contact(tx, context, id) }
}

/// Where the company's letters about an internship go.
fn address_of_company(tx: &mut Tx, context: &Context, id: &InternshipId) -> Result<Option<String>, ActionError> {
    let row = internships::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    Ok(recipients::addresses(tx, context, &row.citizen_id, row.contact_id.as_ref(), &row.workplace_id)?.company)
}

/// Records the decision with its reasons and how to complain.
///
/// # Errors
/// Not found; changed since.
pub fn decide(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId, deciding: &Deciding) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    edit(tx, context, seen, id, |_, row| {
        row.decision = Some(sealed::DECISION.seal(&context.services.keys, id, &deciding.by(context)?)?);
        Ok(())
    })?;
    let decided = case(tx, context, id)?.internship;
    tell_parties(tx, context, &decided, PartyNews::Decided { extension: None, day: context.at.today })
}

/// Records the decision of the extension that waits (L25): with the three confirmations it is then in force.
///
/// # Errors
/// Not found; changed since; no extension that waits for its decision; the present end has passed.
pub fn decide_extension(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &InternshipId,
    deciding: &Deciding,
) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let InternshipCase { row, internship, .. } = case(tx, context, id)?;
    seen.check(row.revision)?;
    let newest = internship.newest();
    if newest.decided != Decided::Waits || internship.is_closed() {
        return conflict(
            "no-extension",
            "Der er ingen forlængelse, som venter på en afgørelse. Registrér forlængelsen først.",
            "No extension waits for a decision. Register the extension first.",
        );
    }
    if context.at.today > internship.last_day() {
        return conflict(
            "too-late",
            "Praktikken sluttede, før forlængelsen var afgjort.",
            "The internship ended before the extension was decided.",
        );
    }
    let (number, citizen) = (newest.number, row.citizen_id.clone());
    let key = sealed::version_key(id, number);
    let decision = sealed::VERSION_DECISION.seal(&context.services.keys, key, &deciding.by(context)?)?;
    internships::decide_version(tx, context.tenant, id, number, context.at.today, &decision)?;
    save(tx, context, row)?;
    let decided = case(tx, context, id)?.internship;
    follow_ups::replan(tx, context, &citizen, &decided)?;
    mentor::tell(tx, context, &decided)?;
    tell_parties(tx, context, &decided, PartyNews::Decided { extension: Some(number), day: context.at.today })
}
