//! `ends-without-plan` (S5, L19): an internship, a wage subsidy or a temporary post is about to end, and nothing follows: no outcome,
//! no recorded next step, no answer *hire*, and no decision date before the end. After the end it stands until the end is recorded,
//! whatever was planned or answered: *we hire*, and then nothing, is how people are forgotten.

use crate::domain::{
    internships::{
        course::Course,
        internship::{AnswerKind, Internship},
        outcome::{Outcome, OutcomeStep},
    },
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, FlagStep, Level, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared_or_closed},
            steps::NEVER,
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{
        day::{Period, danish, plus},
        localized::localized,
        working_days::{beside, plus_working_days},
    },
};
use chrono::NaiveDate;

/// What is said until the last day.
pub const AHEAD: (&str, &str) =
    ("Praktikken slutter snart. Der er ikke skrevet et næste skridt.", "The internship ends soon. No next step is recorded.");

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("ends-without-plan"),
    about: About::Internship,
    basis: Basis::Figure("ends_without_plan_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: (
            "Praktikken er slut. Det er ikke registreret, hvad der skete.",
            "The internship has ended. What came of it is not recorded.",
        ),
        why: (
            "Uden en plan bliver det næste en forlængelse eller en pause uden retning.",
            "Without a plan, what comes next is an extension, or a pause without direction.",
        ),
        now: (
            "Aftal det næste skridt med borgeren og virksomheden, og skriv det ind – eller registrér, hvordan det endte.",
            "Agree on the next step with citizen and company and record it – or record how it ended.",
        ),
    },
    resolution: cleared_or_closed,
    until_seen: false,
};

/// The ladder beside an end. Where something is planned only the steps after the end are left: its end has to be recorded whatever
/// was planned or answered, or nobody learns what came of it.
fn steps(days: Period, planned: bool, not_before: NaiveDate, figures: &Figures) -> [FlagStep; 3] {
    use Audience::{Consultant, TeamLeader};
    let [before, after, long_after] = figures.ends_without_plan_steps;
    let before = match days.days() {
        length if length < figures.ends_without_plan_shortest_days => None,
        length if length < figures.ends_without_plan_short_stay_days => Some(-figures.ends_without_plan_short_before_days),
        _ => Some(before),
    };
    let first = before.filter(|_| !planned).map_or(NEVER, |before| beside(days.last, before).max(not_before));
    let after = [after, long_after].map(|count| plus_working_days(days.last, count));
    let [late, very_late] = after;
    [
        FlagStep { level: Level::Notice, on: first, audience: vec![Consultant] },
        FlagStep { level: Level::Warning, on: late, audience: vec![Consultant, TeamLeader] },
        FlagStep { level: Level::Alarm, on: very_late, audience: vec![Consultant, TeamLeader] },
    ]
}

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    let open = course.internships.iter().filter(|internship| internship.is_open());
    let internships = open.filter_map(|internship| of_internship(course, internship, figures));
    let outcomes = course.outcomes.iter().filter_map(|outcome| of_outcome(course, outcome, figures));
    internships.chain(outcomes).collect()
}

fn of_internship(course: &Course, internship: &Internship, figures: &Figures) -> Option<Finding> {
    let stay = internship.stay()?;
    let decision = internship.decision_on().filter(|date| *date <= stay.last);
    let planned = internship.next_step.is_some()
        || internship.answers.iter().any(|answer| answer.answer == AnswerKind::Hire)
        || course.hire_agreed_since(internship, figures);
    let not_before = decision.map_or(stay.first, |date| plus(date, 1));
    Some(Finding {
        subject: Subject::Internship(internship.id.clone()),
        occasion: stay.last.to_string(),
        steps: steps(stay, planned, not_before, figures).to_vec(),
        evidence: vec![
            compared(localized("Praktik", "Internship"), &internship.reference),
            compared(localized("Slutter", "Ends"), stay.last),
            compared(
                localized("Dato for svar", "Decision date"),
                internship.decision_on().map_or_else(|| "–".to_owned(), danish),
            ),
            compared(localized("Næste skridt", "Next step"), if planned { "noteret / noted" } else { "–" }),
            compared(localized("Slutningen registreret", "End recorded"), localized("nej", "no")),
        ],
        paused: false,
        until: None,
    })
}

/// A wage subsidy, or a post that was temporary from the beginning.
fn of_outcome(course: &Course, outcome: &Outcome, figures: &Figures) -> Option<Finding> {
    let days = Period::new(outcome.first_day, outcome.until?)?;
    let followed = course
        .outcomes
        .iter()
        .any(|later| later.id != outcome.id && later.recorded_on >= outcome.recorded_on && later.first_day > outcome.first_day);
    let name = if outcome.step == OutcomeStep::WageSubsidy {
        localized("Løntilskud fra", "Wage subsidy from")
    } else {
        localized("Tidsbegrænset job fra", "Temporary post from")
    };
    (outcome.ended_on.is_none() && !followed).then(|| Finding {
        subject: Subject::Outcome(outcome.id.clone()),
        occasion: days.last.to_string(),
        steps: steps(days, outcome.next_step.is_some(), days.first, figures).to_vec(),
        evidence: vec![
            compared(name, days.first),
            compared(localized("Slutter", "Ends"), days.last),
            compared(localized("Næste skridt", "Next step"), if outcome.next_step.is_some() { "noteret / noted" } else { "–" }),
        ],
        paused: false,
        until: None,
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::internships::outcome::OutcomeStep;
    use crate::domain::testing::*;

    #[test]
    fn two_weeks_before_the_end_and_working_days_after_it_until_the_end_is_recorded() {
        // The end is a Sunday, and so is the fourteenth day before it; Monday to Wednesday are three working days.
        let mut course = running("a", "2024-01-08", "2024-04-07");
        expect_levels(
            &course,
            "ends-without-plan",
            &[
                ("2024-03-21", ""),
                ("2024-03-22", "notice"),
                ("2024-04-09", "notice"),
                ("2024-04-10", "warning"),
                ("2024-04-18", "warning"),
                ("2024-04-19", "alarm"),
            ],
        );
        end(&mut course, "a", "2024-04-07");
        expect_levels(&course, "ends-without-plan", &[("2024-04-10", ""), ("2024-06-10", "")]);
    }

    #[test]
    fn a_short_stay_is_asked_about_a_week_before_and_a_weeks_trial_only_after() {
        let course = running("a", "2024-01-08", "2024-02-17");
        expect_levels(&course, "ends-without-plan", &[("2024-02-08", ""), ("2024-02-09", "notice"), ("2024-02-21", "warning")]);
        let course = running("a", "2024-01-08", "2024-02-18");
        expect_levels(&course, "ends-without-plan", &[("2024-02-01", ""), ("2024-02-02", "notice")]);
        let course = running("a", "2024-01-08", "2024-01-12");
        expect_levels(&course, "ends-without-plan", &[("2024-01-12", ""), ("2024-01-16", ""), ("2024-01-17", "warning")]);
        let course = running("a", "2024-01-08", "2024-01-13");
        expect_levels(&course, "ends-without-plan", &[("2024-01-08", "notice")]);
    }

    #[test]
    fn a_plan_is_a_next_step_an_answer_hire_or_a_decision_date_to_come_until_the_end_has_passed() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        decide_on(&mut course, "2024-04-01");
        expect_levels(&course, "ends-without-plan", &[("2024-03-22", ""), ("2024-04-01", ""), ("2024-04-02", "notice")]);
        answer_with(&mut course, "no", "2024-04-01");
        expect_levels(&course, "ends-without-plan", &[("2024-04-02", "notice")]);
        answer_with(&mut course, "hire", "2024-04-02");
        expect_levels(&course, "ends-without-plan", &[("2024-04-09", ""), ("2024-04-10", "warning"), ("2024-04-19", "alarm")]);
        let mut course = running("a", "2024-01-08", "2024-04-07");
        plan_next(&mut course);
        expect_levels(&course, "ends-without-plan", &[("2024-04-09", ""), ("2024-04-10", "warning")]);
    }

    #[test]
    fn a_wage_subsidy_or_a_temporary_post_that_ends_is_flagged_until_something_follows() {
        for step in [OutcomeStep::WageSubsidy, OutcomeStep::OrdinaryFullTime] {
            let mut course = course();
            // 182 days from 2024-01-01 end on Sunday 2024-06-30.
            course.outcomes.push(outcome(None, step, Some("here"), "2024-01-01"));
            course.outcomes[0].until = Some(day("2024-06-30"));
            expect_levels(
                &course,
                "ends-without-plan",
                &[("2024-06-13", ""), ("2024-06-14", "notice"), ("2024-07-03", "warning"), ("2024-07-12", "alarm")],
            );
            course.outcomes[0].next_step = Some("Samtale".into());
            expect_levels(&course, "ends-without-plan", &[("2024-06-14", ""), ("2024-07-03", "warning")]);
            let mut job = outcome(None, OutcomeStep::OrdinaryFullTime, Some("here"), "2024-07-01");
            job.id = crate::domain::values::ids::OutcomeId::stored("job");
            course.outcomes.push(job);
            expect_levels(&course, "ends-without-plan", &[("2024-07-03", "")]);
        }
    }
}
