//! What a closed course refuses: nothing is booked, held or changed in it, until it is opened again. A record whose data may only be kept
//! refuses it until that is lifted. A record that was merged into another refuses it for good, and says where the person went.

use crate::{
    actions::{ActionError, error::conflict},
    context::Context,
    domain::{
        people::read_log::PersonalData,
        values::{day::danish, ids::CitizenId},
    },
    store::{Conn, Tx, citizens, restrictions, schema::CitizenRow},
};
use chrono::NaiveDate;

/// A course that is open.
///
/// # Errors
/// It is closed since that day.
pub fn check_open(closed: Option<NaiveDate>) -> Result<(), ActionError> {
    let Some(on) = closed else { return Ok(()) };
    conflict(
        "course-closed",
        format!("Borgerens forløb har været lukket siden den {}. Genåbn det først.", danish(on)),
        format!("The citizen's course is closed since {on}. Open it again first (POST …/citizens/ID/reopening)."),
    )
}

/// A citizen whose data may be changed.
///
/// # Errors
/// It may only be kept (GDPR art. 18), since that day.
pub fn check_unrestricted(conn: &mut Conn, context: &Context, id: &CitizenId) -> Result<(), ActionError> {
    let Some(standing) = restrictions::standing(conn, context.tenant, id)? else { return Ok(()) };
    conflict(
        "restricted",
        format!(
            "Borgerens oplysninger har siden den {} kun måttet opbevares (databeskyttelsesforordningens artikel 18). En teamleder kan \
             ophæve begrænsningen.",
            danish(standing.since)
        ),
        format!(
            "Since {} the citizen's data may only be kept (GDPR art. 18). A team leader can lift the restriction \
             (POST …/citizens/ID/restriction/lifting).",
            standing.since
        ),
    )
}

/// A citizen of the municipality.
///
/// # Errors
/// Not found; merged into another: it says into whom.
pub fn citizen(conn: &mut Conn, context: &Context, id: &CitizenId) -> Result<CitizenRow, ActionError> {
    if let Some(row) = citizens::find(conn, context.tenant, id)? {
        return Ok(row);
    }
    check_not_merged(conn, context, id)?;
    Err(ActionError::NotFound)
}

/// A citizen who is not found has not been merged into another.
///
/// # Errors
/// Merged: it says into whom.
pub fn check_not_merged(conn: &mut Conn, context: &Context, id: &CitizenId) -> Result<(), ActionError> {
    let merged = citizens::find_even_merged(conn, context.tenant, id)?;
    let Some(kept) = merged.and_then(|row| row.merged_into) else { return Ok(()) };
    conflict(
        "citizen-merged",
        format!("Samme person står nu i en anden registrering. Gå videre dér: /api/v1/citizens/{kept}."),
        format!("The same person now stands in another record. Go on there: /api/v1/citizens/{kept}."),
    )
}

/// A citizen about whom something is to be changed.
///
/// # Errors
/// Not found; merged into another; the course is closed; the data may only be kept.
pub fn open_citizen(tx: &mut Tx, context: &Context, id: &CitizenId) -> Result<CitizenRow, ActionError> {
    let row = citizen(tx, context, id)?;
    context.shows(id, PersonalData::Record);
    check_open(row.closed_since)?;
    check_unrestricted(tx, context, id)?;
    Ok(row)
}
