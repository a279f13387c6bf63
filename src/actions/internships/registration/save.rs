//! Saves what was decided: the version with what it rests on, the approval and the reasons that it used up, and the letters that
//! ask the parties to confirm it. All in the transaction of the action.

use crate::{
    actions::{
        ActionError,
        internships::{
            case::InternshipCase,
            registration::{decide::Ground, facts::Facts},
            save::save,
        },
    },
    context::Context,
    domain::{
        internships::alignment::{Cause, Terms},
        values::ids::InternshipId,
    },
    outbox::{emit, event::VersionToConfirm, recipients::PartyAddresses},
    store::{
        Tx, citizens, companies, courses, internship_facts, internships,
        schema::{InternshipRow, VersionRow},
        sealed,
    },
};

/// Saves a new internship with its first version.
///
/// # Errors
/// A failure of the database.
pub fn first_version(
    tx: &mut Tx,
    context: &Context,
    row: &InternshipRow,
    terms: &Terms,
    ground: &Ground,
) -> Result<(), ActionError> {
    internships::insert(tx, row)?;
    companies::workplaces::stand_anew(tx, context.tenant, &row.workplace_id)?;
    let version = add_version(tx, context, &row.id, 1, terms, ground)?;
    let booked = courses::just_booked(&context.services.keys, row.clone(), version)?;
    internship_facts::insert(tx, context.tenant, &booked)?;
    companies::workplaces::look_again(tx, context.tenant, &row.workplace_id, Some(context.at.today))?;
    Ok(citizens::look_again(tx, context.tenant, &row.citizen_id, Some(context.at.today))?)
}

/// Adds the next version, with no confirmation, and asks for them anew.
///
/// # Errors
/// A failure of the database.
pub fn next_version(
    tx: &mut Tx,
    context: &Context,
    case: InternshipCase,
    addresses: &PartyAddresses,
    terms: &Terms,
    ground: &Ground,
) -> Result<(), ActionError> {
    let mut row = case.row;
    let number = case.internship.next_number();
    add_version(tx, context, &row.id, number, terms, ground)?;
    companies::workplaces::look_again(tx, context.tenant, &row.workplace_id, Some(context.at.today))?;
    row.workplace_id = terms.place.workplace.clone();
    save(tx, context, row)?;
    let version = VersionToConfirm {
        internship: &case.internship.id,
        number,
        cause: ground.cause,
        terms,
        standing: Some(&case.internship.standing().terms),
        commitment: ground.papers.as_ref().and_then(|papers| papers.commitment.as_ref()),
    };
    Ok(emit::invite(tx, context, version, addresses)?)
}

fn add_version(
    tx: &mut Tx,
    context: &Context,
    id: &InternshipId,
    number: i32,
    terms: &Terms,
    ground: &Ground,
) -> Result<VersionRow, ActionError> {
    // Terms and papers can tell of health: sealed.
    let (keys, key) = (&context.services.keys, sealed::version_key(id, number));
    let papers = ground.papers.as_ref().map(|papers| sealed::VERSION_PAPERS.seal(keys, &key, papers)).transpose()?;
    let row = VersionRow {
        internship_id: id.clone(),
        number,
        municipality: context.tenant.clone(),
        terms: sealed::VERSION_TERMS.seal(keys, &key, terms)?,
        hash: terms.hash(id.as_str(), number),
        cause: ground.cause,
        papers,
        made_on: context.at.today,
        made_by: context.account()?.id.clone(),
        rulebook: context.services.book.version.clone(),
        asked: Some(sealed::VERSION_ASKED.seal(keys, &key, &ground.asked)?),
        withdrawn_on: None,
        withdrawn_by: None,
        withdrawn_because: None,
        needs_decision: ground.cause == Cause::Extension,
        decided_on: ground.decision.as_ref().map(|decision| decision.on),
        decision: sealed::VERSION_DECISION.seal_some(keys, &key, ground.decision.as_ref())?,
    };
    internships::add_version(tx, &row)?;
    Ok(row)
}

/// An approval and reasons that were given beforehand serve once.
///
/// # Errors
/// A failure of the database.
pub fn use_up(tx: &mut Tx, context: &Context, facts: &Facts, ground: &Ground) -> Result<(), ActionError> {
    if let Some(approval) = &facts.approval {
        internships::use_approval(tx, context.tenant, &approval.row.id, context.at.today)?;
    }
    for written in &facts.written_reasons {
        let reason = &written.reason;
        if ground.asked.iter().any(|asked| reason.rule == asked.rule && asked.reasons == reason.words) {
            let mut row = written.row.clone();
            row.used_on = Some(context.at.today);
            internships::reasons::update(tx, &row)?;
        }
    }
    Ok(())
}
