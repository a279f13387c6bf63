//! `step-overdue` (S26): a conversation or a step was planned for a day, the day has passed, and nobody has recorded what came of it. A
//! plan that is written down and then forgotten is how standing still begins; it clears when the step is done, moved or given up.

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
    values::{localized::localized, working_days::plus_working_days},
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("step-overdue"),
    about: About::Citizen,
    basis: Basis::Figure("step_overdue_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: (
            "Dagen for et planlagt skridt er passeret, og det er ikke noteret, hvad der skete.",
            "The day of a planned step has passed, and it is not recorded what happened.",
        ),
        why: ("En plan, som ingen vender tilbage til, bliver til ventetid.", "A plan that nobody comes back to becomes waiting."),
        now: (
            "Notér, hvad der skete – eller giv skridtet en ny dag, eller opgiv det med en begrundelse.",
            "Record what happened – or give the step a new day, or give it up with reasons.",
        ),
    },
    resolution: cleared,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    use Audience::{Consultant, TeamLeader};
    let planned = course.steps.iter().filter(|step| step.kind != StepKind::AwaitedClarification && step.is_open());
    planned
        .map(|step| Finding {
            subject: Subject::Citizen(course.citizen.id.clone()),
            // A new day is a new occasion.
            occasion: format!("{}/{}", step.id, step.expected_on),
            steps: two_steps(
                figures.step_overdue_steps.map(|days| plus_working_days(step.expected_on, days)),
                [&[Consultant], &[Consultant, TeamLeader]],
            ),
            evidence: vec![
                compared(localized("Hvad", "What"), step.kind.label()),
                compared(localized("Noteret", "Noted"), step.recorded_on),
                compared(localized("Planlagt til", "Planned for"), step.expected_on),
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
    fn three_and_ten_working_days_after_its_day_until_it_is_done_or_given_up() {
        let mut course = course();
        // A Thursday.
        course.steps.push(step("step", "2024-02-01", "2024-05-02"));
        expect_levels(
            &course,
            "step-overdue",
            &[("2024-05-06", ""), ("2024-05-07", "notice"), ("2024-05-16", "notice"), ("2024-05-17", "warning")],
        );
        course.steps[0].done_on = Some(day("2024-05-17"));
        expect_levels(&course, "step-overdue", &[("2024-05-17", "")]);
        course.steps.push(step("conversation", "2024-02-01", "2024-05-03"));
        expect_levels(&course, "step-overdue", &[("2024-05-08", "notice")]);
        course.steps[1].cancelled_on = Some(day("2024-05-08"));
        course.steps.push(step("awaited-clarification", "2024-02-01", "2024-05-03"));
        expect_levels(&course, "step-overdue", &[("2024-05-08", "")]);
    }
}
