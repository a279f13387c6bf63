//! Books an internship, and changes what was agreed. What is booked is version 1 of an expectation alignment: nothing
//! starts by booking.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault, unknown},
        internships::{
            accommodations::Settlement,
            approvals,
            case::case,
            versions::{self, Ground},
        },
    },
    context::{Context, Seen},
    domain::{
        input::{Fault, Faults, Pointer},
        internships::{
            alignment::{Accommodations, Asked, Cause, Commitment, ExtensionPapers, Place, Terms},
            internship::Road,
            purpose::Purpose,
        },
        people::{access::Permission, tenant::Tenant},
        rules::refusals::{Act, AskRule, Papers},
        values::{
            day::{Period, danish},
            hours::HoursPlan,
            ids::{CitizenId, InternshipId, WorkplaceId},
            text::Prose,
            vocabulary::Term,
        },
    },
    outbox::queue,
    store::{
        Conn, Tx,
        companies::{self, workplaces},
        courses, internships,
        schema::InternshipRow,
    },
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

crate::input! {
    /// What is to be different; what is left out stays. The end cannot move later: that is an extension.
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

/// Where it is to be. A workplace that has closed before the last day, or whose company has, takes nobody.
fn place(conn: &mut Conn, tenant: &Tenant, id: &WorkplaceId, last_day: NaiveDate) -> Result<Place, ActionError> {
    let Some(row) = companies::workplaces::find(conn, tenant, id.as_str())? else { return unknown("workplace") };
    let company = companies::find(conn, tenant, &row.company_id)?;
    let closed = [row.closed_on, company.and_then(|company| company.closed_on)].into_iter().flatten().min();
    if let Some(on) = closed.filter(|on| *on <= last_day) {
        let day = danish(on);
        return fault(
            "workplace",
            Fault::new("closed", format!("Arbejdspladsen er lukket den {day}."), format!("The workplace closed on {on}.")),
        );
    }
    Ok(Place {
        workplace: id.clone(),
        company: crate::domain::values::ids::CompanyId::stored(row.company_id),
        p_number: row.p_number,
        name: row.name,
    })
}

/// Books; the id of the internship.
///
/// # Errors
/// Faults of fields that do not hold together, rules that refuse, a failure of the database.
pub fn book(tx: &mut Tx, context: &Context, booking: &Booking) -> Result<InternshipId, ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let tenant = context.tenant;
    let mut faults = Faults::default();
    versions::check_terms(tx, context, Some(&booking.occupation), &booking.tasks, &mut faults)?;
    let period = versions::check_period(booking.first_day, booking.last_day, booking.hours.first_day(), &mut faults);
    if booking.first_day < context.at.today {
        faults.add::<()>(
            &Pointer::root().to("first_day"),
            Fault::new("in-the-past", "Kan ikke ligge før i dag.", "Cannot be before today."),
        );
    }
    let Some(period) = period.filter(|_| faults.0.is_empty()) else { return Err(ActionError::Faults(faults)) };
    let Some(course) = courses::load(tx, &context.services.keys, tenant, booking.citizen.as_str())? else {
        return unknown("citizen");
    };
    let decision_on = booking.purpose.prospect.as_ref().map(|position| position.decision_on).or(booking.hiring_decision_on);
    let terms = Terms {
        purpose: booking.purpose.clone(),
        occupation: booking.occupation.clone(),
        tasks: booking.tasks.clone(),
        place: place(tx, tenant, &booking.workplace, period.last)?,
        period,
        hours: booking.hours.clone(),
        decision_on,
        accommodations: booking.accommodations.as_ref().map_or(Ok(Accommodations::Unsettled), Settlement::terms)?,
    };
    let approval = approvals::to(tx, context, &booking.citizen, period.last)?;
    let papers = Papers {
        reason: booking.reason.is_some(),
        decision_on,
        commitment: booking.commitment.is_some(),
        approval: approval.is_some(),
        special_need: booking.special_need.is_some(),
        broken_commitments: approvals::broken_commitments(&course, context.at.today),
    };
    let new_function = booking.new_function.is_some();
    let reasons = [
        (AskRule::LatestEmployer, &booking.new_function),
        (AskRule::GoalMismatch, &booking.goal_mismatch_reason),
        (AskRule::Series, &booking.series_reason),
        (AskRule::CompanyRecord, &booking.company_record_reason),
        (AskRule::Derailed, &booking.derailed_reason),
    ];
    let asked = versions::check(
        tx,
        context,
        &versions::Proposal {
            course: &course,
            terms: &terms,
            own: None,
            act: Act::Booking,
            new_function,
            reasons: &reasons,
            papers,
        },
    )?;
    let approved_by = match &approval {
        Some(approval) => approvals::take(tx, context, approval)?,
        None => None,
    };
    let id = InternshipId::new(context.at);
    let row = InternshipRow {
        id: id.to_string(),
        municipality: tenant.clone(),
        citizen_id: booking.citizen.to_string(),
        workplace_id: booking.workplace.to_string(),
        reference: queue::reference("P")?,
        booked_on: context.at.today,
        booked_by: context.account()?.id.to_string(),
        road: booking.road.map(|road| road.code().into()),
        new_function: booking.new_function.as_ref().map(ToString::to_string),
        none_needed_on: (terms.accommodations == Accommodations::NoneNeeded).then_some(context.at.today),
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
        revision: 0,
    };
    internships::insert(tx, &row)?;
    workplaces::stand_anew(tx, context.tenant, &row.workplace_id)?;
    let papers = ExtensionPapers {
        reason: booking.reason.clone(),
        commitment: booking.commitment.clone(),
        special_need: booking.special_need.clone(),
        approved_by,
    };
    let ground = Ground { cause: Cause::Booking, papers: papers.or_none(), asked };
    versions::add(tx, context, id.as_str(), 1, &terms, &ground)?;
    if let Some(settlement) = &booking.accommodations {
        settlement.store(tx, context, booking.citizen.as_str(), id.as_str())?;
    }
    versions::touch(tx, context, row)?;
    let case = case(tx, context, &id)?;
    queue::invite(tx, context, booking.citizen.as_str(), &case.internship)?;
    Ok(id)
}

/// Changes what was agreed: a new version, which all three confirm; the old one stands until then.
///
/// # Errors
/// As [`book`]; an end that moves later; nothing that changes.
pub fn change(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId, change: &Change) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let mut case = case(tx, context, id)?;
    seen.check(case.row.revision)?;
    let internship = &case.internship;
    if internship.ended.is_some() || internship.cancelled_on.is_some() {
        return conflict("over", "Praktikken er slut.", "The internship is over.");
    }
    let old = &internship.standing().terms;
    let mut terms = old.clone();
    let mut faults = Faults::default();
    versions::check_terms(tx, context, change.occupation.as_ref(), change.tasks.as_deref().unwrap_or_default(), &mut faults)?;
    let first = change.first_day.unwrap_or(old.period.first);
    let last = change.last_day.unwrap_or(old.period.last);
    let plan = change.hours.clone().unwrap_or_else(|| old.hours.clone());
    let root = Pointer::root();
    if last > old.period.last {
        faults.add::<()>(
            &root.to("last_day"),
            Fault::new(
                "end-moved-later",
                "Slutdatoen kan ikke flyttes til senere. Det er en forlængelse.",
                "The end cannot move later. That is an extension.",
            ),
        );
    }
    if internship.started_on.is_some() && first != old.period.first {
        faults.add::<()>(&root.to("first_day"), Fault::new("has-begun", "Praktikken er begyndt.", "The internship has begun."));
    }
    if internship.started_on.is_some() && change.workplace.as_ref().is_some_and(|workplace| *workplace != old.place.workplace) {
        faults.add::<()>(
            &root.to("workplace"),
            Fault::new(
                "has-begun",
                "Praktikken er begyndt; et andet sted er en ny praktik.",
                "The internship has begun; another place is a new internship.",
            ),
        );
    }
    let period: Option<Period> = versions::check_period(first, last, plan.first_day(), &mut faults);
    let Some(period) = period.filter(|_| faults.0.is_empty()) else { return Err(ActionError::Faults(faults)) };
    terms.period = period;
    terms.hours = plan;
    if let Some(workplace) = &change.workplace {
        terms.place = place(tx, context.tenant, workplace, period.last)?;
    }
    if let Some(purpose) = &change.purpose {
        terms.purpose = purpose.clone();
        terms.decision_on = purpose.prospect.as_ref().map(|position| position.decision_on).or(old.decision_on);
    }
    terms.occupation = change.occupation.clone().unwrap_or(terms.occupation);
    terms.tasks = change.tasks.clone().unwrap_or(terms.tasks);
    if terms == *old {
        return conflict("nothing-changed", "Der er ikke ændret noget.", "Nothing has changed.");
    }
    let reasons = [
        (AskRule::LatestEmployer, &change.new_function),
        (AskRule::GoalMismatch, &change.goal_mismatch_reason),
        (AskRule::CompanyRecord, &change.company_record_reason),
    ];
    let asked = versions::check(
        tx,
        context,
        &versions::Proposal {
            course: &case.course,
            terms: &terms,
            own: Some(internship),
            act: Act::Change,
            new_function: internship.new_function.is_some() || change.new_function.is_some(),
            reasons: &reasons,
            papers: Papers::default(),
        },
    )?;
    let concerned = [AskRule::LatestEmployer, AskRule::GoalMismatch, AskRule::CompanyRecord].map(AskRule::code);
    let moved = terms.place != old.place || terms.occupation != old.occupation;
    // What was asked before stands, but for what the change is about.
    let before = internship.standing().asked.iter().flatten().filter(|asked| !moved || !concerned.contains(&asked.rule.as_str()));
    let asked: Vec<Asked> = before.cloned().chain(asked).collect();
    if terms.place.workplace != case.internship.standing().terms.place.workplace {
        // Who receives the citizen, and who speaks for the employees, were those of the other place.
        case.row.contact_id = None;
        case.row.statement = None;
    }
    versions::next(tx, context, case, &terms, &Ground { cause: Cause::Change, papers: None, asked })
}

crate::input! {
    /// Why a booked internship does not take place.
    pub struct Cancelling {
        pub reason: Prose,
    }
}

/// Cancels an internship that has not begun.
///
/// # Errors
/// Not found, changed since, begun.
pub fn cancel(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId, cancelling: &Cancelling) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let case = case(tx, context, id)?;
    seen.check(case.row.revision)?;
    if case.internship.started_on.is_some() || case.internship.cancelled_on.is_some() {
        return conflict(
            "has-begun",
            "Kun en praktik, der ikke er begyndt, kan aflyses.",
            "Only an internship that has not begun can be cancelled.",
        );
    }
    let mut row = case.row;
    row.cancelled_on = Some(context.at.today);
    row.cancel_reason = Some(cancelling.reason.to_string());
    versions::touch(tx, context, row)
}

/// A date that a body gives and that must not lie after today.
pub fn not_in_future(field: &str, day: NaiveDate, today: NaiveDate) -> Result<(), ActionError> {
    if day <= today {
        Ok(())
    } else {
        fault(field, Fault::new("in-the-future", "Kan ikke ligge efter i dag.", "Cannot be after today."))
    }
}
