//! The start and the end of an internship that were registered in error: it waits for its start again, or runs again. Follow-ups that
//! were held stay: what was said at them was said.

use crate::{
    actions::{
        ActionError,
        error::conflict,
        internships::{
            case::{InternshipCase, case},
            follow_ups,
            save::save,
        },
        put_right::{
            allowed::{allowed, counts, first},
            outcomes::{recorded_with, unmake},
            recording::{Correcting, Correction},
        },
    },
    context::{Context, Seen},
    domain::{
        internships::internship::Internship,
        people::{
            access::Permission,
            correction::{Corrected, CorrectionTold, Recorded},
        },
        values::ids::{CorrectionId, InternshipId},
    },
    store::{Tx, internships, sealed},
};
use serde_json::json;

/// Registers a start in error: the internship waits for its start again.
///
/// # Errors
/// Not found; changed since; not begun; not for whoever asks; its end has to be put right first.
pub fn start(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &InternshipId,
    correcting: &Correcting,
) -> Result<CorrectionId, ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let InternshipCase { mut row, course, internship } = counting(tx, context, seen, id)?;
    let Some(started) = row.started_on else {
        return conflict("not-begun", "Praktikkens begyndelse er ikke registreret.", "No start of the internship is recorded.");
    };
    let on = row.start_recorded_on.unwrap_or(started);
    allowed(context, Recorded { by: row.start_recorded_by.as_ref(), on, consultant: &course.citizen.consultant })?;
    if let Some(ended) = &internship.ended {
        first(&Corrected::End.label(), ended.recorded_on, &format!("/api/v1/internships/{id}/end"))?;
    }
    let reasons = sealed::START_REASONS.open_some(&context.services.keys, &row.id, row.start_reasons.as_ref())?;
    let before = json!({
        "started_on": started, "recorded_on": row.start_recorded_on, "recorded_by": row.start_recorded_by,
        "reasons": reasons, "approved_by": row.start_approved_by,
    });
    row.started_on = None;
    row.start_recorded_on = None;
    row.start_recorded_by = None;
    row.start_reasons = None;
    row.start_approved_by = None;
    save(tx, context, row.clone())?;
    follow_ups::unplan(tx, context, id)?;
    let correction = Correction {
        what: Corrected::Start,
        subject: id.as_str(),
        citizen: &row.citizen_id,
        internship: Some(&internship),
        workplaces: vec![row.workplace_id.clone()],
        before,
        reasons: &correcting.reasons,
    };
    correction.keep_and_tell(tx, context)
}

/// Registers an end in error, with the next step that was recorded with it: the internship runs again.
///
/// # Errors
/// Not found; changed since; not ended; not for whoever asks; a later step has to be put right first.
pub fn end(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &InternshipId,
    correcting: &Correcting,
) -> Result<CorrectionId, ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let InternshipCase { mut row, course, internship } = counting(tx, context, seen, id)?;
    let Some(ended) = internship.ended.clone() else {
        return conflict("not-ended", "Praktikkens afslutning er ikke registreret.", "No end of the internship is recorded.");
    };
    let consultant = &course.citizen.consultant;
    allowed(context, Recorded { by: row.end_recorded_by.as_ref(), on: ended.recorded_on, consultant })?;
    let outcomes = internships::outcomes::of_internship(tx, context.tenant, id)?;
    let with_it = recorded_with(&row, &outcomes);
    for later in outcomes.iter().filter(|own| own.recorded_on >= ended.recorded_on && Some(&own.id) != with_it.map(|own| &own.id))
    {
        first(&Corrected::Outcome.label(), later.recorded_on, &format!("/api/v1/outcomes/{}", later.id))?;
    }
    let before = json!({ "ended": ended, "recorded_by": row.end_recorded_by });
    let mut workplaces = vec![row.workplace_id.clone()];
    if let Some(outcome) = with_it {
        let before = unmake(tx, context, outcome)?;
        workplaces.extend(outcome.workplace_id.clone());
        let part = Correction {
            what: Corrected::Outcome,
            subject: outcome.id.as_str(),
            citizen: &row.citizen_id,
            internship: Some(&internship),
            workplaces: Vec::new(),
            before,
            reasons: &correcting.reasons,
        };
        part.keep(tx, context, &CorrectionTold::default())?;
    }
    row.last_day = None;
    row.ending = None;
    row.ended_by = None;
    row.end_note = None;
    row.end_recorded_on = None;
    row.end_recorded_by = None;
    save(tx, context, row.clone())?;
    follow_ups::open_again(tx, context, id, follow_ups::Undone::EndRecorded(ended.recorded_on))?;
    follow_ups::replan(tx, context, &row.citizen_id, &Internship { ended: None, ..internship.clone() })?;
    let correction = Correction {
        what: Corrected::End,
        subject: id.as_str(),
        citizen: &row.citizen_id,
        internship: Some(&internship),
        workplaces,
        before,
        reasons: &correcting.reasons,
    };
    correction.keep_and_tell(tx, context)
}

fn counting(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId) -> Result<InternshipCase, ActionError> {
    let row = internships::find_even_in_error(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    counts(row.in_error_on)?;
    seen.check(row.revision)?;
    case(tx, context, id)
}
