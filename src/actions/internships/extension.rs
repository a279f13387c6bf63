//! Extends an internship (S5, L5, L6): a new version with a later end, which all three confirm; unconfirmed, the stay ends
//! on the old date.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault},
        internships::{
            approvals,
            case::case,
            versions::{self, Ground},
        },
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        internships::alignment::{Cause, Commitment, ExtensionPapers},
        people::access::Permission,
        rules::refusals::{Act, Papers},
        values::{ids::InternshipId, text::Prose},
    },
    store::Tx,
};
use chrono::NaiveDate;

crate::input! {
    /// A later end, and what it asks for.
    pub struct Extension {
        /// The new last day, inclusive.
        pub to: NaiveDate,
        pub reason: Option<Prose>,
        /// From the second extension on: when the company answers *hire* or *no*.
        pub hiring_decision_on: Option<NaiveDate>,
        /// From the third on.
        pub commitment: Option<Commitment>,
        /// Beyond the 26th week.
        pub special_need: Option<Prose>,
    }
}

/// Registers an extension.
///
/// # Errors
/// Rules that refuse; not running; a new end that is not later.
pub fn extend(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId, extension: &Extension) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let case = case(tx, context, id)?;
    seen.check(case.row.revision)?;
    let internship = &case.internship;
    if !internship.is_open() {
        return conflict(
            "not-running",
            "Kun en praktik, der er i gang, kan forlænges.",
            "Only a running internship can be extended.",
        );
    }
    let old = &internship.standing().terms;
    if extension.to <= old.period.last {
        return fault(
            "to",
            Fault::new("not-later", "Skal ligge efter den nuværende slutdato.", "Must be after the present end."),
        );
    }
    let mut terms = old.clone();
    terms.period.last = extension.to;
    if let Some(date) = extension.hiring_decision_on {
        terms.decision_on = Some(date);
        if let Some(position) = &mut terms.purpose.prospect {
            position.decision_on = date;
        }
    }
    let approval = approvals::to(tx, context, &case.course.citizen.id, extension.to)?;
    let papers = Papers {
        reason: extension.reason.is_some(),
        decision_on: extension.hiring_decision_on,
        commitment: extension.commitment.is_some(),
        approval: approval.is_some(),
        special_need: extension.special_need.is_some(),
        broken_commitments: approvals::broken_commitments(&case.course, context.at.today),
    };
    versions::check(
        tx,
        context,
        &versions::Proposal {
            course: &case.course,
            terms: &terms,
            own: Some(internship),
            act: Act::Extension,
            new_function: false,
            reasons: &[],
            papers,
        },
    )?;
    let approved_by = match &approval {
        Some(approval) => approvals::take(tx, context, approval)?,
        None => None,
    };
    let papers = ExtensionPapers {
        reason: extension.reason.clone(),
        commitment: extension.commitment.clone(),
        special_need: extension.special_need.clone(),
        approved_by,
    };
    let asked = case.internship.standing().asked.clone().unwrap_or_default();
    versions::next(tx, context, case, &terms, &Ground { cause: Cause::Extension, papers: Some(papers), asked })
}
