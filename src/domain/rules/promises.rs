//! Two promises over courses that nobody thought of, made of random facts.
//!
//! *Nobody is forgotten*: whatever a course has come to, if everybody now does nothing, then within 60 days, or by the next day that is
//! planned and shown, a flag stands of which somebody who works here is told, until the course is closed or done. That the account is
//! open and was told is shown with a database (`replay::tests::promises`).
//!
//! *Evaluated in time*: between one evaluation and the day that it names as the next one, nothing about a course changes. A day named
//! too late is a warning that comes too late.

use crate::domain::{
    companies::closed_days::ClosedDays,
    input::read,
    internships::{
        alignment::{Cause, Decided, Party},
        course::Course,
        follow_up_plan::plan as planned_follow_ups,
        internship::{Answer, AnswerKind, Ended, Ending, Internship, Unreachable},
        outcome::{OutcomeStep, RetentionCheck},
        pause::{Pause, PauseKind},
    },
    rules::{
        as_of::course_on,
        flags::{self, Audience, Finding},
        rulebook::Figures,
    },
    testing::{book, change_consultant, course, day, held, internship, outcome, pause, step, terms, version},
    values::{
        day::{Period, plus},
        ids::{AnswerId, FollowUpId, OutcomeId, RetentionCheckId, StepId},
    },
};
use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::json;

/// A year and a half over a leap day, two Christmases and four changes of the clock.
const BEGIN: &str = "2023-09-04";

/// Within so many days somebody must hear of it.
const DAYS: i64 = 60;
/// A planned day that passes is flagged some working days later: over Christmas or Easter that can be nine days.
const AFTER_A_PLANNED_DAY: i64 = 9;

/// What becomes of an internship, in small numbers that a failing case can be shrunk by. Days are counted from what comes before.
#[derive(Clone, Debug)]
struct Stay {
    booked: u16,
    in_days: u8,
    days: u8,
    recruits: Option<u8>,
    confirmed: u8,
    started: Option<u8>,
    ended: Option<(u8, u8)>,
    cancelled: Option<u8>,
    later: Vec<(u8, u8, u8, bool)>,
    answers: Vec<(u8, u8)>,
    next_step: bool,
    commitment: Option<u8>,
    /// For each planned follow-up: held, cancelled or left alone.
    follow_ups: Vec<u8>,
    elsewhere: bool,
    unreachable: u8,
    /// Kind, days into the period, days that it lasts, recorded so many days before or after; an open one without an end.
    pauses: Vec<(u8, u8, Option<u8>, i8)>,
    /// Days into the period, days that it lasts, recorded so many days before.
    closures: Vec<(u8, u8, u8)>,
}

#[derive(Clone, Debug)]
struct Job {
    recorded: u16,
    begins: i16,
    step: u8,
    quarter_hours: u16,
    lasts: Option<u8>,
    ended: Option<u8>,
    checks: Vec<(u8, bool)>,
    of: Option<u8>,
}

#[derive(Clone, Debug)]
struct Life {
    stays: Vec<Stay>,
    jobs: Vec<Job>,
    /// Kind, recorded, planned for, done or given up after.
    steps: Vec<(u8, u16, u8, u8)>,
    changes: Vec<u16>,
    today: u16,
}

fn stays() -> impl Strategy<Value = Stay> {
    let first = (0u16..400, 0u8..40, 1u8..120, proptest::option::of(0u8..120), 0u8..8, proptest::option::weighted(0.8, 0u8..20));
    let then = (
        proptest::option::weighted(0.3, (0u8..130, 0u8..40)),
        proptest::option::weighted(0.1, 0u8..30),
        proptest::collection::vec((0u8..100, 0u8..100, 0u8..8, any::<bool>()), 0..3),
        proptest::collection::vec((0u8..120, 0u8..3), 0..3),
        proptest::bool::weighted(0.2),
        proptest::option::weighted(0.1, 0u8..200),
        proptest::collection::vec(0u8..4, 8),
        any::<bool>(),
        0u8..6,
        proptest::collection::vec((0u8..3, 0u8..120, proptest::option::weighted(0.7, 0u8..100), -20i8..20), 0..3),
        proptest::collection::vec((0u8..160, 0u8..60, 0u8..60), 0..2),
    );
    (first, then).prop_map(|((booked, in_days, days, recruits, confirmed, started), then)| {
        let (ended, cancelled, later, answers, next_step, commitment, follow_ups, elsewhere, unreachable, pauses, closures) =
            then;
        Stay {
            booked,
            in_days,
            days,
            recruits,
            confirmed,
            started,
            ended,
            cancelled,
            later,
            answers,
            next_step,
            commitment,
            follow_ups,
            elsewhere,
            unreachable,
            pauses,
            closures,
        }
    })
}

fn jobs() -> impl Strategy<Value = Job> {
    let checks = proptest::collection::vec((0u8..250, proptest::bool::weighted(0.8)), 0..3);
    (
        0u16..400,
        -3000i16..200,
        0u8..5,
        1u16..148,
        proptest::option::weighted(0.3, 1u8..250),
        proptest::option::weighted(0.3, 0u8..250),
        checks,
        proptest::option::of(any::<u8>()),
    )
        .prop_map(|(recorded, begins, step, quarter_hours, lasts, ended, checks, of)| Job {
            recorded,
            begins: if begins < -100 { begins } else { begins % 60 },
            step,
            quarter_hours,
            lasts,
            ended,
            checks,
            of,
        })
}

fn lives() -> impl Strategy<Value = Life> {
    (
        proptest::collection::vec(stays(), 0..4),
        proptest::collection::vec(jobs(), 0..3),
        proptest::collection::vec((0u8..3, 0u16..400, 0u8..200, 0u8..255), 0..3),
        proptest::collection::vec(0u16..400, 0..3),
        0u16..520,
    )
        .prop_map(|(stays, jobs, steps, changes, today)| Life { stays, jobs, steps, changes, today })
}

fn confirm(version: &mut crate::domain::internships::alignment::Version, who: u8, on: NaiveDate) {
    let has = |party: Party| match party {
        Party::Citizen => who & 1 != 0,
        Party::Consultant => who & 2 != 0,
        Party::Company => who & 4 != 0,
    };
    version.confirmations.retain(|confirmation| has(confirmation.party));
    for confirmation in &mut version.confirmations {
        confirmation.on = on;
    }
}

impl Stay {
    /// Pauses within the period, none of them beside another, and days on which the workplace is closed.
    fn pause(&self, own: &mut Internship) {
        let period = own.span().unwrap_or(own.first.terms.period);
        for (kind, after, lasts, recorded) in &self.pauses {
            let from = plus(period.first, i64::from(*after));
            let to = lasts.map(|days| plus(from, i64::from(days)).min(period.last));
            let mut made = pause(PauseKind::ALL[usize::from(*kind)].code(), &from.to_string(), None);
            made.to = to;
            made.recorded_on = plus(from, i64::from(*recorded));
            made.to_recorded_on = to.map(|_| made.recorded_on);
            let until = |own: &Pause| own.to.unwrap_or(NaiveDate::MAX);
            let apart = |other: &Pause| until(other) < from || until(&made) < other.from;
            if period.holds(from) && own.pauses.iter().all(apart) {
                own.pauses.push(made);
            }
        }
        own.pauses.sort_by_key(|pause| pause.from);
        for (after, lasts, before) in &self.closures {
            let first = plus(period.first, i64::from(*after));
            let days = Period { first, last: plus(first, i64::from(*lasts)) };
            own.closures.push(ClosedDays { days, recorded_on: plus(first, -i64::from(*before)) });
        }
    }

    fn lived(&self, number: usize, figures: &Figures) -> Internship {
        let booked = plus(day(BEGIN), i64::from(self.booked));
        let first = plus(booked, i64::from(self.in_days));
        let last = plus(first, i64::from(self.days) - 1);
        let place = if self.elsewhere { "there" } else { "here" };
        let mut agreed = terms(place, place, &first.to_string(), &last.to_string(), 20.0);
        if let Some(days) = self.recruits {
            agreed.decision_on = Some(plus(first, i64::from(days).min(i64::from(self.days) - 1)));
            agreed.purpose = read(&json!({"kind": "recruitment"})).unwrap();
        }
        let name = format!("i{number}");
        let mut own = internship(&name, agreed);
        own.booked_on = booked;
        own.first.made_on = booked;
        own.none_needed = Some(booked);
        confirm(&mut own.first, if self.started.is_some() { 7 } else { self.confirmed }, booked);
        own.started_on = self.started.map(|late| plus(first, i64::from(late))).filter(|on| *on <= last);
        own.cancelled_on = self.cancelled.filter(|_| own.started_on.is_none()).map(|days| plus(booked, i64::from(days)));
        let mut made = own.started_on.unwrap_or(booked);
        for (after, longer, who, decided) in &self.later {
            made = plus(made, i64::from(*after));
            let mut next = own.newest().terms.clone();
            let extends = own.started_on.is_some() && *longer > 0;
            if extends {
                next.period.last = plus(own.standing().terms.period.last, i64::from(*longer));
            }
            let cause = if extends { Cause::Extension } else { Cause::Change };
            let mut later = version(own.next_number(), next, cause, made);
            confirm(&mut later, *who, made);
            later.decided = match (extends, decided) {
                (false, _) => Decided::NotNeeded,
                (true, true) => Decided::On(made),
                (true, false) => Decided::Waits,
            };
            if let Some(days) = self.commitment.filter(|_| extends) {
                let latest = plus(made, i64::from(days)).to_string();
                let word = json!({"position": "Sælger", "weekly_hours": 30, "latest_first_day": latest, "condition": "Ingen"});
                let papers = crate::domain::internships::alignment::ExtensionPapers {
                    commitment: Some(read(&word).unwrap()),
                    ..Default::default()
                };
                later.papers = Some(papers);
            }
            own.later.push(later);
        }
        for (after, answer) in &self.answers {
            let answer = [AnswerKind::Hire, AnswerKind::No, AnswerKind::MoreTime][usize::from(*answer)];
            let decision_on = own.decision_on();
            let on = plus(first, i64::from(*after));
            own.answers.push(Answer {
                id: AnswerId::stored(on.to_string()),
                answer,
                words: None,
                on,
                decision_on,
                given_by: None,
                first_day: None,
                weekly_hours: None,
            });
        }
        self.pause(&mut own);
        own.next_step = self.next_step.then(|| "Samtale med et lager".to_owned());
        for (slot, fate) in planned_follow_ups(&own, figures).iter().zip(self.follow_ups.iter().cycle()) {
            let mut planned = held(&slot.on.to_string(), json!({"phase": "progression"}));
            planned.id = FollowUpId::stored(format!("{name}-{}", slot.on));
            planned.due_on = slot.due_on;
            if let Some(held) = &mut planned.held {
                (held.on, held.recorded_on) = (slot.due_on, slot.due_on);
            }
            planned.internship = own.id.clone();
            match fate {
                0 | 1 => {}
                2 => planned.held = None,
                _ => {
                    planned.held = None;
                    planned.cancelled_on = Some(first);
                }
            }
            own.follow_ups.push(planned);
        }
        if let (Some((after, late)), Some(stay)) = (self.ended, own.stay()) {
            let last_day = plus(stay.first, i64::from(after)).min(stay.last);
            own.ended =
                Some(Ended { last_day, how: Ending::NoJob, by: None, note: None, recorded_on: plus(last_day, i64::from(late)) });
        }
        let unreachable = [(1, Party::Citizen), (2, Party::Company)].into_iter().filter(|(own, _)| *own == self.unreachable);
        own.unreachable = unreachable.map(|(_, party)| Unreachable { party, since: None }).collect();
        own
    }
}

impl Life {
    fn lived(&self, figures: &Figures) -> (Course, NaiveDate) {
        let mut lived = course();
        let begin = day(BEGIN);
        lived.citizen.registered_on = Some(begin);
        lived.internships = self.stays.iter().enumerate().map(|(number, stay)| stay.lived(number, figures)).collect();
        lived.internships.sort_by_key(|own| own.booked_on);
        for (number, job) in self.jobs.iter().enumerate() {
            let steps = [
                OutcomeStep::OrdinaryFullTime,
                OutcomeStep::OrdinaryPartTime,
                OutcomeStep::FlexJob,
                OutcomeStep::WageSubsidy,
                OutcomeStep::Education,
            ];
            let recorded = plus(begin, i64::from(job.recorded));
            let first = plus(recorded, i64::from(job.begins));
            let mut own = outcome(None, steps[usize::from(job.step)], Some("here"), &first.to_string());
            own.id = OutcomeId::stored(format!("o{number}"));
            own.recorded_on = recorded;
            own.weekly_hours = Some(crate::domain::values::text::WeeklyHours::from_minutes(i64::from(job.quarter_hours) * 15));
            if let (Some(days), true) = (job.lasts, own.step != OutcomeStep::Education) {
                own.until = Some(plus(first, i64::from(days)));
            }
            own.ended_on = job.ended.map(|days| plus(recorded.max(first), i64::from(days)));
            let from = job.of.and_then(|of| lived.internships.get(usize::from(of) % lived.internships.len().max(1)));
            own.from = from.filter(|from| from.started_on.is_some()).map(|from| from.id.clone());
            for (check, (after, holds)) in job.checks.iter().enumerate().filter(|_| own.step.is_hire()) {
                let on = plus(recorded.max(first), i64::from(*after));
                let id = RetentionCheckId::stored(format!("c{number}-{check}"));
                own.checks.push(RetentionCheck { id, on, holds: *holds, recorded_on: on });
                if !holds {
                    own.ended_on = Some(own.ended_on.map_or(on, |ended| ended.min(on)));
                }
            }
            lived.outcomes.push(own);
        }
        for (number, (kind, recorded, planned, done)) in self.steps.iter().enumerate() {
            let kind = ["conversation", "step", "awaited-clarification"][usize::from(*kind)];
            let recorded = plus(begin, i64::from(*recorded));
            let mut own = step(kind, &recorded.to_string(), &plus(recorded, i64::from(*planned)).to_string());
            own.id = StepId::stored(format!("s{number}"));
            let then = Some(plus(recorded, i64::from(*done)));
            match done % 3 {
                0 => (own.done_on, own.done_recorded_on) = (then, then),
                1 => own.cancelled_on = then,
                _ => {}
            }
            lived.steps.push(own);
        }
        let mut days = self.changes.clone();
        days.sort_unstable();
        for (number, after) in days.iter().enumerate() {
            let (from, to) = (format!("a{number}"), format!("a{}", number + 1));
            change_consultant(&mut lived, &plus(begin, i64::from(*after)).to_string(), &from, &to);
        }
        let today = plus(begin, i64::from(self.today));
        (course_on(&lived, today), today)
    }
}

fn is_told(finding: &Finding, today: NaiveDate) -> bool {
    let here = |audience: &Audience| !matches!(audience, Audience::Citizen | Audience::CompanyContact);
    finding.steps.iter().any(|step| step.on <= today && step.audience.iter().any(here))
}

/// Days to come that are planned and shown to whoever looks at the course: somebody looks at it then, or it is flagged.
fn planned_days(course: &Course, figures: &Figures, today: NaiveDate) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = course.steps.iter().filter(|step| step.is_open()).map(|step| step.expected_on).collect();
    // What lies behind a pause without an end is no plan that anybody looks at.
    let waits = |own: &Internship| own.pauses.iter().any(|pause| pause.to.is_none() && pause.from <= today);
    for own in course.internships.iter().filter(|own| !own.is_closed() && !waits(own)) {
        days.push(if own.started_on.is_some() { own.last_day() } else { own.newest().terms.period.first });
        days.extend(own.follow_ups.iter().filter(|own| own.is_open()).map(|own| own.due_on));
    }
    for own in course.outcomes.iter().filter(|own| own.ended_on.is_none()) {
        days.extend(own.until);
        if own.step.is_hire() {
            days.extend(figures.retention_check_weeks.map(|weeks| plus(own.first_day, weeks * 7)));
        }
    }
    days.retain(|day| *day > today);
    days
}

/// Nothing more is to be done: a job that has held its last check, or that goes on with a check to come, or education that goes on.
fn is_done(course: &Course, figures: &Figures, today: NaiveDate) -> bool {
    let last = figures.retention_check_weeks.into_iter().max().unwrap() * 7;
    course.outcomes.iter().filter(|own| own.ended_on.is_none()).any(|own| {
        let held = own.checks.iter().any(|check| check.on >= plus(own.first_day, last - figures.retention_check_early_days));
        let works = own.counts_as_hire(figures) && own.until.is_none() && own.checks.iter().all(|check| check.holds);
        (works && held && own.first_day <= today) || own.step == OutcomeStep::Education
    })
}

/// What stands on a day: each rule with its subject and occasion, and the step that it has reached.
fn standing(course: &Course, figures: &Figures, today: NaiveDate) -> (Vec<(String, usize)>, Option<NaiveDate>) {
    let found = flags::findings(course, figures, today);
    let next = flags::next_evaluation(&found, course, today);
    let stands = found.iter().filter_map(|(rule, finding)| {
        let (step, _) = finding.reached(today)?;
        Some((format!("{} {} {} {}", rule.id, finding.subject.key(), finding.occasion, finding.paused), step))
    });
    let mut stands: Vec<_> = stands.collect();
    stands.sort();
    (stands, next)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_is_forgotten(life in lives()) {
        let book = book();
        let figures = book.on(day(BEGIN));
        let (course, today) = life.lived(figures);
        let next = planned_days(&course, figures, today).into_iter().min().map_or(today, |day| plus(day, AFTER_A_PLANNED_DAY));
        let latest = plus(today, DAYS).max(next);
        let told = |on: NaiveDate| flags::findings(&course, figures, on).iter().any(|(_, finding)| is_told(finding, on));
        let heard = today.iter_days().take_while(|on| *on <= latest).step_by(5).chain([latest]).any(told);
        prop_assert!(heard || is_done(&course, figures, latest), "nobody heard until {latest}: {course:?}");
    }

    #[test]
    fn a_course_is_evaluated_again_before_anything_about_it_changes(life in lives()) {
        let book = book();
        let figures = book.on(day(BEGIN));
        let (course, today) = life.lived(figures);
        let (mut stands, mut next) = standing(&course, figures, today);
        for on in today.iter_days().skip(1).take(400) {
            let (now, then) = standing(&course, figures, on);
            if next == Some(on) {
                (stands, next) = (now, then);
                prop_assert!(next.is_none_or(|next| next > on), "the next evaluation is to lie ahead of {on}");
            } else {
                prop_assert_eq!(&now, &stands, "on {}, but it was to be evaluated on {:?}", on, next);
            }
        }
    }
}
