//! A job, wage subsidy or education, or a check of a job, that was registered in error. An internship that ended with a step which is in
//! error ended without one; a check that is in error is due again, and a job that it ended goes on.

use crate::{
    actions::{
        ActionError,
        error::unserializable,
        internships::{
            case::{InternshipCase, case},
            ending::look_at_outcome,
            save::save,
        },
        put_right::{
            allowed::{allowed, counts, first},
            recording::{Correcting, Correction},
        },
    },
    context::{Context, Seen},
    domain::{
        internships::internship::{Ending, Internship},
        people::{
            access::Permission,
            correction::{Corrected, Recorded},
        },
        values::ids::{CorrectionId, InternshipId, OutcomeId, RetentionCheckId},
    },
    store::{
        Tx, citizens, courses,
        internships::{outcomes, retention_checks},
        schema::{InternshipRow, OutcomeRow},
        sealed::{self, StoredValue},
    },
};
use serde_json::{Value, json};

/// Registers a job, wage subsidy or education in error.
///
/// # Errors
/// Not found; changed since; in error already; not for whoever asks; a check of it has to be put right first.
pub fn outcome(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &OutcomeId,
    correcting: &Correcting,
) -> Result<CorrectionId, ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let row = outcomes::find_even_in_error(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    counts(row.in_error_on)?;
    seen.check(row.revision)?;
    let citizen = citizens::find(tx, context.tenant, &row.citizen_id)?.ok_or(ActionError::NotFound)?;
    let recorded = Recorded { by: Some(&row.recorded_by), on: row.recorded_on, consultant: &citizen.consultant_id };
    allowed(context, recorded)?;
    let from = from(tx, context, row.internship_id.as_ref())?;
    let mut before = unmake(tx, context, &row)?;
    let mut workplaces: Vec<_> = row.workplace_id.iter().cloned().collect();
    let internship = match from {
        Some(InternshipCase { row: mut stay, internship, .. }) => {
            if recorded_with(&stay, std::slice::from_ref(&row)).is_some() {
                before = json!({ "outcome": before, "ended": internship.ended });
                stay.ending = Some(Ending::NoJob);
            }
            workplaces.push(stay.workplace_id.clone());
            save(tx, context, stay)?;
            Some(internship)
        }
        None => None,
    };
    workplaces.dedup();
    let correction = Correction {
        what: Corrected::Outcome,
        subject: id.as_str(),
        citizen: &row.citizen_id,
        internship: internship.as_ref(),
        workplaces,
        before,
        reasons: &correcting.reasons,
    };
    correction.keep_and_tell(tx, context)
}

fn from(tx: &mut Tx, context: &Context, internship: Option<&InternshipId>) -> Result<Option<InternshipCase>, ActionError> {
    internship.map(|id| case(tx, context, id)).transpose()
}

/// The next step that was recorded with the end of an internship, where one was.
pub(super) fn recorded_with<'a>(row: &InternshipRow, outcomes: &'a [OutcomeRow]) -> Option<&'a OutcomeRow> {
    let step = row.ending?.step()?;
    outcomes.iter().find(|own| Some(own.recorded_on) == row.end_recorded_on && own.step == step)
}

/// Takes an outcome out of what counts; what stood.
pub(super) fn unmake(tx: &mut Tx, context: &Context, row: &OutcomeRow) -> Result<Value, ActionError> {
    if let Some(check) = outcomes::checks(tx, context.tenant, &row.id)?.first() {
        first(&Corrected::RetentionCheck.label(), check.recorded_on, &format!("/api/v1/retention-checks/{}", check.id))?;
    }
    let before = serde_json::to_value(courses::outcome(row.clone(), &[], &context.services.keys)?).map_err(unserializable)?;
    let mut wrong = row.clone();
    wrong.in_error_on = Some(context.at.today);
    wrong.revision += 1;
    outcomes::update(tx, &wrong)?;
    look_at_outcome(tx, context, &wrong)?;
    Ok(before)
}

/// Registers a check of a job in error. What was seen is the job.
///
/// # Errors
/// Not found; changed since; in error already; not for whoever asks.
pub fn retention_check(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &RetentionCheckId,
    correcting: &Correcting,
) -> Result<CorrectionId, ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let mut check = retention_checks::find_even_in_error(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    counts(check.in_error_on)?;
    let mut job = outcomes::find(tx, context.tenant, &check.outcome_id)?.ok_or(ActionError::NotFound)?;
    seen.check(job.revision)?;
    let citizen = citizens::find(tx, context.tenant, &check.citizen_id)?.ok_or(ActionError::NotFound)?;
    let recorded = Recorded { by: Some(&check.recorded_by), on: check.recorded_on, consultant: &citizen.consultant_id };
    allowed(context, recorded)?;
    let said = sealed::RETENTION_CHECK.open(&context.services.keys, id, &check.sealed)?;
    let text = said.to_text().map_err(unserializable)?;
    let before = json!({
        "outcome": check.outcome_id, "held_on": check.held_on, "holds": check.holds, "recorded_on": check.recorded_on,
        "recorded_by": check.recorded_by, "job_ended_on": job.ended_on,
        "record": serde_json::from_str::<Value>(&text).map_err(unserializable)?,
    });
    check.in_error_on = Some(context.at.today);
    retention_checks::update(tx, &check)?;
    let ended_it = !check.holds && job.ended_on == Some(said.last_day.unwrap_or(check.held_on));
    let by_another = outcomes::checks(tx, context.tenant, &job.id)?.iter().any(|other| !other.holds);
    if ended_it && !by_another {
        job.ended_on = None;
    }
    job.revision += 1;
    outcomes::update(tx, &job)?;
    look_at_outcome(tx, context, &job)?;
    let internship: Option<Internship> = from(tx, context, job.internship_id.as_ref())?.map(|case| case.internship);
    let correction = Correction {
        what: Corrected::RetentionCheck,
        subject: id.as_str(),
        citizen: &check.citizen_id,
        internship: internship.as_ref(),
        workplaces: job.workplace_id.iter().cloned().collect(),
        before,
        reasons: &correcting.reasons,
    };
    correction.keep_and_tell(tx, context)
}
