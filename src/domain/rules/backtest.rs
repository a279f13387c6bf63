//! What a rulebook would have flagged, refused and asked in what has happened, so that a changed one can be tried before it is
//! made law. Each day is judged by what was known on it (see [`as_of`](super::as_of)).

use crate::domain::{
    companies::workplace::Workplace,
    internships::{
        alignment::{Cause, Version},
        course::Course,
        follow_up::FollowUp,
        in_error::InError,
        internship::Internship,
    },
    rules::{
        flags::{
            Finding, FlagRule, Level,
            evaluate::{findings, findings_at, next_evaluation, next_evaluation_at},
        },
        refusals::{
            answers::{Answers, answers},
            check::{Act, Check, PapersPresent, Reason},
        },
        rule_id::RuleId,
        rulebook::Rulebook,
    },
    values::day::Period,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::rules::as_of::{course_on, workplace_on};
/// The days on which something was recorded about a course.
fn days_of(course: &Course) -> BTreeSet<NaiveDate> {
    let mut days = BTreeSet::new();
    days.extend(course.internships_in_error.iter().map(|own| own.since));
    days.extend(course.outcomes_in_error.iter().map(|own| own.since));
    days.extend(course.undone.iter().flat_map(|undone| [undone.recorded_on(), undone.since]));
    let wrong = course.internships_in_error.iter().map(|own| &own.what);
    for internship in course.internships.iter().chain(wrong) {
        days.extend(internship.answers_in_error.iter().flat_map(|own| [own.what.on, own.since]));
        let held = |own: &InError<FollowUp>| [own.what.held.as_ref().map(|held| held.recorded_on), Some(own.since)];
        days.extend(internship.follow_ups_in_error.iter().flat_map(held).flatten());
        let wrong = internship.pauses_in_error.iter().map(|own| &own.what);
        for pause in internship.pauses.iter().chain(wrong) {
            days.extend([Some(pause.recorded_on), pause.to_recorded_on].into_iter().flatten());
        }
        days.extend(internship.pauses_in_error.iter().map(|own| own.since));
        days.extend(internship.closures.iter().map(|closed| closed.recorded_on));
        days.extend(internship.closures_in_error.iter().flat_map(|own| [own.what.recorded_on, own.since]));
        days.insert(internship.booked_on);
        days.extend(internship.started_on);
        days.extend(internship.ended.as_ref().map(|ended| ended.recorded_on));
        days.extend(internship.cancelled_on);
        days.extend(internship.prospect_gone_on);
        days.extend(internship.answers.iter().map(|answer| answer.on));
        for version in internship.versions() {
            days.insert(version.made_on);
            days.extend(version.confirmations.iter().map(|confirmation| confirmation.on));
            days.extend(version.objections.iter().flat_map(|objection| [Some(objection.on), objection.withdrawn_on]).flatten());
        }
        let follow_ups = &internship.follow_ups;
        days.extend(
            follow_ups.iter().flat_map(|own| [own.held.as_ref().map(|held| held.recorded_on), own.cancelled_on]).flatten(),
        );
    }
    let wrong = course.outcomes_in_error.iter().map(|own| &own.what);
    for outcome in course.outcomes.iter().chain(wrong) {
        days.insert(outcome.recorded_on);
        days.extend(outcome.ended_on);
        days.extend(outcome.checks.iter().map(|check| check.recorded_on));
    }
    for change in &course.changes {
        days.extend([Some(change.on), change.handed_over_on, change.read_on].into_iter().flatten());
    }
    days
}

fn days_at(workplace: &Workplace) -> BTreeSet<NaiveDate> {
    let mut days: BTreeSet<NaiveDate> = workplace.days_of_change().into_iter().collect();
    days.extend(workplace.staff.iter().map(|(month, _)| *month));
    days.extend(workplace.hires.iter().map(|hire| hire.recorded_on));
    for placement in &workplace.placements {
        days.insert(placement.booked_on);
        days.extend(placement.ended_on);
        days.extend(&placement.extended_on);
    }
    days
}

/// A flag that stood at a level: rule, subject, occasion, level; and the first day of it.
pub type Raised = BTreeMap<(RuleId, String, String, Level), NaiveDate>;

/// Every flag that a book would have raised about a course within a period.
pub fn flags_raised(course: &Course, book: &Rulebook, within: Period) -> Raised {
    walk(book, within, &days_of(course), |day| {
        let known = course_on(course, day);
        let found = findings(&known, book.on(day), day);
        let next = next_evaluation(&found, &known, day);
        (found, next)
    })
}

/// Every flag that a book would have raised about a workplace within a period.
pub fn flags_raised_at(workplace: &Workplace, book: &Rulebook, within: Period) -> Raised {
    walk(book, within, &days_at(workplace), |day| {
        let known = workplace_on(workplace, day);
        let found = findings_at(&known, book.on(day), day);
        let next = next_evaluation_at(&found, &known, day);
        (found, next)
    })
}

/// What was found on a day, and when to evaluate next.
type Found = (Vec<(&'static FlagRule, Finding)>, Option<NaiveDate>);

/// Evaluates on each day on which something was recorded, may change by time alone, or the book changes.
fn walk(book: &Rulebook, within: Period, recorded: &BTreeSet<NaiveDate>, evaluate: impl Fn(NaiveDate) -> Found) -> Raised {
    let mut raised = Raised::new();
    let changes: BTreeSet<NaiveDate> = book.changes().collect();
    let mut day = within.first;
    loop {
        let (found, next) = evaluate(day);
        for (rule, finding) in &found {
            let Some((_, step)) = finding.reached(day).filter(|_| !finding.paused) else { continue };
            let key = (rule.id, finding.subject.key(), finding.occasion.clone(), step.level);
            raised.entry(key).or_insert(day);
        }
        let later =
            |days: &BTreeSet<NaiveDate>| days.range((std::ops::Bound::Excluded(day), std::ops::Bound::Unbounded)).next().copied();
        match [next, later(recorded), later(&changes)].into_iter().flatten().min().filter(|next| *next <= within.last) {
            Some(next) if next > day => day = next,
            _ => return raised,
        }
    }
}

/// What a book would have answered to a version when it was made.
pub fn answers_then(
    course: &Course,
    internship: &Internship,
    version: &Version,
    workplace: &Workplace,
    book: &Rulebook,
) -> Answers {
    let day = version.made_on;
    let mut known = course_on(course, day);
    // Of its own day only what was there before.
    known.internships.retain(|other| other.id == internship.id || other.booked_on < day || other.id < internship.id);
    for other in &mut known.internships {
        if other.id == internship.id {
            other.later.retain(|later| later.number < version.number);
        }
    }
    if version.cause == Cause::Booking {
        known.internships.retain(|other| other.id != internship.id);
    }
    let own = known.internship(&internship.id).cloned();
    let mut workplace = workplace_on(workplace, day);
    if own.is_none() {
        // It is weighed as what is asked for, not as somebody who is there already.
        workplace.placements.retain(|placement| placement.internship != internship.id);
    }
    let papers = version.papers.as_ref();
    let reasons: Vec<Reason> = version
        .asked
        .iter()
        .flatten()
        .map(|asked| Reason { rule: asked.rule, words: asked.reasons.clone(), given_by: asked.given_by.clone(), by_leader: true })
        .collect();
    answers(&Check {
        course: &known,
        terms: &version.terms,
        own: own.as_ref(),
        workplace: &workplace,
        reasons: &reasons,
        act: match version.cause {
            Cause::Booking => Act::Booking,
            Cause::Change => Act::Change,
            Cause::Extension => Act::Extension,
        },
        // Whether a vacancy was foreseen that day is not kept.
        foresees_vacancy: Some(true),
        open_prospect: true,
        new_function: internship.new_function.is_some(),
        papers: PapersPresent {
            reason: papers.is_some_and(|papers| papers.reason.is_some()),
            decision_on: version.terms.decision_on,
            commitment: papers.is_some_and(|papers| papers.commitment.is_some()),
            approval: papers.is_some_and(|papers| papers.approved_by.is_some()),
            special_need: papers.is_some_and(|papers| papers.special_need.is_some()),
            broken_commitments: Vec::new(),
        },
        figures: book.on(day),
        book,
        today: day,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        rules::rulebook::BUILT_IN,
        testing::{add, book, day, extend_first, place_intern, running, with_staff, workplace},
    };

    fn stricter(figure: &str, value: &str, by: &str) -> Rulebook {
        let row = format!("figure = \"{figure}\"\nvalue = {value}\n");
        assert!(BUILT_IN.contains(&row));
        Rulebook::read(&BUILT_IN.replace(&row, &format!("figure = \"{figure}\"\nvalue = {by}\n"))).unwrap()
    }

    #[test]
    fn a_stricter_book_flags_and_refuses_what_was_let_pass() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        extend_first(&mut course, "2024-04-02", "2024-05-05");
        let within = Period { first: day("2024-01-01"), last: day("2024-12-31") };
        let (old, new) = (book(), stricter("long_stay_steps", "[182, 273, 364]", "[100, 273, 364]"));
        let long = |book: &Rulebook| {
            let raised = flags_raised(&course, book, within);
            raised.into_iter().find(|((rule, ..), _)| *rule == *"long-stay").map(|(_, on)| on)
        };
        assert_eq!(long(old), None);
        // Day 100 of a stay begun on 2024-01-08 is 2024-04-16.
        assert_eq!(long(&new), Some(day("2024-04-16")));
        let own = &course.internships[0];
        let rules = |book: &Rulebook| {
            let answers = answers_then(&course, own, &own.first, &workplace("here"), book);
            answers.stops.into_iter().map(|stop| stop.rule.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(rules(old), Vec::<&str>::new());
        let mut place = with_staff(&[("2023-01-01", 500)]);
        place_intern(&mut place, "a", "2024-01-08", "2024-04-07", 20.0);
        assert!(answers_then(&course, own, &own.first, &place, old).stops.is_empty(), "it does not count beside itself");
        assert_eq!(rules(&stricter("first_booking_days", "91", "60")), ["duration-limit"]);
    }

    #[test]
    fn a_booking_is_weighed_with_what_was_booked_before_it_on_its_own_day_too() {
        // It was booked on 2024-01-01; the other one, at the same workplace, ends the day before it begins.
        for (other, booked_on, refused) in
            [("z", "2023-12-31", true), ("z", "2024-01-01", false), ("Z", "2024-01-01", true), ("Z", "2024-01-02", false)]
        {
            let mut course = running("a", "2024-01-08", "2024-04-07");
            add(&mut course, other, "2023-12-11", "2024-01-07");
            course.internships[1].booked_on = day(booked_on);
            let own = &course.internships[0];
            let answers = answers_then(&course, own, &own.first, &workplace("here"), book());
            let rules: Vec<&str> = answers.stops.iter().map(|stop| stop.rule.as_str()).collect();
            assert_eq!(rules.contains(&"extension-reason"), refused, "{other} {booked_on} {rules:?}");
        }
    }

    #[test]
    fn an_extension_is_weighed_with_the_versions_before_it_and_not_with_itself() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        extend_first(&mut course, "2024-04-02", "2024-05-05");
        extend_first(&mut course, "2024-04-30", "2024-06-02");
        let own = &course.internships[0];
        let missing = |version: &Version| {
            let stops = answers_then(&course, own, version, &workplace("here"), book()).stops;
            stops.into_iter().find(|stop| stop.rule == *"extension-reason").unwrap().missing
        };
        assert_eq!(missing(&own.later[0]), ["reason"], "the first of them");
        assert_eq!(missing(&own.later[1]), ["reason", "hiring-decision-date"], "the second");
    }
}
