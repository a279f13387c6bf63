//! A booking that was registered in error: as if never booked. Its follow-ups and answers are in error with it, what waits to be sent
//! of it is not sent, and its links lead nowhere.

use crate::{
    actions::{
        ActionError,
        internships::{case::case, follow_ups as planned, retention::look_there},
        put_right::{
            allowed::{allowed, counts, first},
            recording::{Correcting, Correction},
        },
    },
    context::{Context, Seen},
    domain::{
        people::{
            access::Permission,
            correction::{Corrected, Recorded},
        },
        values::ids::{CorrectionId, InternshipId},
    },
    store::{Tx, follow_ups, internships, letters},
};
use serde_json::json;

/// Registers a booking in error, whatever came of it but a job.
///
/// # Errors
/// Not found; changed since; in error already; not for whoever asks; a job that came of it has to be put right first.
pub fn booking(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &InternshipId,
    correcting: &Correcting,
) -> Result<CorrectionId, ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let row = internships::find_even_in_error(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    counts(row.in_error_on)?;
    seen.check(row.revision)?;
    let internship = case(tx, context, id)?;
    let consultant = &internship.course.citizen.consultant;
    allowed(context, Recorded { by: Some(&row.booked_by), on: row.booked_on, consultant })?;
    for outcome in internships::outcomes::of_internship(tx, context.tenant, id)? {
        first(&Corrected::Outcome.label(), outcome.recorded_on, &format!("/api/v1/outcomes/{}", outcome.id))?;
    }
    let before = json!({
        "reference": row.reference,
        "workplace": row.workplace_id,
        "booked_on": row.booked_on,
        "terms": internship.internship.newest().terms,
        "started_on": row.started_on,
        "ended": internship.internship.ended,
        "cancelled_on": row.cancelled_on,
    });
    planned::unplan(tx, context, id)?;
    for held in follow_ups::of_internship(tx, context.tenant, id)? {
        planned::unhold(tx, context, held, false)?;
    }
    for answer in &internship.internship.answers {
        if let Some(mut row) = internships::answers::find(tx, context.tenant, &answer.id)? {
            row.in_error_on = Some(context.at.today);
            internships::answers::update(tx, &row)?;
        }
    }
    letters::drop_waiting(tx, context.tenant, &row.reference, context.at.instant.naive_utc())?;
    let mut wrong = row.clone();
    wrong.in_error_on = Some(context.at.today);
    wrong.revision += 1;
    internships::update(tx, &wrong)?;
    look_there(tx, context, &row.workplace_id)?;
    Correction {
        what: Corrected::Booking,
        subject: id.as_str(),
        citizen: &row.citizen_id,
        internship: Some(&internship.internship),
        workplaces: vec![row.workplace_id.clone()],
        before,
        reasons: &correcting.reasons,
    }
    .keep_and_tell(tx, context)
}
