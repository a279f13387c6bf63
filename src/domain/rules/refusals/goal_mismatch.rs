//! `goal-mismatch` (S11): the work has nothing to do with the citizen's goal, so the consultant writes why it is a step on the way.

use crate::domain::{
    people::access::Role,
    rules::{
        about::About,
        evidence::{compared, listed},
        refusals::{
            ask_rule::AskRule,
            check::{Act, Check},
            refusal_rule::{Found, RefusalRule},
        },
    },
    values::{
        localized::localized,
        vocabulary::{TermKind, label_of},
    },
};

pub const RULE: RefusalRule =
    RefusalRule { id: AskRule::GoalMismatch.id(), figure: "goal_mismatch", about: About::Booking, check };

fn check(check: &Check) -> Option<Found> {
    let put = check.act == Act::Booking || check.changes_occupation();
    let goals = &check.course.citizen.goals;
    if !put || check.course.citizen.has_goal(&check.terms.occupation) {
        return None;
    }
    let occupations: Vec<_> =
        goals.iter().flat_map(|goal| &goal.occupations).map(|term| label_of(TermKind::Occupation, term)).collect();
    let own_words = goals.iter().map(|goal| goal.own_words.to_string()).collect::<Vec<_>>().join(" · ");
    let names = listed(occupations);
    let asked = label_of(TermKind::Occupation, &check.terms.occupation);
    Some(Found {
        reason: localized(
            "Arbejdet har ikke noget med borgerens mål at gøre. Skriv hvorfor det alligevel er et skridt på vejen.",
            "The work has nothing to do with the citizen's goal. State why it is a step on the way all the same.",
        ),
        compared: vec![
            compared(localized("Praktikkens fag", "The internship's occupation"), asked.clone()),
            compared(localized("Borgerens mål", "The citizen's goals"), names),
            compared(localized("Med borgerens egne ord", "In the citizen's own words"), own_words),
        ],
        passes_if: localized(
            "Skriv en begrundelse, eller find et sted inden for borgerens mål.",
            "Give reasons, or find a place within the citizen's goals.",
        ),
        missing: vec!["goal-mismatch-reason"],
        ask_of: Some(Role::Consultant),
        ..Found::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    #[test]
    fn an_occupation_outside_the_goals_asks_and_reasons_answer() {
        for (goals, occupation, reason, asked) in [
            (vec!["office"], "shop", false, true),
            (vec!["office"], "shop", true, false),
            (vec!["office", "shop"], "shop", false, false),
            (vec![], "shop", false, false),
        ] {
            let mut case = RuleCase::new();
            case.goals(&goals);
            case.occupation(occupation);
            if reason {
                case.reason("goal-mismatch", false);
            }
            assert_eq!(case.asked("goal-mismatch"), asked, "{goals:?} {occupation} {reason}");
        }
    }
}
