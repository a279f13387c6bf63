//! Written reasons that a rule asks for (S6, S8, S11, S14, L9). Those in the booking itself are the booker's; a team leader can
//! also give them beforehand, for one booking. Who gave them is stored with the version that they allowed.

use crate::{
    actions::{ActionError, error::unknown, people::closed::open_citizen},
    context::Context,
    domain::{
        people::access::Permission,
        rules::refusals::AskRule,
        values::{
            ids::{CitizenId, WorkplaceId, WrittenReasonsId},
            text::Prose,
        },
    },
    store::{Tx, companies, internships, schema::WrittenReasonsRow, sealed},
};

crate::input! {
    /// Reasons that a team leader gives for one later booking.
    pub struct GivenReasons {
        pub rule: AskRule,
        /// The workplace that they are about; left out: any.
        pub workplace: Option<WorkplaceId>,
        pub reasons: Prose,
    }
}

/// Gives reasons before a consultant registers it.
///
/// # Errors
/// Not a team leader; an unknown citizen or workplace.
pub fn give(tx: &mut Tx, context: &Context, citizen: &CitizenId, given: &GivenReasons) -> Result<WrittenReasonsId, ActionError> {
    context.authorize(Permission::Lead)?;
    let tenant = context.tenant;
    open_citizen(tx, context, citizen)?;
    if let Some(workplace) = &given.workplace
        && companies::workplaces::find(tx, tenant, workplace)?.is_none()
    {
        return unknown("workplace");
    }
    let id = WrittenReasonsId::new(context.at);
    internships::reasons::insert(
        tx,
        &WrittenReasonsRow {
            id: id.clone(),
            municipality: tenant.clone(),
            citizen_id: citizen.clone(),
            rule: given.rule.id(),
            workplace_id: given.workplace.clone(),
            reasons: sealed::WRITTEN_REASONS.seal(&context.services.keys, &id, &given.reasons.to_string())?,
            given_by: context.account()?.id.clone(),
            given_on: context.at.today,
            used_on: None,
        },
    )?;
    Ok(id)
}
