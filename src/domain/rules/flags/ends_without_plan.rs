//! `ends-without-plan` (S5, L19): an internship or a wage subsidy is about to end, and nothing follows: no outcome, no recorded
//! next step, no answer *hire*, and no decision date before the end.

use crate::domain::{
    internships::{
        course::Course,
        internship::{AnswerKind, Internship},
        outcome::Outcome,
    },
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, FlagStep, Level, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared_or_closed},
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
    id: RuleId::new("ends-without-plan"),
    about: About::Internship,
    basis: Basis::Figure("ends_without_plan_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: (
            "Forløbet slutter snart, eller er slut, uden en plan for, hvad der så sker.",
            "It ends soon, or has ended, without a plan for what comes next.",
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

fn steps(end: NaiveDate, not_before: NaiveDate, figures: &Figures) -> Vec<FlagStep> {
    let levels = [Level::Notice, Level::Warning];
    levels
        .into_iter()
        .zip(figures.ends_without_plan_steps)
        .map(|(level, days)| FlagStep { level, on: plus(end, days).max(not_before), audience: vec![Audience::Consultant] })
        .collect()
}

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    let internships = course
        .internships
        .iter()
        .filter(|internship| internship.is_open() && !course.hired_since(internship, figures))
        .filter_map(|internship| of_internship(internship, figures));
    let subsidies = course.outcomes.iter().filter_map(|outcome| of_subsidy(course, outcome, figures));
    internships.chain(subsidies).collect()
}

fn of_internship(internship: &Internship, figures: &Figures) -> Option<Finding> {
    let planned = internship.next_step.is_some() || internship.answers.iter().any(|answer| answer.answer == AnswerKind::Hire);
    let end = internship.last_day();
    let decision = internship.decision_on().filter(|date| *date <= end);
    let not_before = decision.map_or(internship.started_on?, |date| plus(date, 1));
    (!planned).then(|| Finding {
        subject: Subject::Internship(internship.id.clone()),
        occasion: end.to_string(),
        steps: steps(end, not_before, figures),
        evidence: vec![
            compared(localized("Praktik", "Internship"), &internship.reference),
            compared(localized("Slutter", "Ends"), danish(end)),
            compared(
                localized("Dato for svar", "Decision date"),
                internship.decision_on().map_or_else(|| "–".to_owned(), danish),
            ),
            compared(localized("Næste skridt", "Next step"), "–"),
        ],
        paused: false,
        until: None,
    })
}

fn of_subsidy(course: &Course, outcome: &Outcome, figures: &Figures) -> Option<Finding> {
    let days = outcome.subsidy()?;
    let followed = course
        .outcomes
        .iter()
        .any(|later| later.id != outcome.id && later.recorded_on >= outcome.recorded_on && later.first_day > outcome.first_day);
    (outcome.ended_on.is_none() && outcome.next_step.is_none() && !followed).then(|| Finding {
        subject: Subject::Outcome(outcome.id.clone()),
        occasion: days.last.to_string(),
        steps: steps(days.last, days.first, figures),
        evidence: vec![
            compared(localized("Løntilskud fra", "Wage subsidy from"), danish(days.first)),
            compared(localized("Slutter", "Ends"), danish(days.last)),
            compared(localized("Næste skridt", "Next step"), "–"),
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
    fn two_weeks_before_the_end_and_three_days_after() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        expect_levels(
            &course,
            "ends-without-plan",
            &[("2024-03-23", ""), ("2024-03-24", "notice"), ("2024-04-09", "notice"), ("2024-04-10", "warning")],
        );
        end(&mut course, "a", "2024-04-07");
        expect_levels(&course, "ends-without-plan", &[("2024-04-10", "")]);
    }

    #[test]
    fn a_plan_is_a_next_step_an_answer_hire_or_a_decision_date_to_come() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        decide_on(&mut course, "2024-04-01");
        expect_levels(&course, "ends-without-plan", &[("2024-03-24", ""), ("2024-04-01", ""), ("2024-04-02", "notice")]);
        answer_with(&mut course, "no", "2024-04-01");
        expect_levels(&course, "ends-without-plan", &[("2024-04-02", "notice")]);
        answer_with(&mut course, "hire", "2024-04-02");
        expect_levels(&course, "ends-without-plan", &[("2024-04-02", "")]);
        let mut course = running("a", "2024-01-08", "2024-04-07");
        plan_next(&mut course);
        expect_levels(&course, "ends-without-plan", &[("2024-04-10", "")]);
    }

    #[test]
    fn a_wage_subsidy_that_ends_is_flagged_until_something_follows() {
        let mut course = course();
        // 182 days from 2024-01-01 end on 2024-06-30.
        course.outcomes.push(outcome(None, OutcomeStep::WageSubsidy, Some("here"), "2024-01-01"));
        expect_levels(&course, "ends-without-plan", &[("2024-06-15", ""), ("2024-06-16", "notice"), ("2024-07-03", "warning")]);
        let mut job = outcome(None, OutcomeStep::OrdinaryFullTime, Some("here"), "2024-07-01");
        job.id = crate::domain::values::ids::OutcomeId::stored("job");
        course.outcomes.push(job);
        expect_levels(&course, "ends-without-plan", &[("2024-07-03", "")]);
    }
}
