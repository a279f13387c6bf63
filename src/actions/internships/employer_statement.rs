//! The employer's own statement that the conditions of the law are met (L15): given with the agreement through the company's link, or
//! recorded here.
//!
//! Promise: an employer who says that they are not met says what; the consultant is told, and the start waits for a team leader.

use crate::{
    actions::{
        ActionError,
        error::fault,
        internships::{
            case::{InternshipCase, case},
            papers::edit,
            save::save,
            word::{giver, recorded_how},
        },
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        internships::{
            alignment::{Party, Via},
            statements::EmployerStatement,
        },
        people::access::Permission,
        values::{
            ids::InternshipId,
            text::{Line, Prose},
        },
    },
    outbox::{emit::emit, event::Event, letters::StatedBy, recipients},
    store::{Tx, employer_statements, schema::EmployerStatementRow, sealed},
};

crate::input! {
    /// What the employer states, recorded here.
    pub struct EmployerStating {
        pub conditions_met: bool,
        /// `paper`, `telephone` or `meeting`.
        pub via: Via,
        /// Name of who gave it; left out: the contact person.
        pub given_by: Option<Line>,
        /// What is not met; asked for where anything is not.
        pub remark: Option<Prose>,
    }
}

/// Records the employer's statement.
///
/// # Errors
/// Not found; changed since; over; not met, and not said what; not how it was said.
pub fn record(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &InternshipId,
    stating: &EmployerStating,
) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    recorded_how(stating.via)?;
    says_what(stating.conditions_met, stating.remark.as_ref())?;
    let case = case(tx, context, id)?;
    let statement = EmployerStatement {
        conditions_met: stating.conditions_met,
        on: context.at.today,
        via: stating.via,
        given_by: giver(tx, context, &case, Party::Company, stating.given_by.as_ref())?,
        remark: stating.remark.clone(),
        overruled: None,
    };
    edit(tx, context, seen, id, |tx, _| put(tx, context, id, &statement))
}

/// Keeps a statement in place of the one before.
///
/// # Errors
/// A failure of the database.
pub fn put(tx: &mut Tx, context: &Context, id: &InternshipId, statement: &EmployerStatement) -> Result<(), ActionError> {
    let sealed = sealed::EMPLOYER_STATEMENT.seal(&context.services.keys, id, statement)?;
    let row = EmployerStatementRow { internship_id: id.clone(), municipality: context.tenant.clone(), sealed };
    Ok(employer_statements::put(tx, &row)?)
}

/// The employer states it through the company's link. The same again is the same; until the start it can be stated anew.
///
/// # Errors
/// Not met, and not said what.
pub fn give(
    tx: &mut Tx,
    context: &Context,
    id: &InternshipId,
    conditions_met: bool,
    remark: Option<&Prose>,
) -> Result<(), ActionError> {
    says_what(conditions_met, remark)?;
    let case = case(tx, context, id)?;
    let before = case.internship.employer_statement.as_ref();
    if before.is_some_and(|own| (own.conditions_met, own.remark.as_ref(), own.via) == (conditions_met, remark, Via::Link)) {
        return Ok(());
    }
    let given_by = giver(tx, context, &case, Party::Company, None)?;
    let InternshipCase { row, .. } = case;
    let statement = EmployerStatement {
        conditions_met,
        on: context.at.today,
        via: Via::Link,
        given_by,
        remark: remark.cloned(),
        overruled: None,
    };
    put(tx, context, id, &statement)?;
    let (citizen, revision) = (row.citizen_id.clone(), row.revision);
    save(tx, context, row)?;
    if conditions_met {
        return Ok(());
    }
    for reader in recipients::people(tx, context.tenant, context.at.today, Some(&citizen), Some(id), None)?.consultants {
        let by = StatedBy::Employer;
        emit(tx, context, Event::Stated { internship: id, by, met: false, revision, reader: &reader.id, to: &reader.email })?;
    }
    Ok(())
}

/// Whoever says that the conditions are not met says what.
///
/// # Errors
/// Not said.
pub fn says_what(conditions_met: bool, remark: Option<&Prose>) -> Result<(), ActionError> {
    if conditions_met || remark.is_some() {
        return Ok(());
    }
    fault("remark", Fault::new("required", "Skriv, hvad der ikke er opfyldt.", "Write what is not met."))
}
