//! What happens in a course, step by step: internships, extensions, ends, answers, follow-ups, changes of consultant.

use crate::domain::{
    internships::{
        alignment::Party,
        course::Course,
        internship::{Answer, AnswerKind, Ended, Ending},
    },
    people::consultant_change::ConsultantChange,
    testing::{course, day, extend, held, internship, terms},
    values::ids::{AccountId, ConsultantChangeId},
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
    internship.answers.push(Answer {
        id: crate::domain::values::ids::AnswerId::stored(on),
        answer: AnswerKind::parse(answer).unwrap(),
        words: None,
        on: day(on),
        decision_on,
        given_by: None,
        first_day: None,
        weekly_hours: None,
    });
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
        wished_by_citizen: false,
    });
}
