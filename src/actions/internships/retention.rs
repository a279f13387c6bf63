//! Retention checks (S19, S3): 13 and 26 weeks after the first day of work, somebody checks that the job lasts and that the
//! accommodations, carried over from the internship, are still kept. And the withdrawal of a job prospect during the internship
//! (S2).

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault, not_in_future},
        internships::{case::case, save::save},
        people::closed::open_citizen,
    },
    context::{Context, Seen},
    domain::{
        input::{Fault, Faults, Pointer},
        internships::{purpose::InternshipType, retention::NewRetentionCheck},
        people::access::Permission,
        values::ids::{InternshipId, OutcomeId, RetentionCheckId, WorkplaceId},
    },
    store::{
        Tx, citizens,
        companies::workplaces,
        internships::{outcomes, retention_checks},
        schema::RetentionCheckRow,
        sealed,
    },
};

/// Records a check of a hire. One that says the job does not hold ends it.
///
/// # Errors
/// Not found; no hire; a day before its first or after today; accommodations that are not its own.
pub fn check(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &OutcomeId,
    check: &NewRetentionCheck,
) -> Result<RetentionCheckId, ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let mut row = outcomes::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    open_citizen(tx, context, &row.citizen_id.clone())?;
    if !row.step.is_hire() {
        return conflict(
            "no-hire",
            "Kun et ordinært job eller fleksjob kontrolleres.",
            "Only ordinary work or flex job is checked.",
        );
    }
    let on = check.held_on.unwrap_or(context.at.today);
    not_in_future("held_on", on, context.at.today)?;
    if on < row.first_day {
        let text = ("Kan ikke ligge før den første dag.", "Cannot be before the first day.");
        return fault("held_on", Fault::new("before-first-day", text.0, text.1));
    }
    if check.last_day.is_some_and(|last| check.holds || last < row.first_day || last > context.at.today) {
        let text = (
            "Hører kun til et job, der ikke holdt, og ligger fra dets første dag til i dag.",
            "Belongs to a job that did not hold only, and lies from its first day to today.",
        );
        return fault("last_day", Fault::new("last-day", text.0, text.1));
    }
    let known = match &row.internship_id {
        Some(internship) => {
            let internship = internship.clone();
            case(tx, context, &internship)?.internship.accommodations
        }
        None => Vec::new(),
    };
    let mut faults = Faults::default();
    for (index, item) in check.accommodations.iter().flatten().enumerate() {
        if !known.iter().any(|own| own.id == item.accommodation) {
            let at = Pointer::root().to("accommodations").to(index).to("accommodation");
            let text = ("Er ikke aftalt i praktikken før jobbet.", "Was not agreed in the internship before the job.");
            faults.add::<()>(&at, Fault::new("not-agreed", text.0, text.1));
        }
    }
    if !faults.0.is_empty() {
        return Err(ActionError::Faults(faults));
    }
    let made = RetentionCheckId::new(context.at);
    retention_checks::insert(
        tx,
        &RetentionCheckRow {
            id: made.clone(),
            municipality: context.tenant.clone(),
            citizen_id: row.citizen_id.clone(),
            outcome_id: row.id.clone(),
            held_on: on,
            holds: check.holds,
            sealed: sealed::RETENTION_CHECK.seal(&context.services.keys, &made, check)?,
            recorded_on: context.at.today,
            recorded_by: context.account()?.id.clone(),
            in_error_on: None,
        },
    )?;
    if !check.holds && row.ended_on.is_none() {
        row.ended_on = Some(check.last_day.unwrap_or(on));
    }
    row.revision += 1;
    outcomes::update(tx, &row)?;
    crate::actions::internships::ending::look_at_outcome(tx, context, &row)?;
    Ok(made)
}

/// Records that the job which an internship aims at is no longer there.
///
/// # Errors
/// Neither a consultant nor a liaison; not found; no recruitment; over; known already.
pub fn prospect_gone(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId) -> Result<(), ActionError> {
    context.authorize_any(&[Permission::KeepInternships, Permission::KeepCompanies])?;
    let case = case(tx, context, id)?;
    seen.check(case.row.revision)?;
    let internship = &case.internship;
    if internship.ended.is_some() || internship.cancelled_on.is_some() {
        return conflict("over", "Praktikken er slut.", "The internship is over.");
    }
    if internship.standing().terms.kind() != InternshipType::Recruitment {
        return conflict("no-recruitment", "Kun en rekrutteringspraktik har en jobudsigt.", "Only a recruitment has a prospect.");
    }
    let mut row = case.row;
    row.prospect_gone_on = Some(context.at.today);
    save(tx, context, row)
}

/// The schedule evaluates a workplace again, and everybody whose internship there has not ended.
///
/// # Errors
/// A failure of the database.
pub fn look_there(tx: &mut Tx, context: &Context, workplace: &WorkplaceId) -> Result<(), ActionError> {
    workplaces::look_again(tx, context.tenant, workplace, Some(context.at.today))?;
    workplaces::stand_anew(tx, context.tenant, workplace)?;
    Ok(citizens::look_again_at(tx, context.tenant, workplace, context.at.today)?)
}
