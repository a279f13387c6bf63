//! `goal-mismatch-repeated` (S11): office work was wanted, shop work was given, four times. It counts internships outside the
//! citizen's goals, from their actual start, since the latest one within the goals or the latest hire.

use crate::domain::{
    internships::{course::Course, internship::Internship},
    people::citizen::Citizen,
    rules::{
        about::About,
        evidence::{Comparable, compared, listed},
        flags::{
            finding::{Audience, Finding, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared},
            steps::{NEVER, two_steps},
        },
        refusals::ask_rule::AskRule,
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{
        localized::localized,
        vocabulary::{TermKind, label_of},
    },
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("goal-mismatch-repeated"),
    about: About::Citizen,
    basis: Basis::Figure("goal_mismatch_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: (
            "Borgeren er igen i en praktik, der ikke har noget med målet at gøre.",
            "The citizen is again in an internship that has nothing to do with the goal.",
        ),
        why: (
            "Når arbejdet intet har med målet at gøre, lærer borgeren, at ønskerne ikke tæller.",
            "When the work has nothing to do with the goal, the citizen learns that wishes do not count.",
        ),
        now: (
            "Tal med borgeren om målet, og find et sted inden for det – eller aftal et nyt mål.",
            "Talk with the citizen about the goal and find a place within it – or agree on a new one.",
        ),
    },
    resolution: cleared,
    until_seen: false,
};

/// The asks at its booking say so; for older records, the present goals.
fn is_outside(citizen: &Citizen, internship: &Internship) -> bool {
    let standing = internship.standing();
    match &standing.asked {
        Some(asked) => asked.iter().any(|asked| asked.rule == AskRule::GoalMismatch.id()),
        None => !citizen.has_goal(&standing.terms.occupation),
    }
}

fn evaluate(course: &Course, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
    let started = || {
        let counted = course.internships.iter().filter(|internship| !course.kept_at_own_workplace(internship, figures));
        counted.filter_map(|internship| Some((internship, internship.started_on?)))
    };
    let within = started().filter(|(internship, _)| !is_outside(&course.citizen, internship)).map(|(_, on)| on).max();
    let hired = course.hires(figures, today).map(|hire| hire.first_day).max();
    let mut outside: Vec<(&Internship, NaiveDate)> = started()
        .filter(|(internship, on)| {
            is_outside(&course.citizen, internship) && within.is_none_or(|day| *on > day) && hired.is_none_or(|day| *on > day)
        })
        .collect();
    outside.sort_by_key(|(_, on)| *on);
    if outside.is_empty() {
        return Vec::new();
    }
    let on = |count: i64| usize::try_from(count - 1).ok().and_then(|index| outside.get(index)).map_or(NEVER, |(_, on)| *on);
    use Audience::{Consultant, TeamLeader};
    vec![Finding {
        subject: Subject::Citizen(course.citizen.id.clone()),
        occasion: String::new(),
        steps: two_steps(figures.goal_mismatch_steps.map(on), [&[Consultant], &[Consultant, TeamLeader]]),
        evidence: vec![
            compared(localized("Antal", "How many"), outside.len()),
            compared(
                localized("Praktikker uden for målene", "Internships outside the goals"),
                listed(outside.iter().map(|(internship, on)| {
                    let (occupation, day) =
                        (label_of(TermKind::Occupation, &internship.standing().terms.occupation), on.written());
                    localized(
                        format!("{} ({}, {})", internship.reference, day.da, occupation.da),
                        format!("{} ({}, {})", internship.reference, day.en, occupation.en),
                    )
                })),
            ),
        ],
        paused: false,
        until: None,
    }]
}

#[cfg(test)]
mod tests {
    use crate::domain::{
        internships::{alignment::Asked, course::Course, outcome::OutcomeStep},
        rules::refusals::ask_rule::AskRule,
        testing::*,
    };

    fn started(outside: &[(&str, bool)]) -> Course {
        let mut course = course();
        for (number, (first, outside)) in outside.iter().enumerate() {
            add_at(&mut course, &format!("i{number}"), &format!("place{number}"), first, first);
            let asked = Asked { rule: AskRule::GoalMismatch.id(), reasons: "Fordi".into(), given_by: "Nogen".into() };
            course.internships[number].first.asked = Some(if *outside { vec![asked] } else { Vec::new() });
        }
        course
    }

    #[test]
    fn the_second_is_a_notice_and_the_third_a_warning_from_its_start() {
        let course = started(&[("2023-01-02", true), ("2023-06-05", true), ("2024-02-29", true)]);
        expect_levels(
            &course,
            "goal-mismatch-repeated",
            &[
                ("2023-06-04", ""),
                ("2023-06-05", "notice"),
                ("2024-02-28", "notice"),
                ("2024-02-29", "warning"),
                ("2024-03-01", "warning"),
            ],
        );
    }

    #[test]
    fn one_within_the_goals_or_a_hire_begins_anew() {
        let course = started(&[("2023-01-02", true), ("2023-06-05", true), ("2024-01-08", false)]);
        expect_levels(&course, "goal-mismatch-repeated", &[("2024-01-08", "")]);
        let course = started(&[("2023-01-02", true), ("2023-06-05", false), ("2024-01-08", true)]);
        expect_levels(&course, "goal-mismatch-repeated", &[("2024-01-08", "")]);
        let mut course = started(&[("2023-01-02", true), ("2023-06-05", true)]);
        course.outcomes.push(outcome(None, OutcomeStep::FlexJob, None, "2023-07-01"));
        expect_levels(&course, "goal-mismatch-repeated", &[("2023-07-01", "")]);
    }

    #[test]
    fn of_older_records_the_goals_speak() {
        let mut course = started(&[("2023-01-02", true), ("2023-06-05", true)]);
        course.internships.iter_mut().for_each(|own| own.first.asked = None);
        expect_levels(&course, "goal-mismatch-repeated", &[("2023-06-05", "")]);
        let goal = serde_json::json!({"own_words": "Kontor", "occupations": ["office"]});
        course.citizen.goals = vec![crate::domain::input::read(&goal).unwrap()];
        expect_levels(&course, "goal-mismatch-repeated", &[("2023-06-05", "notice")]);
    }
}
