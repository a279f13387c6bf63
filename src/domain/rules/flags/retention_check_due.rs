//! `retention-check-due` (S19): 13 and 26 weeks after the first day of work, somebody checks that the job lasts and that the
//! accommodations are still kept. A later step of the same hire restarts nothing, except ordinary work or flex job after a wage
//! subsidy, which is no hire.

use crate::domain::{
    internships::{course::Course, outcome::Outcome},
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, Resolution, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording},
            steps::two_steps,
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{day::plus, localized::localized},
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("retention-check-due"),
    about: About::Hire,
    basis: Basis::Figure("retention_check_weeks"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("Det er tid at høre, om jobbet holder.", "It is time to hear whether the job holds."),
        why: (
            "Et job, der holder, er målet. Skånehensyn, der glider, koster det.",
            "A job that holds is the aim. Accommodations that slip cost it.",
        ),
        now: (
            "Ring til borgeren og virksomheden: holder jobbet, og holdes skånehensynene? Skriv svaret ind.",
            "Call citizen and company: does the job hold, and are the accommodations kept? Record the answer.",
        ),
    },
    resolution,
    until_seen: false,
};

fn resolution(course: &Course, subject: &Subject, _: &str, _: NaiveDate) -> Resolution {
    let Subject::Outcome(id) = subject else { return Resolution::Closed };
    let lost = course.outcomes.iter().any(|outcome| outcome.id == *id && outcome.ended_on.is_some());
    if lost { Resolution::Closed } else { Resolution::Cleared }
}

/// The hires that come of the same internship as one and follow it without a gap, itself included.
fn chain<'c>(course: &'c Course, first: &'c Outcome) -> Vec<&'c Outcome> {
    let mut found = vec![first];
    let mut next = 0;
    while let Some(earlier) = found.get(next).copied() {
        next += 1;
        for later in course.outcomes.iter().filter(|later| later.step.is_hire() && follows(earlier, later)) {
            if !found.iter().any(|known| known.id == later.id) {
                found.push(later);
            }
        }
    }
    found
}

fn follows(earlier: &Outcome, later: &Outcome) -> bool {
    let same = earlier.from.is_some() && earlier.from == later.from;
    let held = earlier.ended_on.is_none_or(|ended| plus(ended, 1) >= later.first_day);
    let before = (earlier.first_day, earlier.recorded_on, &earlier.id) < (later.first_day, later.recorded_on, &later.id);
    same && held && before
}

fn evaluate(course: &Course, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
    let hires = || course.outcomes.iter().filter(|outcome| outcome.step.is_hire());
    let firsts = hires().filter(|hire| !hires().any(|earlier| follows(earlier, hire)));
    firsts.filter_map(|first| of_hire(course, first, figures, today)).collect()
}

fn of_hire(course: &Course, first: &Outcome, figures: &Figures, today: NaiveDate) -> Option<Finding> {
    let steps = chain(course, first);
    let last_step = steps.iter().max_by_key(|step| (step.first_day, step.recorded_on))?;
    let checks = || steps.iter().flat_map(|step| &step.checks);
    if last_step.ended_on.is_some() || checks().any(|check| !check.holds) {
        return None;
    }
    let due = |weeks: i64| plus(first.first_day, weeks * 7);
    let held = |on: NaiveDate| checks().any(|check| check.serves(on, figures));
    // Of two that are due the earlier one is moot.
    // A check that lay before the job was recorded is nobody's: the job is history.
    let asked = |weeks: &i64| due(*weeks) >= first.recorded_on && !held(due(*weeks));
    let mut open: Vec<i64> = figures.retention_check_weeks.into_iter().filter(asked).collect();
    open.sort_unstable();
    let past = open.iter().copied().filter(|weeks| due(*weeks) <= today).max();
    let weeks = past.or_else(|| open.first().copied())?;
    let later = open.into_iter().find(|other| *other > weeks).map(due);
    let audience: &[Audience] = &[Audience::Consultant];
    Some(Finding {
        subject: Subject::Outcome(first.id.clone()),
        occasion: weeks.to_string(),
        steps: two_steps([due(weeks), plus(due(weeks), figures.retention_check_late_days)], [audience, audience]),
        evidence: vec![
            compared(localized("Første arbejdsdag", "First day of work"), first.first_day),
            compared(localized("Uger", "Weeks"), weeks),
            compared(localized("Kontrollen skulle holdes", "The check was due"), due(weeks)),
            compared(localized("Kontroller indtil nu", "Checks so far"), checks().count()),
        ],
        paused: false,
        until: later,
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::{
        internships::{
            course::Course,
            outcome::{OutcomeStep, RetentionCheck},
        },
        testing::*,
        values::ids::{OutcomeId, RetentionCheckId},
    };

    fn hired(step: OutcomeStep, first_day: &str) -> Course {
        let mut course = running("a", "2013-06-10", "2013-09-08");
        course.outcomes.push(outcome(Some("a"), step, Some("here"), first_day));
        course
    }

    fn check(course: &mut Course, hire: usize, on: &str, holds: bool) {
        let day = on.parse().unwrap();
        course.outcomes[hire].checks.push(RetentionCheck { id: RetentionCheckId::stored(on), on: day, holds, recorded_on: day });
    }

    #[test]
    fn thirteen_and_twenty_six_weeks_after_the_first_day() {
        let mut course = hired(OutcomeStep::OrdinaryFullTime, "2024-01-01");
        expect_levels(
            &course,
            "retention-check-due",
            &[
                ("2024-03-31", ""),
                ("2024-04-01", "notice"),
                ("2024-04-07", "notice"),
                ("2024-04-08", "warning"),
                ("2024-04-09", "warning"),
            ],
        );
        check(&mut course, 0, "2024-04-09", true);
        expect_levels(&course, "retention-check-due", &[("2024-04-09", ""), ("2024-06-30", ""), ("2024-07-01", "notice")]);
    }

    #[test]
    fn a_check_two_weeks_early_counts_and_one_day_more_does_not() {
        for (on, level) in [("2024-03-17", "notice"), ("2024-03-18", ""), ("2024-03-19", "")] {
            let mut course = hired(OutcomeStep::FlexJob, "2024-01-01");
            check(&mut course, 0, on, true);
            expect_levels(&course, "retention-check-due", &[("2024-04-01", level)]);
        }
    }

    #[test]
    fn a_later_step_restarts_nothing_except_after_wage_subsidy() {
        let mut course = hired(OutcomeStep::OrdinaryPartTime, "2024-01-01");
        let mut full = outcome(Some("a"), OutcomeStep::OrdinaryFullTime, Some("here"), "2024-02-01");
        full.id = OutcomeId::stored("full");
        course.outcomes.push(full.clone());
        expect_levels(&course, "retention-check-due", &[("2024-04-01", "notice")]);
        check(&mut course, 1, "2024-04-02", true);
        expect_levels(&course, "retention-check-due", &[("2024-05-02", ""), ("2024-07-01", "notice")]);
        let mut course = hired(OutcomeStep::WageSubsidy, "2013-09-09");
        expect_levels(&course, "retention-check-due", &[("2013-12-09", "")]);
        full.first_day = "2014-03-10".parse().unwrap();
        full.recorded_on = full.first_day;
        course.outcomes.push(full);
        expect_levels(&course, "retention-check-due", &[("2014-06-08", ""), ("2014-06-09", "notice")]);
    }

    #[test]
    fn nobody_checks_a_job_whose_check_lay_before_it_was_recorded() {
        let mut course = hired(OutcomeStep::OrdinaryFullTime, "2014-05-01");
        course.outcomes[0].recorded_on = day("2024-01-15");
        expect_levels(&course, "retention-check-due", &[("2024-01-15", ""), ("2024-12-01", "")]);
        // Recorded between the two checks: the later one is still to come.
        course.outcomes[0].recorded_on = day("2014-09-01");
        expect_levels(&course, "retention-check-due", &[("2014-09-01", ""), ("2014-10-29", ""), ("2014-10-30", "notice")]);
    }

    #[test]
    fn a_job_that_was_lost_is_not_asked_about() {
        let mut course = hired(OutcomeStep::OrdinaryPartTime, "2024-01-01");
        course.outcomes[0].ended_on = Some("2024-03-01".parse().unwrap());
        expect_levels(&course, "retention-check-due", &[("2024-04-01", "")]);
        let mut course = hired(OutcomeStep::OrdinaryPartTime, "2023-12-31");
        check(&mut course, 0, "2024-02-01", false);
        expect_levels(&course, "retention-check-due", &[("2024-03-31", "")]);
    }
}
