//! A pause that was registered in error: what waited for it comes back.

use crate::{
    actions::{
        ActionError,
        internships::{
            case::{InternshipCase, case_even_in_error},
            follow_ups,
            save::save_as,
        },
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
        values::ids::{CorrectionId, PauseId},
    },
    store::{Tx, pauses, sealed},
};
use serde_json::json;

/// Registers a pause in error.
///
/// # Errors
/// Not found; changed since; in error already; not for whoever asks.
pub fn pause(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &PauseId,
    correcting: &Correcting,
) -> Result<CorrectionId, ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let mut pause = pauses::find_even_in_error(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    counts(pause.in_error_on)?;
    seen.check(pause.revision)?;
    let InternshipCase { row, course, internship } = case_even_in_error(tx, context, &pause.internship_id)?;
    let on = pause.to_recorded_on.unwrap_or(pause.recorded_on);
    allowed(context, Recorded { by: Some(&pause.recorded_by), on, consultant: &course.citizen.consultant })?;
    let kind = sealed::PAUSE.open(&context.services.keys, &pause.id, &pause.sealed)?;
    let before = json!({
        "internship": pause.internship_id, "kind": kind, "from": pause.from_on, "to": pause.to_on,
        "recorded_by": pause.recorded_by, "recorded_on": pause.recorded_on,
    });
    pause.in_error_on = Some(context.at.today);
    pause.revision += 1;
    pauses::update(tx, &pause)?;
    let mut now = internship.clone();
    now.pauses.retain(|own| own.id != *id);
    save_as(tx, context, row, &now)?;
    if now.is_open() {
        follow_ups::wait_anew(tx, context, &pause.citizen_id, &internship, &now)?;
    }
    let correction = Correction {
        what: Corrected::Pause,
        subject: id.as_str(),
        citizen: &pause.citizen_id,
        internship: Some(&internship),
        workplaces: Vec::new(),
        before,
        reasons: &correcting.reasons,
    };
    correction.keep_and_tell(tx, context)
}
