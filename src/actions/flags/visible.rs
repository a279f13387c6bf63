//! Which flags somebody sees and handles: those who may see citizens all of them, those who look after companies the ones about
//! workplaces and the ones of which a liaison was told. What a citizen objects to is no liaison's to snooze.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{people::access::Permission, rules::flags::Audience, values::ids::FlagId},
    store::{Conn, flags, schema::FlagRow},
};

/// For whom a list is narrowed; none: it is not.
pub fn audience(context: &Context) -> Option<Audience> {
    (!context.may(Permission::SeeCitizens)).then_some(Audience::Liaison)
}

/// A flag that who acts may see.
///
/// # Errors
/// Not found, or not theirs to see.
pub fn find(conn: &mut Conn, context: &Context, id: &FlagId) -> Result<FlagRow, ActionError> {
    let row = flags::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let Some(audience) = audience(context) else { return Ok(row) };
    if row.citizen_id.is_none() || flags::is_told(conn, context.tenant, id, audience)? {
        Ok(row)
    } else {
        Err(ActionError::NotFound)
    }
}
