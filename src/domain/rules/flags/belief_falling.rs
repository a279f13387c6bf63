//! `belief-falling` (S16, S29): the consultant's and the citizen's own belief that a job is possible predicts it. The consultant believes
//! far less than the citizen, or one of them believes less twice in a row.

use crate::domain::{
    internships::{
        course::Course,
        follow_up::{Belief, Held},
    },
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, FlagStep, Level, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared},
            steps::NEVER,
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{day::danish, localized::localized},
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("belief-falling"),
    about: About::Citizen,
    basis: Basis::Figure("belief_gap"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("Troen på, at borgeren kan få et job, falder.", "The belief that the citizen can get a job falls."),
        why: (
            "Troen på et job er med til at afgøre, om det lykkes – også konsulentens.",
            "The belief in a job helps to decide whether it comes – the consultant's too.",
        ),
        now: (
            "Tal med en kollega om, hvad der skal til, og find én ting, der kan lykkes i denne måned.",
            "Talk with a colleague about what it takes, and find one thing that can succeed this month.",
        ),
    },
    resolution: cleared,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
    let held = course.held();
    let asked: Vec<(&Held, Belief)> = held.iter().filter_map(|(_, held)| Some((*held, held.record.belief?))).collect();
    let Some((latest, belief)) = asked.last() else { return Vec::new() };
    if course.hires(figures, today).any(|hire| hire.recorded_on >= latest.on) {
        return Vec::new();
    }
    let gap = belief.citizen.get() - belief.consultant.get() >= figures.belief_gap;
    let falls = |of: fn(&Belief) -> i64| {
        let last: Vec<i64> = asked.iter().rev().take(3).map(|(_, belief)| of(belief)).collect();
        matches!(last.as_slice(), [third, second, first] if third < second && second < first)
    };
    let fallen = falls(|belief| belief.citizen.get()) || falls(|belief| belief.consultant.get());
    let said =
        |(held, belief): &(&Held, Belief)| format!("{}: {}/{}", danish(held.on), belief.citizen.get(), belief.consultant.get());
    vec![Finding {
        subject: Subject::Citizen(course.citizen.id.clone()),
        occasion: String::new(),
        steps: vec![FlagStep {
            level: Level::Notice,
            on: if gap || fallen { latest.recorded_on } else { NEVER },
            audience: vec![Audience::Consultant],
        }],
        evidence: vec![compared(
            localized("Borger/konsulent ved de seneste", "Citizen/consultant at the latest"),
            asked.iter().rev().take(3).rev().map(said).collect::<Vec<_>>().join(", "),
        )],
        paused: false,
        until: None,
    }]
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;
    use serde_json::json;

    fn after(beliefs: &[(i64, i64)], level: &str) {
        let mut course = running("a", "2024-01-08", "2024-06-30");
        for ((citizen, consultant), on) in beliefs.iter().zip(["2024-01-12", "2024-02-05", "2024-03-04", "2024-04-01"]) {
            follow_up(&mut course, on, json!({"belief": {"citizen": citizen, "consultant": consultant}}));
        }
        expect_levels(&course, "belief-falling", &[("2024-04-02", level)]);
    }

    #[test]
    fn a_gap_of_three_or_a_fall_twice_in_a_row_and_not_so_at_the_next() {
        after(&[(7, 5)], "");
        after(&[(7, 4)], "notice");
        after(&[(3, 8)], "");
        after(&[(7, 4), (7, 5)], "");
        after(&[(7, 7), (6, 7)], "");
        after(&[(7, 7), (6, 7), (5, 7)], "notice");
        after(&[(7, 7), (7, 6), (7, 5)], "notice");
        after(&[(7, 7), (6, 7), (5, 7), (5, 7)], "");
    }
}
