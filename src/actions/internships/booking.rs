//! Books an internship. What is booked is version 1 of an expectation alignment (S1): nothing starts by booking.

use crate::{
    actions::{
        ActionError,
        error::unknown,
        internships::{
            accommodations::{self, Settlement},
            meeting,
            registration::{
                decide::{Ground, Offered, Proposal, ask_rules, check_period, check_terms, place},
                facts::{Facts, FactsQuery},
                save::{first_version, use_up},
            },
        },
        people::closed::{check_not_merged, check_open, check_unrestricted},
    },
    context::Context,
    crypto::case_reference,
    domain::{
        input::{Fault, Faults, Pointer},
        internships::{
            alignment::{Accommodations, Cause, Commitment, Terms},
            course::Course,
            internship::Road,
            meeting::Meeting,
            purpose::Purpose,
        },
        people::access::Permission,
        rules::refusals::{Act, AskRule},
        values::{
            day::Period,
            hours::HoursPlan,
            ids::{CitizenId, InternshipId, WorkplaceId},
            text::Prose,
            vocabulary::{Term, TermKind},
        },
    },
    outbox::emit,
    outbox::event::VersionToConfirm,
    store::{Conn, Tx, courses, schema::InternshipRow, sealed},
};
use chrono::NaiveDate;

crate::input! {
    /// An internship to be booked.
    pub struct Booking {
        pub citizen: CitizenId,
        pub workplace: WorkplaceId,
        pub purpose: Purpose,
        pub occupation: Term,
        pub tasks: Vec<Term>,
        pub first_day: NaiveDate,
        /// Inclusive.
        pub last_day: NaiveDate,
        /// The first step begins on the first day.
        pub hours: HoursPlan,
        pub road: Option<Road>,
        /// How the function differs from an earlier one at the same workplace.
        pub new_function: Option<Prose>,
        /// How the citizen is met on the first day; practical, and no part of what is signed.
        pub meeting: Option<Meeting>,
        /// Settled now, or later before the start.
        pub accommodations: Option<Settlement>,
        /// Where it counts as an extension by another name: the reason.
        pub reason: Option<Prose>,
        /// … the date on which the company decides.
        pub hiring_decision_on: Option<NaiveDate>,
        /// … the company's written commitment.
        pub commitment: Option<Commitment>,
        /// … the special need beyond the 26th week.
        pub special_need: Option<Prose>,
        /// Where a rule asks: why outside the citizen's goals.
        pub goal_mismatch_reason: Option<Prose>,
        /// … why one more in a series; from a warning on a team leader's.
        pub series_reason: Option<Prose>,
        /// … why at a workplace that stands flagged; a team leader's.
        pub company_record_reason: Option<Prose>,
        /// … why now, though the citizen is derailed.
        pub derailed_reason: Option<Prose>,
    }
}

impl Booking {
    fn offered(&self) -> Offered<'_> {
        Offered {
            reason: &self.reason,
            decision_on: self.decision_on(),
            commitment: &self.commitment,
            special_need: &self.special_need,
        }
    }

    fn decision_on(&self) -> Option<NaiveDate> {
        self.purpose.prospect.as_ref().map(|position| position.decision_on).or(self.hiring_decision_on)
    }
}

/// Books; the id of the internship.
///
/// # Errors
/// Faults of fields that do not hold together, rules that refuse, a failure of the database.
pub fn book(tx: &mut Tx, context: &Context, booking: &Booking) -> Result<InternshipId, ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let loaded = load(tx, context, booking)?;
    let decided = decide(context, &loaded, booking)?;
    save(tx, context, &loaded.facts, booking, &decided)
}

struct Loaded {
    /// None where there is no such citizen.
    course: Option<Course>,
    facts: Facts,
}

fn load(conn: &mut Conn, context: &Context, booking: &Booking) -> Result<Loaded, ActionError> {
    let tasks = booking.tasks.iter().map(|task| (TermKind::Task, task));
    let wanted = FactsQuery {
        citizen: &booking.citizen,
        workplace: &booking.workplace,
        contact: None,
        approval_to: Some(booking.last_day),
        terms: std::iter::once((TermKind::Occupation, &booking.occupation)).chain(tasks).collect(),
    };
    let course = courses::load(conn, &context.services.keys, context.tenant, &booking.citizen)?;
    if course.is_none() {
        check_not_merged(conn, context, &booking.citizen)?;
    }
    check_unrestricted(conn, context, &booking.citizen)?;
    Ok(Loaded { course, facts: Facts::load(conn, context, &wanted)? })
}

struct Decided {
    terms: Terms,
    ground: Ground,
}

fn decide(context: &Context, loaded: &Loaded, booking: &Booking) -> Result<Decided, ActionError> {
    let Loaded { course, facts } = loaded;
    booking.purpose.faults().none()?;
    let period = fitting_period(context, facts, booking)?;
    let Some(course) = course else { return unknown("citizen") };
    check_open(course.citizen.left.map(|left| left.on))?;
    let terms = Terms {
        purpose: booking.purpose.clone(),
        occupation: booking.occupation.clone(),
        tasks: booking.tasks.clone(),
        place: place(facts, period.last)?,
        period,
        hours: booking.hours.clone(),
        decision_on: booking.decision_on(),
        accommodations: booking.accommodations.as_ref().map_or(Ok(Accommodations::Unsettled), Settlement::terms)?,
    };
    let reasons = [
        (AskRule::LatestEmployer, &booking.new_function),
        (AskRule::GoalMismatch, &booking.goal_mismatch_reason),
        (AskRule::Series, &booking.series_reason),
        (AskRule::CompanyRecord, &booking.company_record_reason),
        (AskRule::Derailed, &booking.derailed_reason),
    ];
    let offered = booking.offered();
    let proposal = Proposal {
        course,
        terms: &terms,
        own: None,
        act: Act::Booking,
        new_function: booking.new_function.is_some(),
        reasons: &reasons,
        papers: offered.papers(context, course, facts.approval.as_ref()),
    };
    let asked = ask_rules(context, facts, proposal)?;
    if let Some(settlement) = &booking.accommodations {
        settlement.check_needs(&facts.needs)?;
    }
    let papers = offered.kept(facts.approval.as_ref()).or_none();
    Ok(Decided { terms, ground: Ground { cause: Cause::Booking, papers, asked, decision: None } })
}

/// What the fields of a booking must fulfil before the rules are asked.
fn fitting_period(context: &Context, facts: &Facts, booking: &Booking) -> Result<Period, ActionError> {
    let mut faults = Faults::default();
    check_terms(facts, Some(&booking.occupation), &booking.tasks, &mut faults);
    let period = check_period(booking.first_day, booking.last_day, booking.hours.first_day(), &mut faults);
    if booking.first_day < context.at.today {
        faults.add::<()>(
            &Pointer::root().to("first_day"),
            Fault::new("in-the-past", "Kan ikke ligge før i dag.", "Cannot be before today."),
        );
    }
    period.filter(|_| faults.0.is_empty()).ok_or(ActionError::Faults(faults))
}

fn save(
    tx: &mut Tx,
    context: &Context,
    facts: &Facts,
    booking: &Booking,
    decided: &Decided,
) -> Result<InternshipId, ActionError> {
    let id = InternshipId::new(context.at);
    let row = new_row(context, &id, booking, decided)?;
    first_version(tx, context, &row, &decided.terms, &decided.ground)?;
    use_up(tx, context, facts, &decided.ground)?;
    if let Some(settlement) = &booking.accommodations {
        accommodations::replace(tx, context, settlement, &id)?;
    }
    if let Some(met) = &booking.meeting {
        meeting::keep(tx, context, &id, met)?;
    }
    let version = VersionToConfirm {
        internship: &id,
        number: 1,
        cause: Cause::Booking,
        terms: &decided.terms,
        standing: None,
        commitment: None,
    };
    emit::invite(tx, context, version, &facts.addresses)?;
    Ok(id)
}

fn new_row(context: &Context, id: &InternshipId, booking: &Booking, decided: &Decided) -> Result<InternshipRow, ActionError> {
    let new_function = booking.new_function.as_ref().map(ToString::to_string);
    let none_needed = decided.terms.accommodations == Accommodations::NoneNeeded;
    Ok(InternshipRow {
        id: id.clone(),
        municipality: context.tenant.clone(),
        citizen_id: booking.citizen.clone(),
        workplace_id: booking.workplace.clone(),
        reference: case_reference("P")?,
        booked_on: context.at.today,
        booked_by: context.account()?.id.clone(),
        road: booking.road,
        new_function: sealed::NEW_FUNCTION.seal_some(&context.services.keys, id, new_function.as_ref())?,
        none_needed_on: none_needed.then_some(context.at.today),
        contact_id: None,
        statement: None,
        decision: None,
        started_on: None,
        last_day: None,
        ending: None,
        ended_by: None,
        end_note: None,
        end_recorded_on: None,
        cancelled_on: None,
        cancel_reason: None,
        next_step: None,
        prospect_gone_on: None,
        closing_id: None,
        contact_named_on: None,
        start_recorded_on: None,
        start_reasons: None,
        start_approved_by: None,
        in_error_on: None,
        start_recorded_by: None,
        end_recorded_by: None,
        revision: 1,
    })
}
