//! A team leader's approval of a further extension (S5): up to a given last day, by someone other than the person who extends.

use crate::{
    actions::{ActionError, error::fault, people::closed::open_citizen},
    context::Context,
    domain::{
        input::Fault,
        people::access::Permission,
        values::{
            ids::{ApprovalId, CitizenId},
            text::Prose,
        },
    },
    store::{Tx, internships, schema::ApprovalRow},
};
use chrono::NaiveDate;

crate::input! {
    /// A further extension that a team leader approves.
    pub struct Approval {
        /// The last day that is approved.
        pub to: NaiveDate,
        pub reasons: Prose,
    }
}

/// Approves, before a consultant registers it.
///
/// # Errors
/// Not a team leader, an unknown citizen, a day that is past.
pub fn approve(tx: &mut Tx, context: &Context, citizen: &CitizenId, approval: &Approval) -> Result<ApprovalId, ActionError> {
    context.authorize(Permission::Lead)?;
    open_citizen(tx, context, citizen)?;
    if approval.to <= context.at.today {
        return fault("to", Fault::new("in-the-past", "Skal ligge efter i dag.", "Must be after today."));
    }
    let id = ApprovalId::new(context.at);
    internships::approve(
        tx,
        &ApprovalRow {
            id: id.clone(),
            municipality: context.tenant.clone(),
            citizen_id: citizen.clone(),
            to_on: approval.to,
            reasons: approval.reasons.to_string(),
            approved_by: context.account()?.id.clone(),
            approved_on: context.at.today,
            used_on: None,
        },
    )?;
    Ok(id)
}
