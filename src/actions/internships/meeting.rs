//! When and where the citizen is met on the first day, and whom to ask for.

use crate::{
    actions::{
        ActionError,
        error::conflict,
        internships::{case::case, save::save},
    },
    context::{Context, Seen},
    domain::{internships::meeting::Meeting, people::access::Permission, values::ids::InternshipId},
    store::{Tx, meetings, schema::MeetingRow},
};

/// Records it, in place of what stood there; what is left out is no longer known.
///
/// # Errors
/// Not found; changed since; ended or cancelled.
pub fn arrange(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId, meeting: &Meeting) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let case = case(tx, context, id)?;
    seen.check(case.row.revision)?;
    if case.internship.is_closed() {
        return conflict("is-over", "Praktikken er slut eller aflyst.", "The internship has ended or is cancelled.");
    }
    keep(tx, context, id, meeting)?;
    save(tx, context, case.row)
}

/// Writes it down, also for an internship that is being booked.
pub(super) fn keep(tx: &mut Tx, context: &Context, id: &InternshipId, meeting: &Meeting) -> Result<(), ActionError> {
    let Some(Meeting { at, place, ask_for }) = meeting.clone().or_none() else {
        return Ok(meetings::remove(tx, context.tenant, id)?);
    };
    let row = MeetingRow {
        internship_id: id.clone(),
        municipality: context.tenant.clone(),
        at_time: at,
        place: place.map(|place| place.to_string()),
        ask_for: ask_for.map(|who| who.to_string()),
    };
    Ok(meetings::put(tx, &row)?)
}
