//! What was known on a day: the facts as they stood at its end. Pure; the database is asked once.
//!
//! What is not kept with its day is taken as it stands now, and a reader of the result has to know: a citizen's target group,
//! goals, needs and notes of a next step, who is responsible and whether that account is open, and whether a company foresees a
//! vacancy. A booking, an answer, a follow-up or an outcome that was registered in error was believed until that day, and stands in the
//! course of the days before it, and so is a start or an end; a check of a job that was is as if it had never been, and so is all of it
//! at a workplace.

use crate::domain::{
    companies::workplace::Workplace,
    internships::{
        alignment::Decided,
        course::Course,
        in_error::InError,
        internship::Internship,
        put_right_stay::{PutRightStay, StayRecord},
    },
    people::{citizen::Citizen, step::CourseStep},
};
use chrono::NaiveDate;

/// A course as it was known at the end of a day.
pub fn course_on(course: &Course, day: NaiveDate) -> Course {
    let mut course = course.clone();
    InError::believe_on(day, &mut course.internships, &mut course.internships_in_error);
    course.internships.sort_by(|one, other| (one.booked_on, &one.id).cmp(&(other.booked_on, &other.id)));
    InError::believe_on(day, &mut course.outcomes, &mut course.outcomes_in_error);
    course.outcomes.sort_by(|one, other| (one.recorded_on, &one.id).cmp(&(other.recorded_on, &other.id)));
    let internships = course.internships.iter().filter(|internship| internship.booked_on <= day);
    Course {
        citizen: Citizen { left: course.citizen.left.filter(|left| left.recorded_on <= day), ..course.citizen },
        internships: internships.map(|internship| internship_on(internship, &course.undone, day)).collect(),
        internships_in_error: course.internships_in_error,
        undone: course.undone.iter().filter(|undone| undone.since <= day).cloned().collect(),
        outcomes_in_error: course.outcomes_in_error,
        outcomes: course
            .outcomes
            .iter()
            .filter(|outcome| outcome.recorded_on <= day)
            .map(|outcome| {
                let mut known = outcome.clone();
                known.checks.retain(|check| check.recorded_on <= day);
                known.ended_on = known.ended_on.filter(|ended| *ended <= day);
                known
            })
            .collect(),
        steps: course
            .steps
            .iter()
            .filter(|step| step.recorded_on <= day)
            .map(|step| {
                let known = step.done_recorded_on.is_some_and(|on| on <= day);
                CourseStep {
                    done_on: step.done_on.filter(|_| known),
                    phase: step.phase.filter(|_| known),
                    cancelled_on: step.cancelled_on.filter(|on| *on <= day),
                    ..step.clone()
                }
            })
            .collect(),
        changes: course
            .changes
            .iter()
            .filter(|change| change.on <= day)
            .map(|change| {
                let mut known = change.clone();
                known.handed_over_on = known.handed_over_on.filter(|on| *on <= day);
                known.read_on = known.read_on.filter(|on| *on <= day);
                known
            })
            .collect(),
    }
}

fn internship_on(internship: &Internship, undone: &[PutRightStay], day: NaiveDate) -> Internship {
    let mut known = internship.clone();
    InError::believe_on(day, &mut known.answers, &mut known.answers_in_error);
    known.answers.sort_by(|one, other| one.id.cmp(&other.id));
    InError::believe_on(day, &mut known.follow_ups, &mut known.follow_ups_in_error);
    known.follow_ups.sort_by(|one, other| (one.due_on, &one.id).cmp(&(other.due_on, &other.id)));
    InError::believe_on(day, &mut known.pauses, &mut known.pauses_in_error);
    known.pauses.retain(|pause| pause.recorded_on <= day);
    known.pauses.sort_by_key(|pause| pause.from);
    for pause in &mut known.pauses {
        pause.to = pause.to.filter(|_| pause.to_recorded_on.is_some_and(|on| on <= day));
    }
    InError::believe_on(day, &mut known.closures, &mut known.closures_in_error);
    known.closures.retain(|closed| closed.recorded_on <= day);
    known.closures.sort_by_key(|closed| closed.days.first);
    // What was withdrawn since stood on that day.
    let since = known.withdrawn.iter().filter(|withdrawn| withdrawn.on > day).map(|withdrawn| withdrawn.version.clone());
    known.later.extend(since.collect::<Vec<_>>());
    known.withdrawn.retain(|withdrawn| withdrawn.on <= day);
    known.later.sort_by_key(|version| version.number);
    known.later.retain(|version| version.made_on <= day);
    for version in std::iter::once(&mut known.first).chain(&mut known.later) {
        version.confirmations.retain(|confirmation| confirmation.on <= day);
        version.objections.retain(|objection| objection.on <= day);
        for objection in &mut version.objections {
            objection.withdrawn_on = objection.withdrawn_on.filter(|on| *on <= day);
        }
        if matches!(version.decided, Decided::On(on) if on > day) {
            version.decided = Decided::Waits;
        }
    }
    let start_known = known.start.as_ref().is_none_or(|start| start.recorded_on <= day);
    known.started_on = known.started_on.filter(|on| *on <= day && start_known);
    known.ended = known.ended.filter(|ended| ended.recorded_on <= day);
    for undone in undone.iter().filter(|undone| undone.internship == known.id && undone.was_believed_on(day)) {
        match &undone.what {
            StayRecord::Start { started_on, .. } => known.started_on = Some(*started_on),
            StayRecord::End(ended) => known.ended = Some(ended.clone()),
        }
    }
    known.cancelled_on = known.cancelled_on.filter(|on| *on <= day);
    known.answers.retain(|answer| answer.on <= day);
    known.prospect_gone_on = known.prospect_gone_on.filter(|on| *on <= day);
    for follow_up in &mut known.follow_ups {
        follow_up.held = follow_up.held.take().filter(|held| held.recorded_on <= day);
        follow_up.cancelled_on = follow_up.cancelled_on.filter(|on| *on <= day);
    }
    known
}

/// A workplace as it was known at the end of a day.
pub fn workplace_on(workplace: &Workplace, day: NaiveDate) -> Workplace {
    let mut known = workplace.clone();
    known.staff.retain(|(month, _)| *month <= day);
    known.others.retain(|report| report.as_of <= day);
    known.placements.retain(|placement| placement.booked_on <= day);
    for placement in &mut known.placements {
        placement.ended_on = placement.ended_on.filter(|on| *on <= day);
        placement.extended_on.retain(|on| *on <= day);
    }
    known.hires.retain(|hire| hire.recorded_on <= day);
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        companies::workplace::PlacedPersons,
        internships::{
            alignment::{Cause, Objection, Party},
            follow_up::Phase,
            internship::{StartRecord, WithdrawnVersion},
            outcome::{OutcomeStep, RetentionCheck},
        },
        people::leaving::{Departure, Leaving},
        testing::*,
        values::{
            ids::{ObjectionId, RetentionCheckId},
            text::WeeklyHours,
        },
    };
    use serde_json::json;

    #[test]
    fn what_was_recorded_later_was_not_known() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        extend_first(&mut course, "2024-04-02", "2024-05-05");
        end(&mut course, "a", "2024-05-05");
        let last = |on: &str| course_on(&course, day(on)).internships.first().map(|own| (own.last_day(), own.ended.is_some()));
        assert_eq!(last("2023-12-31"), None, "booked a week before the start");
        assert_eq!(last("2024-01-01"), Some((day("2024-04-07"), false)));
        assert_eq!(last("2024-04-02"), Some((day("2024-05-05"), false)));
        assert_eq!(last("2024-05-05"), Some((day("2024-05-05"), true)));
    }

    #[test]
    fn what_was_registered_in_error_was_believed_until_then() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        let what = outcome(Some("a"), OutcomeStep::FlexJob, None, "2024-02-01");
        let recorded = what.recorded_on;
        course.outcomes_in_error.push(InError { what, since: recorded + chrono::Days::new(3) });
        let believed = |after: u64| course_on(&course, recorded + chrono::Days::new(after)).outcomes.len();
        assert_eq!((believed(0), believed(2), believed(3)), (1, 1, 0));
    }

    #[test]
    fn a_start_or_an_end_that_was_put_right_was_believed_until_then() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        end(&mut course, "a", "2024-02-01");
        let own = &mut course.internships[0];
        let (internship, ended) = (own.id.clone(), own.ended.take().unwrap());
        let undone = |what, since| PutRightStay { internship: internship.clone(), what, since: day(since) };
        course.undone.push(undone(StayRecord::End(ended), "2024-02-05"));
        let state = |course: &_, on: &str| {
            let known = &course_on(course, day(on)).internships[0];
            (known.started_on.is_some(), known.ended.is_some())
        };
        for (on, expected) in [("2024-01-31", (true, false)), ("2024-02-01", (true, true)), ("2024-02-04", (true, true))] {
            assert_eq!(state(&course, on), expected, "{on}");
        }
        assert_eq!(state(&course, "2024-02-05"), (true, false));
        let started_on = course.internships[0].started_on.take().unwrap();
        let start = StayRecord::Start { started_on, recorded_on: started_on };
        course.undone.push(undone(start, "2024-02-06"));
        for (on, expected) in [("2024-01-07", (false, false)), ("2024-01-08", (true, false)), ("2024-02-05", (true, false))] {
            assert_eq!(state(&course, on), expected, "{on}");
        }
        assert_eq!(state(&course, "2024-02-06"), (false, false));
    }

    #[test]
    fn a_pause_and_its_last_day_are_known_from_the_days_on_which_they_were_recorded() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        let mut own = pause("illness", "2024-02-01", Some("2024-02-20"));
        (own.recorded_on, own.to_recorded_on) = (day("2024-02-05"), Some(day("2024-02-16")));
        let mut wrong = pause("holiday", "2024-03-04", Some("2024-03-08"));
        (wrong.recorded_on, wrong.to_recorded_on) = (day("2024-02-05"), Some(day("2024-02-05")));
        course.internships[0].pauses = vec![own];
        course.internships[0].pauses_in_error = vec![InError { what: wrong, since: day("2024-02-16") }];
        course.internships[0].closures = vec![closed("2024-03-04", "2024-03-08")];
        course.internships[0].closures[0].recorded_on = day("2024-02-16");
        let known = |on: &str| {
            let own = course_on(&course, day(on)).internships.remove(0);
            (own.pauses.iter().map(|pause| pause.to.map(|to| to.to_string())).collect::<Vec<_>>(), own.closures.len())
        };
        assert_eq!(known("2024-02-04"), (vec![], 0));
        assert_eq!(known("2024-02-15"), (vec![None, Some("2024-03-08".into())], 0));
        assert_eq!(known("2024-02-16"), (vec![Some("2024-02-20".into())], 1));
    }

    /// Something that was recorded, and whether it is known.
    type Recorded<'a> = (&'a str, fn(&Course) -> bool);

    /// Everything of a course that was recorded on 29 February.
    fn recorded_on_leap_day() -> (Course, Vec<Recorded<'static>>) {
        let leap_day = day("2024-02-29");
        let mut course = running("a", "2024-01-08", "2024-04-07");
        course.citizen.left = Some(Departure { how: Leaving::Moved, on: day("2024-02-27"), recorded_on: leap_day });
        for id in ["booked", "cancelled", "started"] {
            add(&mut course, id, "2024-02-26", "2024-04-07");
        }
        course.internships[1].booked_on = leap_day;
        course.internships[2].cancelled_on = Some(leap_day);
        course.internships[3].start = Some(StartRecord { recorded_on: leap_day, reasons: None, before_gate: false });
        let job = |first_day: &str| outcome(Some("a"), OutcomeStep::FlexJob, None, first_day);
        course.outcomes = vec![job("2024-01-15"), job("2024-02-29")];
        course.outcomes[0].ended_on = Some(leap_day);
        let id = RetentionCheckId::stored("check");
        course.outcomes[0].checks = vec![RetentionCheck { id, on: day("2024-02-26"), holds: true, recorded_on: leap_day }];
        course.steps = vec![step("conversation", "2024-02-29", "2024-03-15"), step("conversation", "2024-01-15", "2024-02-26")];
        course.steps[1].done_on = Some(day("2024-02-27"));
        course.steps[1].done_recorded_on = Some(leap_day);
        course.steps[1].phase = Some(Phase::Setback);
        course.steps.push(CourseStep { cancelled_on: Some(leap_day), ..step("step", "2024-01-15", "2024-02-26") });
        change_consultant(&mut course, "2024-02-01", "ida", "bo");
        change_consultant(&mut course, "2024-02-29", "bo", "eva");
        (course.changes[0].handed_over_on, course.changes[0].read_on) = (Some(leap_day), Some(leap_day));
        answer_with(&mut course, "no", "2024-02-29");
        follow_up(&mut course, "2024-02-26", json!({}));
        plan_follow_up(&mut course, "2024-03-15");
        extend_first(&mut course, "2024-02-20", "2024-05-05");
        extend_first(&mut course, "2024-02-29", "2024-06-02");
        let own = &mut course.internships[0];
        own.follow_ups[0].held.as_mut().unwrap().recorded_on = leap_day;
        own.follow_ups[1].cancelled_on = Some(leap_day);
        own.prospect_gone_on = Some(leap_day);
        own.first.confirmations[0].on = leap_day;
        own.later[0].decided = Decided::On(leap_day);
        let objection = |on: &str, withdrawn_on: Option<&str>| Objection {
            id: ObjectionId::stored(on),
            party: Party::Citizen,
            words: "Jeg vil hellere noget andet".into(),
            on: day(on),
            withdrawn_on: withdrawn_on.map(day),
            given_by: None,
            via: None,
            withdrawn_because: None,
            withdrawn_via: None,
        };
        own.first.objections = vec![objection("2024-02-01", Some("2024-02-29")), objection("2024-02-29", None)];
        let withdrawn = version(9, own.first.terms.clone(), Cause::Change, day("2024-02-01"));
        own.withdrawn.push(WithdrawnVersion { version: withdrawn, on: leap_day, reason: "Fejl".into() });
        let known: Vec<Recorded<'static>> = vec![
            ("the closing of the course", |course| course.citizen.left.is_some()),
            ("a booking", |course| course.internships.iter().any(|own| own.id.as_str() == "booked")),
            ("a cancellation", |course| course.internships.iter().any(|own| own.cancelled_on.is_some())),
            ("a start", |course| course.internships.iter().all(|own| own.started_on.is_some())),
            ("an outcome", |course| course.outcomes.len() == 2),
            ("the end of a job", |course| course.outcomes[0].ended_on.is_some()),
            ("a check", |course| course.outcomes[0].checks.len() == 1),
            ("a step", |course| course.steps.iter().any(|step| step.recorded_on == day("2024-02-29"))),
            ("what came of a step", |course| course.steps.iter().any(|step| step.done_on.is_some())),
            ("the phase of a conversation", |course| course.steps.iter().any(|step| step.phase.is_some())),
            ("that a step was given up", |course| course.steps.iter().any(|step| step.cancelled_on.is_some())),
            ("a change of consultant", |course| course.changes.len() == 2),
            ("a handover", |course| course.changes[0].handed_over_on.is_some()),
            ("that it was read", |course| course.changes[0].read_on.is_some()),
            ("an answer", |course| course.internships[0].answers.len() == 1),
            ("a follow-up", |course| course.internships[0].follow_ups[0].held.is_some()),
            ("that one was cancelled", |course| course.internships[0].follow_ups[1].cancelled_on.is_some()),
            ("that the prospect has gone", |course| course.internships[0].prospect_gone_on.is_some()),
            ("a confirmation", |course| course.internships[0].first.confirmations.len() == 3),
            ("a version", |course| course.internships[0].later.iter().any(|version| version.number == 3)),
            ("a decision", |course| course.internships[0].later[0].decided != Decided::Waits),
            ("an objection", |course| course.internships[0].first.objections.len() == 2),
            ("that one was withdrawn", |course| course.internships[0].first.objections[0].withdrawn_on.is_some()),
            ("a withdrawal", |course| course.internships[0].later.iter().all(|version| version.number != 9)),
        ];
        (course, known)
    }

    #[test]
    fn each_record_is_known_from_the_day_on_which_it_was_made() {
        let (course, recorded) = recorded_on_leap_day();
        for (what, known) in recorded {
            let seen = ["2024-02-28", "2024-02-29", "2024-03-01"].map(|on| known(&course_on(&course, day(on))));
            assert_eq!(seen, [false, true, true], "{what}");
        }
        let withdrawn = |on: &str| course_on(&course, day(on)).internships[0].withdrawn.len();
        assert_eq!([withdrawn("2024-02-28"), withdrawn("2024-02-29")], [0, 1]);
    }

    #[test]
    fn what_is_known_of_a_workplace_grows_day_by_day() {
        let mut place = with_staff(&[("2024-01-01", 1000), ("2024-02-01", 1100)]);
        let weekly_hours = WeeklyHours::from_minutes(600);
        place.others = vec![PlacedPersons { as_of: day("2024-02-29"), persons: 1, weekly_hours }];
        place_intern(&mut place, "a", "2024-01-08", "2024-02-29", 20.0);
        place_intern(&mut place, "b", "2024-03-07", "2024-04-07", 20.0);
        place.placements[0].ended_on = Some(day("2024-02-29"));
        place.placements[0].extended_on = vec![day("2024-02-01"), day("2024-02-29")];
        hire_at(&mut place, "2024-02-29");
        // Staff, others, placements, extensions, ended, hires.
        for (on, expected) in [
            ("2023-12-31", (0, 0, 0, 0, 0, 0)),
            ("2024-01-01", (1, 0, 1, 0, 0, 0)),
            ("2024-02-28", (2, 0, 1, 1, 0, 0)),
            ("2024-02-29", (2, 1, 2, 2, 1, 1)),
        ] {
            let known = workplace_on(&place, day(on));
            let extended = known.placements.first().map_or(0, |own| own.extended_on.len());
            let ended = known.placements.iter().filter(|own| own.ended_on.is_some()).count();
            let seen = (known.staff.len(), known.others.len(), known.placements.len(), extended, ended, known.hires.len());
            assert_eq!(seen, expected, "{on}");
        }
    }
}
