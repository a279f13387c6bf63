//! The papers that the gate requires: contact person (S4), the employee representative's statement (L15), the decision (L20).

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault, unknown},
        internships::{
            case::{InternshipCase, case},
            follow_ups,
            save::save,
        },
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        internships::{
            alignment::Decided,
            decision::Decision,
            internship::{Representative, Statement},
        },
        people::access::Permission,
        values::{
            ids::{ContactId, InternshipId},
            text::{Line, Prose},
        },
    },
    outbox::{letters::PartyNews, news::tell_parties},
    store::{Tx, companies, internships, schema::InternshipRow, sealed},
};

crate::input! {
    /// Who at the workplace receives the citizen.
    pub struct ContactPerson {
        pub contact: ContactId,
    }
}

crate::code_enum! {
    /// Why a representative cannot state it.
    pub enum Absence {
        NoneExists = "none-exists" ("findes ikke", "there is none"),
        OverThreeDays = "over-three-days" ("fraværende i over 3 arbejdsdage", "absent over 3 working days"),
    }
}

crate::input! {
    /// A representative who cannot state it.
    pub struct Absent {
        pub who: Representative,
        pub why: Absence,
    }
}

crate::input! {
    /// What the employee representative states in writing.
    pub struct Stating {
        pub given_by: Representative,
        /// Left out where none is required.
        pub name: Option<Line>,
        /// Those before in the order of the law who cannot state it, and why.
        pub absent: Option<Vec<Absent>>,
        pub conditions_met: bool,
    }
}

crate::input! {
    /// Why a team leader lets it start though the conditions are not met.
    pub struct Overruling {
        pub reasons: Prose,
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

fn edit(
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
    edit(tx, context, seen, id, |tx, row| {
        let contact = companies::contacts::find(tx, context.tenant, &person.contact)?;
        if contact.is_none_or(|contact| contact.workplace_id != row.workplace_id || contact.left_on.is_some()) {
            return unknown("contact");
        }
        row.contact_id = Some(person.contact.clone());
        row.contact_named_on = Some(context.at.today);
        Ok(())
    })
}

/// Records the representative's statement (L15).
///
/// # Errors
/// Not found; changed since; a name where none is asked for, or none where one is.
pub fn state(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId, stating: &Stating) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    if (stating.given_by == Representative::NoneRequired) != stating.name.is_none() {
        return fault(
            "name",
            Fault::new(
                "name",
                "Skriv repræsentantens navn – og intet navn, når ingen er krævet.",
                "Give the representative's name – and none where none is required.",
            ),
        );
    }
    in_order(stating)?;
    edit(tx, context, seen, id, |_, row| {
        let statement = Statement {
            given_by: stating.given_by,
            name: stating.name.clone(),
            conditions_met: stating.conditions_met,
            on: context.at.today,
            overruled: None,
        };
        row.statement = Some(sealed::to_column(&statement)?);
        Ok(())
    })
}

/// The law's order: whoever comes before must be absent, or not be there.
fn in_order(stating: &Stating) -> Result<(), ActionError> {
    if stating.given_by == Representative::NoneRequired {
        return Ok(());
    }
    let absent = stating.absent.as_deref().unwrap_or_default();
    let mut before = Representative::ALL.iter().take_while(|who| **who != stating.given_by);
    match before.find(|who| !absent.iter().any(|absent| absent.who == **who)) {
        None => Ok(()),
        Some(who) => {
            let who = who.label();
            let text = (
                format!(
                    "Spørg først: {}. Findes der ingen, eller er vedkommende væk i over 3 arbejdsdage, så notér det.",
                    who.da
                ),
                format!("Ask first: {}. If there is none, or they are absent over 3 working days, note it.", who.en),
            );
            fault("given_by", Fault::new("representative-order", text.0, text.1))
        }
    }
}

/// A team leader lets it start with reasons, though the statement says that the conditions are not met.
///
/// # Errors
/// Not a team leader; no such statement.
pub fn overrule(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &InternshipId,
    overruling: &Overruling,
) -> Result<(), ActionError> {
    context.authorize(Permission::Lead)?;
    let statement = case(tx, context, id)?.internship.statement;
    let Some(mut statement) = statement.filter(|statement| !statement.conditions_met) else {
        return conflict(
            "nothing-to-overrule",
            "Der er ingen erklæring om, at betingelserne ikke er opfyldt.",
            "No statement says that the conditions are not met.",
        );
    };
    statement.overruled = Some(overruling.reasons.clone());
    edit(tx, context, seen, id, |_, row| {
        row.statement = Some(sealed::to_column(&statement)?);
        Ok(())
    })
}

/// Records the decision with its reasons and how to complain.
///
/// # Errors
/// Not found; changed since.
pub fn decide(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId, deciding: &Deciding) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    edit(tx, context, seen, id, |_, row| {
        row.decision = Some(sealed::to_column(&deciding.by(context)?)?);
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
    let decision = sealed::to_column(&deciding.by(context)?)?;
    internships::decide_version(tx, context.tenant, id, number, context.at.today, &decision)?;
    save(tx, context, row)?;
    let decided = case(tx, context, id)?.internship;
    follow_ups::replan(tx, context, &citizen, &decided)?;
    tell_parties(tx, context, &decided, PartyNews::Decided { extension: Some(number), day: context.at.today })
}
