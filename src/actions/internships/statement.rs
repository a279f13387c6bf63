//! The employee representative's statement that the conditions of the law are met (L15): recorded here, or given by the representative
//! through a link of their own.
//!
//! Promise: the law's order is kept; the representative reads nothing of the citizen but occupation, days and hours; how the statement
//! was given is marked wherever it shows.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault},
        internships::{
            case::{InternshipCase, case},
            employer_statement::{put, says_what},
            papers::edit,
            save::save,
            word::recorded_how,
        },
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        internships::{
            alignment::Via,
            statements::{EmployerStatement, Representative, Statement},
        },
        people::access::Permission,
        values::{
            ids::{InternshipId, StatementRequestId},
            text::{Email, Line, Prose},
        },
    },
    outbox::{emit::emit, event::Event, letters::StatedBy, recipients},
    store::{Tx, schema::StatementRequestRow, sealed, statement_requests},
};

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
    /// What the employee representative states, recorded here.
    pub struct Stating {
        pub given_by: Representative,
        /// Left out where none is required.
        pub name: Option<Line>,
        /// Those before in the order of the law who cannot state it, and why.
        pub absent: Option<Vec<Absent>>,
        pub conditions_met: bool,
        /// `paper`, `telephone` or `meeting`; left out: not marked.
        pub via: Option<Via>,
        /// The representative's own words.
        pub remark: Option<Prose>,
    }
}

crate::input! {
    /// The representative who is asked for a statement.
    pub struct StatementAsking {
        pub given_by: Representative,
        pub name: Line,
        pub email: Email,
        /// Those before in the order of the law who cannot state it, and why.
        pub absent: Option<Vec<Absent>>,
    }
}

crate::input! {
    /// What the representative states through a link.
    pub struct LinkStating {
        pub conditions_met: bool,
        /// What is not met; asked for where anything is not.
        pub remark: Option<Prose>,
    }
}

crate::input! {
    /// Why a team leader lets it start though the conditions are not met.
    pub struct Overruling {
        pub reasons: Prose,
    }
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
    in_order(stating.given_by, stating.absent.as_deref().unwrap_or_default())?;
    if let Some(via) = stating.via {
        recorded_how(via)?;
    }
    edit(tx, context, seen, id, |_, row| {
        let statement = Statement {
            given_by: stating.given_by,
            name: stating.name.clone(),
            conditions_met: stating.conditions_met,
            on: context.at.today,
            overruled: None,
            via: stating.via,
            remark: stating.remark.clone(),
        };
        row.statement = Some(sealed::STATEMENT.seal(&context.services.keys, id, &statement)?);
        Ok(())
    })
}

/// The law's order: whoever comes before must be absent, or not be there.
fn in_order(given_by: Representative, absent: &[Absent]) -> Result<(), ActionError> {
    if given_by == Representative::NoneRequired {
        return Ok(());
    }
    let mut before = Representative::ALL.iter().take_while(|who| **who != given_by);
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
    let internship = case(tx, context, id)?.internship;
    let said_no = internship.statement.filter(|own| !own.conditions_met);
    let employer_said_no = internship.employer_statement.filter(|own| !own.conditions_met);
    if said_no.is_none() && employer_said_no.is_none() {
        return conflict(
            "nothing-to-overrule",
            "Der er ingen erklæring om, at betingelserne ikke er opfyldt.",
            "No statement says that the conditions are not met.",
        );
    }
    let overruled = Some(overruling.reasons.clone());
    edit(tx, context, seen, id, |tx, row| {
        if let Some(own) = said_no {
            let overruled = Statement { overruled: overruled.clone(), ..own };
            row.statement = Some(sealed::STATEMENT.seal(&context.services.keys, id, &overruled)?);
        }
        if let Some(own) = employer_said_no {
            put(tx, context, id, &EmployerStatement { overruled, ..own })?;
        }
        Ok(())
    })
}

/// Asks the representative for the statement, by a letter with a link.
///
/// # Errors
/// Not found; changed since; begun or over; nobody is required; not in the order of the law; asked today already.
pub fn ask(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId, asking: &StatementAsking) -> Result<(), ActionError> {
    let account = context.authorize(Permission::KeepInternships)?.id.clone();
    if asking.given_by == Representative::NoneRequired {
        let text = ("Er ingen krævet, så notér det i stedet.", "Where nobody is required, record that instead.");
        return fault("given_by", Fault::new("nobody-to-ask", text.0, text.1));
    }
    in_order(asking.given_by, asking.absent.as_deref().unwrap_or_default())?;
    let InternshipCase { row, internship, .. } = case(tx, context, id)?;
    seen.check(row.revision)?;
    if !internship.is_waiting() {
        return conflict("not-waiting", "Praktikken er begyndt eller slut.", "The internship has begun or is over.");
    }
    let today = context.at.today;
    let same = |own: &StatementRequestRow| own.email == asking.email.as_str() && own.asked_on == today;
    if statement_requests::newest(tx, context.tenant, id)?.is_some_and(|own| same(&own)) {
        return conflict(
            "asked-today",
            "Der er allerede sendt et brev i dag. Ring i stedet, eller vent til i morgen.",
            "A letter has been sent today. Call instead, or wait until tomorrow.",
        );
    }
    let request = StatementRequestRow {
        id: StatementRequestId::new(context.at),
        municipality: context.tenant.clone(),
        internship_id: id.clone(),
        given_by: asking.given_by,
        name: asking.name.to_string(),
        email: asking.email.as_str().to_owned(),
        asked_on: today,
        asked_by: account,
    };
    statement_requests::insert(tx, &request)?;
    emit(tx, context, Event::StatementAsked { request: &request, mark: None })?;
    save(tx, context, row)
}

/// The representative states it through a link. The same again is the same; until the start it can be stated anew.
///
/// # Errors
/// Not met, and not said what.
pub fn give(
    tx: &mut Tx,
    context: &Context,
    case: InternshipCase,
    request: &StatementRequestRow,
    stating: &LinkStating,
) -> Result<(), ActionError> {
    says_what(stating.conditions_met, stating.remark.as_ref())?;
    let name = Line::parse(&request.name).or_else(|wrong| fault("name", wrong))?;
    let before = case.internship.statement.as_ref();
    let same = |own: &Statement| {
        (own.conditions_met, &own.remark, own.given_by) == (stating.conditions_met, &stating.remark, request.given_by)
            && own.via == Some(Via::Link)
    };
    if before.is_some_and(same) {
        return Ok(());
    }
    let statement = Statement {
        given_by: request.given_by,
        name: Some(name),
        conditions_met: stating.conditions_met,
        on: context.at.today,
        overruled: None,
        via: Some(Via::Link),
        remark: stating.remark.clone(),
    };
    let (id, mut row) = (case.internship.id, case.row);
    row.statement = Some(sealed::STATEMENT.seal(&context.services.keys, &id, &statement)?);
    let (citizen, revision) = (row.citizen_id.clone(), row.revision);
    save(tx, context, row)?;
    for reader in recipients::people(tx, context.tenant, context.at.today, Some(&citizen), Some(&id), None)?.consultants {
        let met = stating.conditions_met;
        let by = StatedBy::Representative;
        emit(tx, context, Event::Stated { internship: &id, by, met, revision, reader: &reader.id, to: &reader.email })?;
    }
    Ok(())
}
