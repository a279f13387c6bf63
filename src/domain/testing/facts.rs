//! Builders of what is recorded: a citizen of group 3 with a capacity of 30 hours a week, internships, workplaces, outcomes.

use crate::domain::{
    companies::{
        closed_days::ClosedDays,
        erased::ErasedStays,
        workplace::{Placement, Workplace},
    },
    input::read,
    internships::{
        alignment::{Accommodations, Cause, Confirmation, Decided, Party, Place, Terms, Version, Via},
        course::Course,
        follow_up::{FollowUp, Held, Planned},
        internship::Internship,
        outcome::{Outcome, OutcomeStep},
        pause::{Pause, PauseKind},
    },
    people::{
        citizen::{Capacity, Citizen},
        step::{CourseStep, StepKind},
    },
    values::{
        day::{Period, plus},
        hours::HoursPlan,
        ids::{AccountId, CitizenId, CompanyId, FollowUpId, InternshipId, OutcomeId, PauseId, StepId, WorkplaceId},
        target_group::TargetGroup,
        vocabulary::Term,
    },
};
use chrono::NaiveDate;
use serde_json::json;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn plan(steps: &[(&str, f64)]) -> HoursPlan {
    let steps: Vec<_> = steps.iter().map(|(from, hours)| json!({"from": from, "weekly_hours": hours})).collect();
    read(&json!(steps)).unwrap()
}

pub fn terms(workplace: &str, company: &str, first: &str, last: &str, hours: f64) -> Terms {
    Terms {
        purpose: read(&json!({"kind": "clarification", "questions": ["Kan jeg klare det?"]})).unwrap(),
        occupation: Term::parse("shop").unwrap(),
        tasks: Vec::new(),
        place: Place {
            workplace: WorkplaceId::stored(workplace),
            company: CompanyId::stored(company),
            p_number: format!("P-{workplace}"),
            name: workplace.into(),
        },
        period: Period::new(day(first), day(last)).unwrap(),
        hours: plan(&[(first, hours)]),
        decision_on: None,
        accommodations: Accommodations::NoneNeeded,
    }
}

pub fn version(number: i32, terms: Terms, cause: Cause, on: NaiveDate) -> Version {
    let confirmations =
        Party::ALL.iter().map(|party| Confirmation { party: *party, via: Via::Paper, on, given_by: None }).collect();
    Version {
        number,
        hash: terms.hash("i", number),
        terms,
        cause,
        papers: None,
        asked: None,
        made_on: on,
        decided: Decided::NotNeeded,
        decision: None,
        confirmations,
        objections: Vec::new(),
    }
}

/// An internship that all three confirmed on the day of booking, a week before it began as agreed.
pub fn internship(id: &str, terms: Terms) -> Internship {
    let booked_on = plus(terms.period.first, -7);
    Internship {
        id: InternshipId::stored(id),
        reference: id.to_uppercase(),
        booked_on,
        road: None,
        new_function: None,
        started_on: Some(terms.period.first),
        first: version(1, terms, Cause::Booking, booked_on),
        later: Vec::new(),
        withdrawn: Vec::new(),
        accommodations: Vec::new(),
        none_needed: Some(booked_on),
        contact: None,
        contact_name: None,
        contact_named_on: None,
        meeting: None,
        statement: None,
        employer_statement: None,
        decision: None,
        start: None,
        ended: None,
        cancelled_on: None,
        answers: Vec::new(),
        answers_in_error: Vec::new(),
        next_step: None,
        follow_ups: Vec::new(),
        follow_ups_in_error: Vec::new(),
        pauses: Vec::new(),
        pauses_in_error: Vec::new(),
        closures: Vec::new(),
        closures_in_error: Vec::new(),
        prospect_gone_on: None,
        unreachable: Vec::new(),
    }
}

/// Adds an extension in force from a day to a new end.
pub fn extend(internship: &mut Internship, on: &str, to: &str) {
    let mut terms = internship.standing().terms.clone();
    terms.period.last = day(to);
    let number = internship.newest().number + 1;
    internship.later.push(version(number, terms, Cause::Extension, day(on)));
}

pub fn citizen() -> Citizen {
    Citizen {
        id: CitizenId::stored("citizen"),
        reference: "B-1".into(),
        target_group: TargetGroup::parse("3").unwrap(),
        job_ready: false,
        in_employment: false,
        goals: Vec::new(),
        capacities: vec![Capacity { from: day("2000-01-01"), weekly_hours: read(&json!(30)).unwrap() }],
        needs: Vec::new(),
        consultant: AccountId::stored("consultant"),
        consultant_closed_on: None,
        latest_employer: None,
        registered_on: None,
        born_on: None,
        reopened_on: None,
        left: None,
    }
}

pub fn course() -> Course {
    Course {
        citizen: citizen(),
        internships: Vec::new(),
        internships_in_error: Vec::new(),
        undone: Vec::new(),
        outcomes: Vec::new(),
        outcomes_in_error: Vec::new(),
        changes: Vec::new(),
        steps: Vec::new(),
    }
}

/// A step of a kind, recorded on a day and expected on another.
pub fn step(kind: &str, recorded_on: &str, expected_on: &str) -> CourseStep {
    CourseStep {
        id: StepId::stored(expected_on),
        kind: StepKind::parse(kind).unwrap(),
        expected_on: day(expected_on),
        done_on: None,
        done_recorded_on: None,
        cancelled_on: None,
        phase: None,
        recorded_on: day(recorded_on),
    }
}

pub fn outcome(from: Option<&str>, step: OutcomeStep, workplace: Option<&str>, first_day: &str) -> Outcome {
    Outcome {
        id: OutcomeId::stored("outcome"),
        from: from.map(InternshipId::stored),
        step,
        workplace: workplace.map(WorkplaceId::stored),
        employer: None,
        first_day: day(first_day),
        weekly_hours: None,
        until: (step == OutcomeStep::WageSubsidy).then(|| plus(day(first_day), 181)),
        recorded_on: day(first_day),
        ended_on: None,
        next_step: None,
        checks: Vec::new(),
    }
}

pub fn workplace(id: &str) -> Workplace {
    Workplace {
        id: WorkplaceId::stored(id),
        p_number: format!("P-{id}"),
        name: id.into(),
        staff: Vec::new(),
        others: Vec::new(),
        placements: Vec::new(),
        hires: Vec::new(),
        subsidies: Vec::new(),
        liaison_closed_on: None,
        is_offered: false,
        erased: ErasedStays::default(),
    }
}

/// An internship at a workplace, from its first day to its last.
pub fn placement(id: &str, stay: Period) -> Placement {
    Placement {
        internship: InternshipId::stored(id),
        reference: id.to_uppercase(),
        booked_on: plus(stay.first, -7),
        stay: Some(stay),
        extended_on: Vec::new(),
        ended_on: None,
        broken_off_by_citizen: false,
        kept: false,
        takes_up: Vec::new(),
    }
}

/// A follow-up held on a day.
pub fn held(on: &str, record: serde_json::Value) -> FollowUp {
    FollowUp {
        id: FollowUpId::stored(on),
        internship: InternshipId::stored("a"),
        kind: Planned::Regular,
        planned_on: day(on),
        due_on: day(on),
        at: None,
        place: None,
        held: Some(Held { on: day(on), recorded_on: day(on), record: read(&record).unwrap() }),
        cancelled_on: None,
    }
}

/// A pause that was recorded on its first day, its last day with it.
pub fn pause(kind: &str, from: &str, to: Option<&str>) -> Pause {
    Pause {
        id: PauseId::stored(from),
        kind: PauseKind::parse(kind).unwrap(),
        from: day(from),
        to: to.map(day),
        to_recorded_on: to.map(|_| day(from)),
        recorded_on: day(from),
    }
}

/// Days on which a workplace is closed, known long before.
pub fn closed(first: &str, last: &str) -> ClosedDays {
    ClosedDays { days: Period::new(day(first), day(last)).unwrap(), recorded_on: day("2000-01-01") }
}
