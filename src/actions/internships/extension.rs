//! Extends an internship (S5, L5, L6): a new version with a later end, which all three parties confirm, and a decision of its own with
//! reasons and guidance on how to complain (L25). Unless both are there, the internship ends on the old date.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault},
        internships::{
            case::{InternshipCase, case},
            papers::Deciding,
            registration::{
                decide::{Ground, Offered, Proposal, ask_rules},
                facts::{Facts, FactsQuery},
                save::{next_version, use_up},
            },
        },
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        internships::{
            alignment::{Cause, Commitment, Terms},
            internship::Internship,
        },
        people::access::Permission,
        rules::refusals::Act,
        values::{ids::InternshipId, text::Prose},
    },
    store::{Conn, Tx},
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
        /// The decision (L25): now, or later, before the present end.
        pub decision: Option<Deciding>,
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
    let facts = load(tx, context, &case, extension)?;
    let (terms, ground) = decide(context, &case, &facts, extension)?;
    use_up(tx, context, &facts, &ground)?;
    next_version(tx, context, case, &facts.addresses, &terms, &ground)
}

fn load(conn: &mut Conn, context: &Context, case: &InternshipCase, extension: &Extension) -> Result<Facts, ActionError> {
    let wanted = FactsQuery {
        citizen: &case.course.citizen.id,
        workplace: &case.internship.newest().terms.place.workplace,
        contact: case.row.contact_id.as_ref(),
        approval_to: Some(extension.to),
        terms: Vec::new(),
    };
    Facts::load(conn, context, &wanted)
}

fn decide(
    context: &Context,
    case: &InternshipCase,
    facts: &Facts,
    extension: &Extension,
) -> Result<(Terms, Ground), ActionError> {
    let terms = extended_terms(&case.internship, extension)?;
    let offered = Offered {
        reason: &extension.reason,
        decision_on: extension.hiring_decision_on,
        commitment: &extension.commitment,
        special_need: &extension.special_need,
    };
    let proposal = Proposal {
        course: &case.course,
        terms: &terms,
        own: Some(&case.internship),
        act: Act::Extension,
        new_function: false,
        reasons: &[],
        papers: offered.papers(context, &case.course, facts.approval.as_ref()),
    };
    ask_rules(context, facts, proposal)?;
    let papers = Some(offered.kept(facts.approval.as_ref()));
    // An extension asks nothing more: what was asked before stands.
    let asked = case.internship.newest().asked.clone().unwrap_or_default();
    let decision = extension.decision.as_ref().map(|deciding| deciding.by(context)).transpose()?;
    Ok((terms, Ground { cause: Cause::Extension, papers, asked, decision }))
}

fn extended_terms(internship: &Internship, extension: &Extension) -> Result<Terms, ActionError> {
    if !internship.is_open() {
        return conflict(
            "not-running",
            "Kun en praktik, der er i gang, kan forlænges.",
            "Only a running internship can be extended.",
        );
    }
    let mut terms = internship.newest().terms.clone();
    if extension.to <= internship.standing().terms.period.last {
        return fault(
            "to",
            Fault::new("not-later", "Skal ligge efter den nuværende slutdato.", "Must be after the present end."),
        );
    }
    terms.period.last = extension.to;
    if let Some(date) = extension.hiring_decision_on {
        terms.decision_on = Some(date);
        if let Some(position) = &mut terms.purpose.prospect {
            position.decision_on = date;
        }
    }
    Ok(terms)
}
