//! A team leader's own approval of a further extension (S5): to a given last day, by someone other than the asker.

use crate::{
    actions::{ActionError, error::fault},
    context::Context,
    domain::{
        input::Fault,
        internships::course::Course,
        people::access::Permission,
        values::{
            day::danish,
            ids::{ApprovalId, CitizenId},
            text::Prose,
        },
    },
    store::{Conn, Tx, accounts, citizens, internships, schema::ApprovalRow},
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
    citizens::find(tx, context.tenant, citizen.as_str())?.ok_or(ActionError::NotFound)?;
    if approval.to <= context.at.today {
        return fault("to", Fault::new("in-the-past", "Skal ligge efter i dag.", "Must be after today."));
    }
    let id = ApprovalId::new(context.at);
    internships::approve(
        tx,
        &ApprovalRow {
            id: id.to_string(),
            municipality: context.tenant.clone(),
            citizen_id: citizen.to_string(),
            to_on: approval.to,
            reasons: approval.reasons.to_string(),
            approved_by: context.account()?.id.to_string(),
            approved_on: context.at.today,
            used_on: None,
        },
    )?;
    Ok(id)
}

/// An unused approval to that day by somebody other than who asks.
pub fn to(conn: &mut Conn, context: &Context, citizen: &CitizenId, last: NaiveDate) -> Result<Option<ApprovalRow>, ActionError> {
    let found = internships::approvals_to(conn, citizen.as_str(), last)?;
    let asker = context.account()?;
    Ok(found.into_iter().find(|approval| approval.approved_by != asker.id.as_str()))
}

/// Takes an approval for what it was given for; the name of who gave it.
pub fn take(tx: &mut Tx, context: &Context, approval: &ApprovalRow) -> Result<Option<String>, ActionError> {
    internships::use_approval(tx, &approval.id, context.at.today)?;
    Ok(accounts::find(tx, context.tenant, &approval.approved_by)?.map(|leader| leader.name))
}

/// Commitments to this citizen whose latest first day has passed without a job, in words.
pub fn broken_commitments(course: &Course, today: NaiveDate) -> Vec<String> {
    let kept = |from: NaiveDate| course.outcomes.iter().any(|outcome| outcome.step.is_hire() && outcome.recorded_on >= from);
    course
        .internships
        .iter()
        .flat_map(|internship| internship.versions().filter_map(|version| Some((version, version.in_force_since()?))))
        .filter_map(|(version, since)| {
            let commitment = version.papers.as_ref()?.commitment.as_ref()?;
            let broken = commitment.latest_first_day < today && !kept(since);
            broken.then(|| {
                format!("{}: {} ({})", version.terms.place.name, commitment.position, danish(commitment.latest_first_day))
            })
        })
        .collect()
}
