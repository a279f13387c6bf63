use super::*;
use crate::domain::{
    internships::{
        alignment::{Cause, Decided},
        course::Course,
        statements::Representative,
    },
    testing::{answer_with, day, decide_on, extend, held, internship, plan, running, terms, version},
};
use serde_json::json;

fn booked() -> Internship {
    Internship { started_on: None, ..internship("a", terms("here", "here", "2024-01-08", "2024-04-07", 20.0)) }
}

fn ended(last_day: &str) -> Ended {
    Ended { last_day: day(last_day), how: Ending::NoJob, by: None, note: None, recorded_on: day(last_day) }
}

#[test]
fn breaking_off_speaks_against_nobody_where_the_citizen_did_it_or_the_course_was_closed() {
    for (how, by, citizen) in [
        (Some(Ending::BrokenOff), Some(Party::Citizen), true),
        (Some(Ending::BrokenOff), Some(Party::Company), false),
        (Some(Ending::BrokenOff), None, false),
        (Some(Ending::NoJob), Some(Party::Citizen), false),
        (Some(Ending::Left), None, true),
        (None, Some(Party::Citizen), false),
    ] {
        assert_eq!(Ending::broken_off_by_citizen(how, by), citizen, "{how:?} {by:?}");
    }
    let steps: Vec<&str> = Ending::ALL.iter().filter_map(|how| how.step()).map(OutcomeStep::code).collect();
    assert_eq!(steps, ["ordinary-full-time", "ordinary-part-time", "flex-job", "wage-subsidy", "education"]);
}

#[test]
fn a_statement_lets_it_start_where_the_conditions_are_met_or_a_leader_overrules_it() {
    let statement = |conditions_met, overruled: Option<&str>| Statement {
        given_by: Representative::Unit,
        name: None,
        conditions_met,
        on: day("2024-01-02"),
        overruled: overruled.map(|words| crate::domain::input::read(&json!(words)).unwrap()),
        via: None,
        remark: None,
    };
    for (met, overruled, starts) in
        [(true, None, true), (false, None, false), (false, Some("Aftalt igen"), true), (true, Some("Aftalt igen"), true)]
    {
        assert_eq!(statement(met, overruled).lets_start(), starts, "{met} {overruled:?}");
    }
}

#[test]
fn an_accommodation_is_agreed_by_each_apart() {
    let agreement = |party| Agreement { party, via: Via::Paper, on: day("2024-01-02") };
    let own = Accommodation {
        id: AccommodationId::stored("pause"),
        need: None,
        function: "Pauser".into(),
        agreements: vec![agreement(Party::Citizen), agreement(Party::Consultant)],
    };
    assert_eq!(Party::ALL.iter().map(|party| own.agreed_by(*party)).collect::<Vec<_>>(), [true, true, false]);
}

#[test]
fn what_counts_is_the_newest_version_in_force_and_before_any_is_the_newest() {
    let mut own = booked();
    let numbers = |own: &Internship| {
        let number = |version: &Version| version.number;
        (own.newest().number, own.in_force().map(number), own.standing().number, own.pending().map(number))
    };
    assert_eq!(numbers(&own), (1, Some(1), 1, None));
    // A second that the company has not confirmed, and a third without a decision.
    extend(&mut own, "2024-02-29", "2024-05-05");
    own.later[0].confirmations.pop();
    assert_eq!(numbers(&own), (2, Some(1), 1, Some(2)));
    assert_eq!(own.withdrawable().map(|version| version.number), Some(2));
    extend(&mut own, "2024-03-04", "2024-06-02");
    assert_eq!(numbers(&own), (3, Some(3), 3, None));
    assert_eq!(own.withdrawable().map(|version| version.number), None, "what is in force cannot be withdrawn");
    own.later[1].decided = Decided::Waits;
    assert_eq!(numbers(&own), (3, Some(1), 1, Some(3)));
    own.first.confirmations.clear();
    assert_eq!(numbers(&own), (3, None, 3, None));
}

#[test]
fn a_withdrawn_version_keeps_its_number() {
    let mut own = booked();
    assert_eq!(own.next_number(), 2);
    extend(&mut own, "2024-02-29", "2024-05-05");
    assert_eq!(own.next_number(), 3);
    let withdrawn = version(7, own.first.terms.clone(), Cause::Change, day("2024-02-01"));
    own.withdrawn.push(WithdrawnVersion { version: withdrawn, on: day("2024-02-02"), reason: "Fejl".into() });
    assert_eq!(own.next_number(), 8);
}

#[test]
fn an_extension_counts_from_the_day_on_which_it_is_in_force() {
    let mut own = booked();
    extend(&mut own, "2024-02-29", "2024-05-05");
    extend(&mut own, "2024-03-04", "2024-06-02");
    own.later[1].confirmations.pop();
    let mut changed = own.standing().terms.clone();
    changed.hours = plan(&[("2024-01-08", 25.0)]);
    own.later.push(version(4, changed, Cause::Change, day("2024-03-05")));
    let extensions: Vec<_> = own.extensions().map(|(version, since)| (version.number, since)).collect();
    assert_eq!(extensions, [(2, day("2024-02-29"))]);
}

#[test]
fn a_stay_runs_from_the_start_to_the_agreed_or_recorded_end() {
    let period = |first: &str, last: &str| Period::new(day(first), day(last));
    let mut own = booked();
    assert_eq!((own.stay(), own.span()), (None, period("2024-01-08", "2024-04-07")));
    own.started_on = Some(day("2024-01-10"));
    assert_eq!((own.stay(), own.span()), (period("2024-01-10", "2024-04-07"), period("2024-01-10", "2024-04-07")));
    extend(&mut own, "2024-02-29", "2024-05-05");
    assert_eq!((own.last_day(), own.stay()), (day("2024-05-05"), period("2024-01-10", "2024-05-05")));
    own.ended = Some(ended("2024-03-01"));
    assert_eq!((own.last_day(), own.span()), (day("2024-03-01"), period("2024-01-10", "2024-03-01")));
    own.cancelled_on = Some(day("2024-01-09"));
    assert_eq!(own.span(), None, "what is cancelled takes up no days");
}

#[test]
fn where_it_stands_follows_from_what_is_recorded_and_the_day() {
    use State::{Booked, Cancelled, Ended, Lapsed, Over, Running};
    let started = Internship { started_on: Some(day("2024-01-08")), ..booked() };
    let over = Internship { ended: Some(ended("2024-02-29")), ..started.clone() };
    let cancelled = Internship { cancelled_on: Some(day("2024-01-05")), ..booked() };
    // The state on the last agreed day and on the day after; whether it is open, closed, or waits for its start.
    for (own, on_last, after, open, closed, waiting) in [
        (booked(), Booked, Lapsed, false, false, true),
        (started, Running, Over, true, false, false),
        (over, Ended, Ended, false, true, false),
        (cancelled.clone(), Cancelled, Cancelled, false, true, false),
        (Internship { started_on: Some(day("2024-01-08")), ..cancelled }, Cancelled, Cancelled, false, true, false),
    ] {
        assert_eq!((own.state(day("2024-04-07")), own.state(day("2024-04-08"))), (on_last, after));
        assert_eq!((own.is_open(), own.is_closed(), own.is_waiting()), (open, closed, waiting), "{on_last}");
        assert_eq!(own.awaits_start(day("2024-04-07")), on_last == Booked);
        assert!(!own.awaits_start(day("2024-04-08")));
    }
}

#[test]
fn more_time_answers_nothing_and_an_answer_is_of_the_date_that_stands() {
    let mut course = running("a", "2024-01-08", "2024-04-07");
    let answered = |course: &Course| course.internships[0].answered().map(|answer| (answer.answer, answer.on));
    decide_on(&mut course, "2024-03-25");
    answer_with(&mut course, "no", "2024-03-20");
    assert_eq!(answered(&course), Some((AnswerKind::No, day("2024-03-20"))));
    answer_with(&mut course, "hire", "2024-03-21");
    answer_with(&mut course, "more-time", "2024-03-22");
    assert_eq!(answered(&course), Some((AnswerKind::Hire, day("2024-03-21"))), "the newest that is one");
    decide_on(&mut course, "2024-04-02");
    assert_eq!(course.internships[0].decision_on(), Some(day("2024-04-02")));
    assert_eq!(answered(&course), None);
}

#[test]
fn follow_ups_that_were_held_come_in_the_order_of_their_days() {
    let mut own = booked();
    own.follow_ups = vec![held("2024-02-29", json!({})), held("2024-01-15", json!({})), held("2024-02-01", json!({}))];
    own.follow_ups[2].held = None;
    assert_eq!(own.held().map(|held| held.on).collect::<Vec<_>>(), [day("2024-01-15"), day("2024-02-29")]);
}

#[test]
fn it_may_start_some_days_late_but_not_after_its_last_day() {
    let mut own = booked();
    assert_eq!(own.start_by(14), day("2024-01-22"));
    own.first.terms.period.last = day("2024-01-12");
    assert_eq!(own.start_by(14), day("2024-01-12"));
}
