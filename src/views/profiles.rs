//! What a citizen seeks by (S20), for those who may see citizens.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        people::{access::Permission, profile::Profile, read_log::PersonalData},
        values::ids::CitizenId,
    },
    store::Conn,
    views::{Representation, citizens},
};

/// The search profile of a citizen, with the citizen's revision.
///
/// # Errors
/// Not for this role; not found.
pub fn of_citizen(conn: &mut Conn, context: &Context, id: &CitizenId) -> Result<Representation<Profile>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let row = citizens::row(conn, context, id)?;
    context.shows(id, PersonalData::Record);
    Ok(Representation::of(Profile::of(context, &row)?, row.revision))
}
