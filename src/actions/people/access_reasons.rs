//! Why somebody looks at a citizen of somebody else. What is written opens the citizen for the rest of the day, and stands in the log of
//! who has looked, which the citizen may read.

use crate::{
    actions::{ActionError, people::closed},
    context::Context,
    domain::{
        people::access::Permission,
        values::{
            ids::{AccessReasonId, CitizenId},
            text::Prose,
        },
    },
    store::{Tx, access_reasons, schema::AccessReasonRow, sealed},
};

crate::input! {
    /// Why one looks at a colleague's citizen. The citizen may read it.
    pub struct NewAccessReason {
        pub reason: Prose,
    }
}

/// Writes one for today.
///
/// # Errors
/// Not found; merged into another.
pub fn give(tx: &mut Tx, context: &Context, citizen: &CitizenId, new: &NewAccessReason) -> Result<AccessReasonId, ActionError> {
    let by = context.authorize(Permission::SeeCitizens)?;
    let citizen = closed::citizen(tx, context, citizen)?.id;
    let id = AccessReasonId::new(context.at);
    let row = AccessReasonRow {
        reason: sealed::ACCESS_REASON.seal(&context.services.keys, &id, &new.reason.to_string())?,
        id: id.clone(),
        municipality: context.tenant.clone(),
        citizen_id: citizen,
        account_id: by.id.clone(),
        given_on: context.at.today,
    };
    access_reasons::insert(tx, &row)?;
    Ok(id)
}
