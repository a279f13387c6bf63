//! A follow-up that was registered in error: a planned one waits to be held again, and so do those that it had settled.

use crate::{
    actions::{
        ActionError,
        error::{conflict, unserializable},
        internships::{case::case, follow_ups as planned},
        put_right::{
            allowed::{allowed, counts},
            recording::{Correcting, Correction},
        },
    },
    context::{Context, Seen},
    domain::{
        people::{
            access::Permission,
            correction::{Corrected, Recorded},
        },
        values::ids::{CorrectionId, FollowUpId},
    },
    store::{Tx, citizens, courses, follow_ups},
};
use serde_json::json;

/// Registers a held follow-up in error.
///
/// # Errors
/// Not found; changed since; in error already; not held; not for whoever asks.
pub fn follow_up(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &FollowUpId,
    correcting: &Correcting,
) -> Result<CorrectionId, ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let row = follow_ups::find_even_in_error(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    counts(row.in_error_on)?;
    seen.check(row.revision)?;
    let Some(held) = courses::follow_up(&row, &context.services.keys)?.held else {
        return conflict(
            "not-held",
            "Opfølgningen er ikke holdt. Flyt den, eller aflys den med en begrundelse.",
            "The follow-up is not held. Move it, or cancel it with a reason.",
        );
    };
    let citizen = citizens::find(tx, context.tenant, &row.citizen_id)?.ok_or(ActionError::NotFound)?;
    let consultant = &citizen.consultant_id;
    allowed(context, Recorded { by: row.held_by.as_ref(), on: held.recorded_on, consultant })?;
    let internship = case(tx, context, &row.internship_id)?.internship;
    let record = serde_json::to_value(&held.record).map_err(unserializable)?;
    let before = json!({
        "internship": row.internship_id, "kind": row.kind, "planned_on": row.planned_on, "held_on": held.on,
        "held_by": row.held_by, "recorded_on": held.recorded_on, "record": record,
    });
    planned::unhold(tx, context, row.clone(), internship.is_open())?;
    if internship.is_open() {
        let cause = planned::Undone::Held { on: held.on, recorded_on: held.recorded_on };
        planned::open_again(tx, context, &row.internship_id, cause)?;
    }
    let correction = Correction {
        what: Corrected::FollowUp,
        subject: id.as_str(),
        citizen: &row.citizen_id,
        internship: Some(&internship),
        workplaces: Vec::new(),
        before,
        reasons: &correcting.reasons,
    };
    correction.keep_and_tell(tx, context)
}
