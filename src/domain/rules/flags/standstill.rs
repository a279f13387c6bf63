//! `standstill` (S26): between internships nothing happened, and standing still is mostly waiting. An open course in which for some weeks
//! nothing was held, done, booked or begun, and nothing is planned that is still to come.
//!
//! Promise: nobody is forgotten. A follow-up, a step or a first day that is planned covers until its own day and no longer; a running
//! internship without any follow-up to come counts by its last contact only; whoever was registered and never had anything is found
//! too. A job that runs and holds needs no more: its checks have a rule of their own, and after the last one the course is done; so is it
//! while education runs.

use crate::domain::{
    internships::{
        course::Course,
        internship::Internship,
        outcome::{Outcome, OutcomeStep},
    },
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared},
            steps::two_steps,
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{
        day::{danish, plus},
        localized::localized,
    },
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("standstill"),
    about: About::Citizen,
    basis: Basis::Figure("standstill_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: (
            "Der er længe ikke sket noget i borgerens forløb, og der er ikke planlagt noget.",
            "For long nothing has happened in the citizen's course, and nothing is planned.",
        ),
        why: (
            "Mellem praktikkerne sker der ofte ingenting. Stilstand er mest ventetid.",
            "Between internships often nothing happens. Standing still is mostly waiting.",
        ),
        now: (
            "Tal med borgeren, og skriv det næste skridt ned med en dag – eller luk forløbet.",
            "Talk with the citizen, and write down the next step with its day – or close the course.",
        ),
    },
    resolution: cleared,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
    let citizen = &course.citizen;
    let began = citizen.registered_on.or_else(|| citizen.capacities.iter().map(|capacity| capacity.from).min());
    let Some(began) = began.filter(|_| !course.outcomes.iter().any(|outcome| lasts(outcome, figures))) else { return Vec::new() };
    let last = happened(course).into_iter().filter(|day| *day <= today).max().unwrap_or(began).max(began);
    let planned = planned(course).into_iter().max();
    let [notice, warning] = figures.standstill_steps;
    let first = planned.map_or(plus(last, notice), |day| plus(last, notice).max(plus(day, 1)));
    let second = plus(last, warning).max(plus(first, warning - notice));
    use Audience::{Consultant, TeamLeader};
    vec![Finding {
        subject: Subject::Citizen(citizen.id.clone()),
        occasion: String::new(),
        steps: two_steps([first, second], [&[Consultant], &[Consultant, TeamLeader]]),
        evidence: vec![
            compared(localized("Sidst skete der noget", "Something last happened"), last),
            compared(localized("Sidst planlagt til", "Last planned for"), planned.map_or_else(|| "–".to_owned(), danish)),
            compared(localized("Dage uden", "Days without"), notice),
        ],
        paused: false,
        until: None,
    }]
}

/// A job that counts and whose checks are still to come or held, and education that goes on. A job that is put on record as history has
/// no check that anybody asks for, so it does not keep a course quiet.
fn lasts(outcome: &Outcome, figures: &Figures) -> bool {
    let last_check = figures.retention_check_weeks.into_iter().max().unwrap_or_default() * 7;
    let checked = plus(outcome.first_day, last_check) >= outcome.recorded_on || !outcome.checks.is_empty();
    let holds = outcome.until.is_none() && outcome.checks.iter().all(|check| check.holds);
    let job = outcome.counts_as_hire(figures) && checked && holds;
    outcome.ended_on.is_none() && (job || outcome.step == OutcomeStep::Education)
}

/// The days on which something happened.
fn happened(course: &Course) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = course.citizen.reopened_on.into_iter().collect();
    days.extend(course.steps.iter().filter_map(|step| step.done_on));
    for internship in course.internships.iter().filter(|internship| internship.cancelled_on.is_none()) {
        days.extend(internship.versions().map(|version| version.made_on));
        days.extend([internship.booked_on].into_iter().chain(internship.started_on));
        days.extend(internship.held().map(|held| held.on));
        days.extend(internship.answers.iter().map(|answer| answer.on));
        days.extend(internship.ended.iter().map(|ended| ended.recorded_on));
    }
    for outcome in &course.outcomes {
        days.extend([outcome.recorded_on, outcome.first_day].into_iter().chain(outcome.ended_on.or(outcome.until)));
        days.extend(outcome.checks.iter().map(|check| check.on));
    }
    days
}

/// The days for which something is planned, those that are past among them.
fn planned(course: &Course) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = course.steps.iter().filter(|step| step.is_open()).map(|step| step.expected_on).collect();
    let waits = |own: &&Internship| own.started_on.is_none() && own.cancelled_on.is_none() && own.ended.is_none();
    days.extend(course.internships.iter().filter(waits).map(|own| own.standing().terms.period.first));
    let running = course.internships.iter().filter(|own| own.is_open()).flat_map(|own| &own.follow_ups);
    days.extend(running.filter(|follow_up| follow_up.is_open()).map(|follow_up| follow_up.due_on));
    days.extend(course.outcomes.iter().filter(|outcome| outcome.ended_on.is_none()).filter_map(|outcome| outcome.until));
    days
}

#[cfg(test)]
mod tests {
    use crate::domain::{
        internships::{
            course::Course,
            outcome::{OutcomeStep, RetentionCheck},
        },
        testing::*,
        values::ids::RetentionCheckId,
    };
    use serde_json::json;

    fn registered(on: &str) -> Course {
        let mut course = course();
        course.citizen.registered_on = Some(day(on));
        course
    }

    #[test]
    fn whoever_was_registered_and_never_had_anything_is_found_after_eight_weeks() {
        expect_levels(
            &registered("2024-01-01"),
            "standstill",
            &[
                ("2024-02-25", ""),
                ("2024-02-26", "notice"),
                ("2024-02-27", "notice"),
                ("2024-03-24", "notice"),
                ("2024-03-25", "warning"),
                ("2024-03-26", "warning"),
            ],
        );
    }

    #[test]
    fn what_was_done_counts_from_its_day_and_what_is_planned_until_its_own() {
        let mut course = registered("2024-01-01");
        course.steps.push(step("conversation", "2024-02-01", "2024-02-01"));
        course.steps[0].done_on = Some(day("2024-02-01"));
        expect_levels(&course, "standstill", &[("2024-03-27", ""), ("2024-03-28", "notice"), ("2024-04-25", "warning")]);
        course.steps.push(step("step", "2024-02-01", "2024-05-02"));
        expect_levels(
            &course,
            "standstill",
            &[("2024-05-02", ""), ("2024-05-03", "notice"), ("2024-05-30", "notice"), ("2024-05-31", "warning")],
        );
        course.steps[1].cancelled_on = Some(day("2024-03-01"));
        expect_levels(&course, "standstill", &[("2024-03-28", "notice")]);
    }

    #[test]
    fn a_running_internship_counts_as_long_as_a_follow_up_is_to_come() {
        let mut course = running("a", "2024-01-08", "2024-12-31");
        course.citizen.registered_on = Some(day("2024-01-01"));
        expect_levels(&course, "standstill", &[("2024-03-03", ""), ("2024-03-04", "notice")]);
        follow_up(&mut course, "2024-02-05", json!({"phase": "progression"}));
        expect_levels(&course, "standstill", &[("2024-03-31", ""), ("2024-04-01", "notice")]);
        plan_follow_up(&mut course, "2024-06-03");
        expect_levels(&course, "standstill", &[("2024-06-03", ""), ("2024-06-04", "notice")]);
        course.internships[0].follow_ups[1].cancelled_on = Some(day("2024-03-01"));
        expect_levels(&course, "standstill", &[("2024-04-01", "notice")]);
    }

    #[test]
    fn a_booked_first_day_covers_until_it_comes_and_a_cancelled_one_not_at_all() {
        let mut course = waiting("2024-01-02", "2024-04-01", &[]);
        course.citizen.registered_on = Some(day("2024-01-01"));
        expect_levels(&course, "standstill", &[("2024-04-01", ""), ("2024-04-02", "notice")]);
        course.internships[0].cancelled_on = Some(day("2024-02-10"));
        expect_levels(&course, "standstill", &[("2024-02-25", ""), ("2024-02-26", "notice")]);
    }

    #[test]
    fn a_job_that_holds_and_education_need_nothing_more_and_a_subsidy_lasts_to_its_end() {
        for (kind, level) in [(OutcomeStep::FlexJob, ""), (OutcomeStep::Education, ""), (OutcomeStep::WageSubsidy, "warning")] {
            let mut course = registered("2024-01-01");
            course.outcomes.push(outcome(None, kind, None, "2024-01-08"));
            expect_levels(&course, "standstill", &[("2024-07-07", ""), ("2025-07-07", level)]);
        }
        let mut course = registered("2024-01-01");
        course.outcomes.push(outcome(None, OutcomeStep::FlexJob, None, "2024-01-08"));
        let (on, recorded_on) = (day("2024-04-08"), day("2024-04-08"));
        course.outcomes[0].checks.push(RetentionCheck { id: RetentionCheckId::stored("c"), on, holds: false, recorded_on });
        expect_levels(&course, "standstill", &[("2024-06-02", ""), ("2024-06-03", "notice")]);
        course.outcomes[0].ended_on = Some(day("2024-03-31"));
        expect_levels(&course, "standstill", &[("2024-06-03", "notice")]);
    }
}
