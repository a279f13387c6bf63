//! `stagnation` (S14): waiting, no direction, falling back. The last follow-ups, and conversations without an internship, in a row
//! found the citizen in another phase than progression. It clears with one in progression, or a hire.

use crate::domain::{
    internships::{course::Course, follow_up::Phase},
    rules::{
        about::About,
        evidence::{compared, listed},
        flags::{
            finding::{Audience, Finding, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared},
            steps::{NEVER, two_steps},
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::localized::localized,
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("stagnation"),
    about: About::Citizen,
    basis: Basis::Figure("stagnation_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: (
            "Ved flere opfølgninger i træk er det ikke gået fremad.",
            "The citizen has not been in progression at several follow-ups in a row.",
        ),
        why: (
            "Stilstand og tilbagegang vender sjældent af sig selv; det næste skridt skal være et andet end det forrige.",
            "Standing still and falling back seldom turn by themselves; the next step must be another one than the last.",
        ),
        now: (
            "Tal med borgeren om, hvad der giver mening nu, og ændr noget: opgaver, timer, sted eller støtte.",
            "Talk with the citizen about what makes sense now, and change something: tasks, hours, place or support.",
        ),
    },
    resolution: cleared,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
    let seen = course.phases();
    let mut row: Vec<_> = seen.iter().rev().take_while(|seen| seen.phase != Phase::Progression).collect();
    row.reverse();
    let Some(last) = row.last() else { return Vec::new() };
    let since = last.internship.and_then(|internship| internship.started_on).unwrap_or(last.on);
    if course.hires(figures, today).any(|hire| hire.recorded_on >= last.on && hire.first_day >= since) {
        return Vec::new();
    }
    let on = |count: i64| usize::try_from(count - 1).ok().and_then(|index| row.get(index)).map_or(NEVER, |seen| seen.recorded_on);
    use Audience::{Consultant, TeamLeader};
    vec![Finding {
        subject: Subject::Citizen(course.citizen.id.clone()),
        occasion: String::new(),
        steps: two_steps(figures.stagnation_steps.map(on), [&[Consultant], &[Consultant, TeamLeader]]),
        evidence: vec![
            compared(localized("I træk", "In a row"), row.len()),
            compared(localized("Opfølgninger", "Follow-ups"), listed(row.iter().map(|seen| seen.said()))),
        ],
        paused: false,
        until: None,
    }]
}

#[cfg(test)]
mod tests {
    use crate::domain::{internships::outcome::OutcomeStep, testing::*};
    use serde_json::json;

    #[test]
    fn two_in_a_row_then_three_until_one_in_progression() {
        let mut course = running("a", "2024-01-08", "2024-06-30");
        for (on, phase) in
            [("2024-01-12", "progression"), ("2024-02-05", "stagnation"), ("2024-02-29", "setback"), ("2024-03-31", "derailment")]
        {
            follow_up(&mut course, on, json!({"phase": phase}));
        }
        follow_up(&mut course, "2024-03-20", json!({}));
        // Looked at when all are on record: each step from the day of its follow-up.
        expect_levels(
            &course,
            "stagnation",
            &[
                ("2024-02-28", ""),
                ("2024-02-29", "notice"),
                ("2024-03-30", "notice"),
                ("2024-03-31", "warning"),
                ("2024-04-01", "warning"),
            ],
        );
        follow_up(&mut course, "2024-04-29", json!({"phase": "progression"}));
        expect_levels(&course, "stagnation", &[("2024-04-29", "")]);
    }

    #[test]
    fn a_hire_lets_it_rest() {
        let mut course = running("a", "2024-01-08", "2024-06-30");
        follow_up(&mut course, "2024-02-05", json!({"phase": "stagnation"}));
        follow_up(&mut course, "2024-03-04", json!({"phase": "stagnation"}));
        expect_levels(&course, "stagnation", &[("2024-03-04", "notice")]);
        course.outcomes.push(outcome(Some("a"), OutcomeStep::FlexJob, None, "2024-03-10"));
        expect_levels(&course, "stagnation", &[("2024-03-10", "")]);
    }
}
