//! `awaited-clarification` (S25): waiting for a doctor, a specialist or a team stopped cases for years. The day on which a clarification
//! was expected has passed; it clears when it has come, has a new day, or is given up.

use crate::domain::{
    internships::course::Course,
    people::step::StepKind,
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
    values::{day::plus, localized::localized, working_days::beside},
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("awaited-clarification"),
    about: About::Citizen,
    basis: Basis::Figure("awaited_clarification_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("En afklaring, der ventes på, er ikke kommet til tiden.", "A clarification that is awaited did not come in time."),
        why: (
            "Ventetid på læge, speciallæge eller team har holdt sager stille i årevis.",
            "Waiting for a doctor, a specialist or a team has held cases up for years.",
        ),
        now: (
            "Ryk for den, giv den en ny dag, eller gå videre uden den – og sig det til borgeren.",
            "Ask for it, give it a new day, or go on without it – and tell the citizen.",
        ),
    },
    resolution: cleared,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    use Audience::{Consultant, TeamLeader};
    let awaited = course.steps.iter().filter(|step| step.kind == StepKind::AwaitedClarification && step.is_open());
    awaited
        .map(|step| Finding {
            subject: Subject::Citizen(course.citizen.id.clone()),
            occasion: format!("{}/{}", step.id, step.expected_on),
            steps: two_steps(
                // The day itself has to pass.
                figures.awaited_clarification_steps.map(|days| beside(step.expected_on, days).max(plus(step.expected_on, 1))),
                [&[Consultant], &[Consultant, TeamLeader]],
            ),
            evidence: vec![
                compared(localized("Noteret", "Noted"), step.recorded_on),
                compared(localized("Ventet", "Expected"), step.expected_on),
            ],
            paused: false,
            until: None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    #[test]
    fn the_day_after_and_twenty_working_days_later_over_easter() {
        let mut course = course();
        course.steps.push(step("awaited-clarification", "2024-03-14", "2024-03-20"));
        expect_levels(
            &course,
            "awaited-clarification",
            &[
                ("2024-03-20", ""),
                ("2024-03-21", "notice"),
                ("2024-04-19", "notice"),
                ("2024-04-22", "warning"),
                ("2024-04-23", "warning"),
            ],
        );
        course.steps[0].expected_on = day("2024-05-01");
        expect_levels(&course, "awaited-clarification", &[("2024-05-01", ""), ("2024-05-02", "notice")]);
        course.steps[0].done_on = Some(day("2024-05-02"));
        expect_levels(&course, "awaited-clarification", &[("2024-05-02", "")]);
    }

    #[test]
    fn what_is_given_up_or_is_no_clarification_is_not_awaited() {
        let mut course = course();
        course.steps.push(step("awaited-clarification", "2024-03-14", "2024-03-20"));
        course.steps[0].cancelled_on = Some(day("2024-03-18"));
        course.steps.push(step("step", "2024-03-14", "2024-03-20"));
        expect_levels(&course, "awaited-clarification", &[("2024-04-20", "")]);
    }
}
