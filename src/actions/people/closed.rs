//! What a closed course refuses: nothing is booked, held or changed in it, until it is opened again.

use crate::{
    actions::{ActionError, error::conflict},
    context::Context,
    domain::values::{day::danish, ids::CitizenId},
    store::{Tx, citizens, schema::CitizenRow},
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

/// A citizen about whom something is to be changed.
///
/// # Errors
/// Not found; the course is closed.
pub fn open_citizen(tx: &mut Tx, context: &Context, id: &CitizenId) -> Result<CitizenRow, ActionError> {
    let row = citizens::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    check_open(row.closed_since)?;
    Ok(row)
}
