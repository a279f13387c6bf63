//! Courses for the tables of cases, and what a rule says of them on a day.

pub use crate::domain::rules::refusals::testing::{course, outcome};
use crate::domain::{
    companies::workplace::{Hire, Placement, Supported, Workplace},
    internships::{
        alignment::Party,
        course::Course,
        internship::{Answer, AnswerKind, Ended, Ending},
    },
    people::continuity::ConsultantChange,
    rules::{
        flags::{Audience, Finding, Level, Look, rule},
        refusals::testing::{day, extend, held, internship, placement, plan, terms, workplace},
        rulebook::{BUILT_IN, Rulebook},
    },
    values::{
        day::Period,
        ids::{AccountId, ConsultantChangeId},
    },
};

pub fn add_at(course: &mut Course, id: &str, place: &str, first: &str, last: &str) {
    course.internships.push(internship(id, terms(place, place, first, last, 20.0)));
}
pub fn add(course: &mut Course, id: &str, first: &str, last: &str) {
    add_at(course, id, "here", first, last);
}
pub fn running(id: &str, first: &str, last: &str) -> Course {
    let mut course = course();
    add(&mut course, id, first, last);
    course
}
/// Booked on a day, not started, confirmed by some.
pub fn waiting(booked: &str, first: &str, confirmed: &[Party]) -> Course {
    let mut course = running("a", first, "2024-04-07");
    let internship = &mut course.internships[0];
    internship.started_on = None;
    internship.booked_on = day(booked);
    internship.first.made_on = day(booked);
    internship.first.confirmations.retain(|confirmation| confirmed.contains(&confirmation.party));
    course
}
pub fn extend_first(course: &mut Course, on: &str, to: &str) {
    extend(&mut course.internships[0], on, to);
}
pub fn end(course: &mut Course, id: &str, last: &str) {
    let found = course.internships.iter_mut().find(|internship| internship.id.as_str() == id).unwrap();
    found.ended = Some(Ended { last_day: day(last), how: Ending::NoJob, by: None, note: None, recorded_on: day(last) });
}
pub fn decide_on(course: &mut Course, date: &str) {
    course.internships[0].first.terms.decision_on = Some(day(date));
}
pub fn answer_with(course: &mut Course, answer: &str, on: &str) {
    let internship = &mut course.internships[0];
    let decision_on = internship.decision_on();
    internship.answers.push(Answer { answer: AnswerKind::parse(answer).unwrap(), words: None, on: day(on), decision_on });
}
pub fn plan_next(course: &mut Course) {
    course.internships[0].next_step = Some("Samtale med et lager".into());
}

/// A follow-up that was held and recorded on a day, at the first internship.
pub fn follow_up(course: &mut Course, on: &str, record: serde_json::Value) {
    course.internships[0].follow_ups.push(held(on, record));
}
/// A follow-up that is due on a day, at the first internship.
pub fn plan_follow_up(course: &mut Course, on: &str) {
    let mut planned = held(on, serde_json::json!({}));
    planned.held = None;
    course.internships[0].follow_ups.push(planned);
}
pub fn change_consultant(course: &mut Course, on: &str, from: &str, to: &str) {
    course.changes.push(ConsultantChange {
        id: ConsultantChangeId::stored(on),
        from: AccountId::stored(from),
        to: AccountId::stored(to),
        on: day(on),
        handed_over_on: None,
        read_on: None,
    });
}
/// A workplace with its staff in hundredths of posts.
pub fn with_staff(figures: &[(&str, i64)]) -> Workplace {
    let mut place = workplace("here");
    place.staff = figures.iter().map(|(month, posts)| (day(month), *posts)).collect();
    place
}
pub fn place_intern(place: &mut Workplace, id: &str, first: &str, last: &str, hours: f64) {
    let days = Period::new(day(first), day(last)).unwrap();
    let takes_up = vec![Supported { days, hours: plan(&[(first, hours)]) }];
    place.placements.push(Placement { takes_up, ..placement(id, days) });
}
pub fn hire_at(place: &mut Workplace, on: &str) {
    place.hires.push(Hire { recorded_on: day(on), step: crate::domain::internships::outcome::OutcomeStep::FlexJob, from: None });
}
/// The level about a workplace on each day; empty: not raised.
pub fn expect_levels_at(place: &Workplace, id: &str, days: &[(&str, &str)]) {
    let book = Rulebook::read(BUILT_IN).unwrap();
    for (on, level) in days {
        let today = day(on);
        let known = crate::domain::rules::hindsight::workplace_on(place, today);
        let reached = crate::domain::rules::flags::level_at(id, &known, book.on(today), today).map_or("", Level::code);
        assert_eq!(reached, *level, "{id} on {on}");
    }
}

fn first_finding(course: &Course, id: &str, on: &str) -> Option<Finding> {
    let book = Rulebook::read(BUILT_IN).unwrap();
    let today = day(on);
    let look = match rule(id).unwrap().look {
        Look::Course(look) => look,
        Look::Workplace(_) => unreachable!("{id} is about a workplace"),
    };
    look(course, book.on(today), today).into_iter().max_by_key(|finding| finding.reached(today).map(|(index, _)| index))
}
/// The level on each day; empty: not raised.
pub fn expect_levels(course: &Course, id: &str, days: &[(&str, &str)]) {
    for (on, level) in days {
        let finding = first_finding(course, id, on);
        let reached = finding.as_ref().and_then(|finding| finding.reached(day(on))).map_or("", |(_, step)| step.level.code());
        assert_eq!(reached, *level, "{id} on {on}");
    }
}
pub fn expect_step(course: &Course, id: &str, days: &[(&str, usize)]) {
    for (on, step) in days {
        assert_eq!(first_finding(course, id, on).unwrap().reached(day(on)).unwrap().0, *step, "{id} on {on}");
    }
}
pub fn told(course: &Course, id: &str, on: &str) -> Vec<Audience> {
    first_finding(course, id, on).unwrap().reached(day(on)).unwrap().1.told.clone()
}
pub fn paused(course: &Course, id: &str, on: &str) -> bool {
    first_finding(course, id, on).unwrap().paused
}
