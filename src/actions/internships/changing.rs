//! Changes what was agreed: a new version, which all three confirm; the old one stands until then (S1).
//!
//! Promise: a change builds on the newest version, confirmed or not, so that nothing pending is lost. Going back to what stands makes
//! no new version: it withdraws what is pending, and the version that stands is the newest again, with its confirmations.

use crate::{
    actions::{
        ActionError,
        error::conflict,
        internships::{
            case::{InternshipCase, case},
            registration::{
                decide::{Ground, Proposal, ask_rules, check_period, check_terms, place},
                facts::{Facts, FactsQuery},
                save::{next_version, use_up},
            },
            withdrawing::{self, Pending},
        },
    },
    context::{Context, Seen},
    domain::{
        input::{Fault, Faults, Pointer},
        internships::{
            alignment::{Asked, Terms},
            internship::Internship,
            purpose::Purpose,
        },
        people::access::Permission,
        rules::refusals::{Act, AskRule, PapersPresent},
        values::{
            day::Period,
            hours::HoursPlan,
            ids::{InternshipId, WorkplaceId},
            text::Prose,
            vocabulary::{Term, TermKind},
        },
    },
    store::{Conn, Tx, employer_statements},
};
use chrono::NaiveDate;

crate::input! {
    /// What is to be different; what is left out stays as it is in the newest version. The end cannot move later: that is an
    /// extension. Before the start the whole period can be moved, at the same length or shorter.
    pub struct Change {
        pub workplace: Option<WorkplaceId>,
        pub purpose: Option<Purpose>,
        pub occupation: Option<Term>,
        pub tasks: Option<Vec<Term>>,
        pub first_day: Option<NaiveDate>,
        pub last_day: Option<NaiveDate>,
        pub hours: Option<HoursPlan>,
        /// Where a rule asks: how the function differs from that at the latest employer.
        pub new_function: Option<Prose>,
        /// … why outside the citizen's goals.
        pub goal_mismatch_reason: Option<Prose>,
        /// … why at a workplace that stands flagged; a team leader's.
        pub company_record_reason: Option<Prose>,
    }
}

/// Why a version is withdrawn by a change back to what stands.
const BACK_TO_WHAT_STANDS: &str = "Ændret tilbage til det, der gælder.";

/// The rules that ask again where the workplace or the occupation changes.
const ASKED_AGAIN: [AskRule; 3] = [AskRule::LatestEmployer, AskRule::GoalMismatch, AskRule::CompanyRecord];

/// Changes the terms.
///
/// # Errors
/// Faults of fields that do not hold together, rules that refuse, an end that moves later, nothing that changes.
pub fn change(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId, change: &Change) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let mut case = case(tx, context, id)?;
    seen.check(case.row.revision)?;
    let facts = load(tx, context, &case, change)?;
    let terms = wanted_terms(&case.internship, &facts, change)?;
    if case.internship.pending().is_some() && terms == case.internship.standing().terms {
        return withdrawing::withdraw_pending(tx, context, case, Pending::All, BACK_TO_WHAT_STANDS);
    }
    let decided = decide(context, &case, &facts, change, terms)?;
    if decided.terms.place.workplace != case.internship.newest().terms.place.workplace {
        // Who receives the citizen, and who speaks for the employees, were those of the other place.
        case.row.contact_id = None;
        case.row.contact_named_on = None;
        case.row.statement = None;
        employer_statements::remove(tx, context.tenant, id)?;
    }
    use_up(tx, context, &facts, &decided.ground)?;
    next_version(tx, context, case, &facts.addresses, &decided.terms, &decided.ground)
}

fn load(conn: &mut Conn, context: &Context, case: &InternshipCase, change: &Change) -> Result<Facts, ActionError> {
    let newest = &case.internship.newest().terms;
    let workplace = change.workplace.as_ref().unwrap_or(&newest.place.workplace);
    let moves = *workplace != newest.place.workplace;
    let occupation = change.occupation.iter().map(|occupation| (TermKind::Occupation, occupation));
    let tasks = change.tasks.iter().flatten().map(|task| (TermKind::Task, task));
    let wanted = FactsQuery {
        citizen: &case.course.citizen.id,
        workplace,
        contact: case.row.contact_id.as_ref().filter(|_| !moves),
        approval_to: None,
        terms: occupation.chain(tasks).collect(),
    };
    Facts::load(conn, context, &wanted)
}

struct Decided {
    terms: Terms,
    ground: Ground,
}

/// The terms as they are wanted.
fn wanted_terms(internship: &Internship, facts: &Facts, change: &Change) -> Result<Terms, ActionError> {
    if internship.is_closed() {
        return conflict("over", "Praktikken er slut.", "The internship is over.");
    }
    if let Some(purpose) = &change.purpose {
        purpose.faults().none()?;
    }
    changed_terms(internship, facts, change)
}

fn decide(
    context: &Context,
    case: &InternshipCase,
    facts: &Facts,
    change: &Change,
    terms: Terms,
) -> Result<Decided, ActionError> {
    let internship = &case.internship;
    let old = &internship.newest().terms;
    if terms == *old {
        return conflict("nothing-changed", "Der er ikke ændret noget.", "Nothing has changed.");
    }
    let reasons = [
        (AskRule::LatestEmployer, &change.new_function),
        (AskRule::GoalMismatch, &change.goal_mismatch_reason),
        (AskRule::CompanyRecord, &change.company_record_reason),
    ];
    let proposal = Proposal {
        course: &case.course,
        terms: &terms,
        own: Some(internship),
        act: Act::Change,
        new_function: internship.new_function.is_some() || change.new_function.is_some(),
        reasons: &reasons,
        papers: PapersPresent::default(),
    };
    let asked = ask_rules(context, facts, proposal)?;
    let moved = terms.place != old.place || terms.occupation != old.occupation;
    // What was asked before stands, but for what the change is about.
    let again = ASKED_AGAIN.map(AskRule::code);
    let before = internship.newest().asked.iter().flatten().filter(|asked| !moved || !again.contains(&asked.rule.as_str()));
    let asked: Vec<Asked> = before.cloned().chain(asked).collect();
    let ground = Ground::of_change(internship, terms.period.last, asked);
    Ok(Decided { terms, ground })
}

fn changed_terms(internship: &Internship, facts: &Facts, change: &Change) -> Result<Terms, ActionError> {
    let old = &internship.newest().terms;
    let hours = change.hours.clone().unwrap_or_else(|| old.hours.clone());
    let period = changed_period(internship, facts, change, hours.first_day())?;
    let mut terms = Terms { period, hours, ..old.clone() };
    if change.workplace.is_some() {
        terms.place = place(facts, period.last)?;
    }
    if let Some(purpose) = &change.purpose {
        terms.purpose = purpose.clone();
        terms.decision_on = purpose.prospect.as_ref().map(|position| position.decision_on).or(old.decision_on);
    }
    terms.occupation = change.occupation.clone().unwrap_or(terms.occupation);
    terms.tasks = change.tasks.clone().unwrap_or(terms.tasks);
    Ok(terms)
}

/// What the fields of a change must fulfil before the rules are asked.
fn changed_period(
    internship: &Internship,
    facts: &Facts,
    change: &Change,
    plan_begins: Option<NaiveDate>,
) -> Result<Period, ActionError> {
    let old = &internship.newest().terms;
    let first = change.first_day.unwrap_or(old.period.first);
    let last = change.last_day.unwrap_or(old.period.last);
    let (root, mut faults) = (Pointer::root(), Faults::default());
    check_terms(facts, change.occupation.as_ref(), change.tasks.as_deref().unwrap_or_default(), &mut faults);
    let moves = internship.started_on.is_none() && first > old.period.first;
    let longer = (last - first).num_days() + 1 > old.period.days();
    if last > old.period.last && (!moves || longer) {
        let text = if internship.started_on.is_none() {
            (
                "Vil du flytte hele perioden, så ret både start og slut. Den må ikke blive længere.",
                "To move the whole period, change both its first and its last day. It must not become longer.",
            )
        } else {
            ("Slutdatoen kan ikke flyttes til senere. Det er en forlængelse.", "The end cannot move later. That is an extension.")
        };
        faults.add::<()>(&root.to("last_day"), Fault::new("end-moved-later", text.0, text.1));
    }
    if internship.started_on.is_some() && first != old.period.first {
        faults.add::<()>(&root.to("first_day"), Fault::new("has-begun", "Praktikken er begyndt.", "The internship has begun."));
    }
    if internship.started_on.is_some() && change.workplace.as_ref().is_some_and(|workplace| *workplace != old.place.workplace) {
        let text = (
            "Praktikken er begyndt; et andet sted er en ny praktik.",
            "The internship has begun; another place is a new internship.",
        );
        faults.add::<()>(&root.to("workplace"), Fault::new("has-begun", text.0, text.1));
    }
    let period = check_period(first, last, plan_begins, &mut faults);
    period.filter(|_| faults.0.is_empty()).ok_or(ActionError::Faults(faults))
}
