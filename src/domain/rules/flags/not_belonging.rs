//! `not-belonging` (S4, S22): being recognised by colleagues and manager is part of fitting in, and colleagues decide. At several
//! follow-ups in a row the citizen felt less than half a part of the place, or the contact person was not there.

use crate::domain::{
    internships::{course::Course, follow_up::Held, internship::Internship},
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
    values::{day::danish, localized::localized},
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("not-belonging"),
    about: About::Internship,
    basis: Basis::Figure("not_belonging_follow_ups"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("Borgeren føler sig ikke som en del af arbejdspladsen.", "The citizen does not feel part of the workplace."),
        why: (
            "At blive set af kolleger og leder er en del af at passe ind – og af at blive ansat.",
            "Being seen by colleagues and manager is part of fitting in – and of being hired.",
        ),
        now: (
            "Tal med kontaktpersonen om, hvem der tager sig af borgeren i det daglige, eller find et andet sted.",
            "Talk with the contact person about who looks after the citizen day by day, or find another place.",
        ),
    },
    resolution: cleared_or_closed,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    course.internships.iter().filter(|own| own.is_open()).filter_map(|own| of_internship(own, figures)).collect()
}

fn of_internship(internship: &Internship, figures: &Figures) -> Option<Finding> {
    let spoken: Vec<(&Held, bool)> = internship.held().filter_map(|held| Some((held, held.record.belongs()?))).collect();
    let mut row: Vec<&Held> = spoken.iter().rev().take_while(|(_, belongs)| !belongs).map(|(held, _)| *held).collect();
    row.reverse();
    let first = row.first()?;
    let enough = usize::try_from(figures.not_belonging_follow_ups - 1).ok().and_then(|index| row.get(index));
    Some(Finding {
        subject: Subject::Internship(internship.id.clone()),
        occasion: first.on.to_string(),
        steps: vec![FlagStep {
            level: Level::Notice,
            on: enough.map_or(NEVER, |held| held.recorded_on),
            audience: vec![Audience::Consultant, Audience::Liaison],
        }],
        evidence: vec![
            compared(localized("Praktik", "Internship"), &internship.reference),
            compared(
                localized("Opfølgninger i træk", "Follow-ups in a row"),
                row.iter().map(|held| danish(held.on)).collect::<Vec<_>>().join(", "),
            ),
        ],
        paused: false,
        until: None,
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;
    use serde_json::json;

    #[test]
    fn two_in_a_row_below_half_or_without_the_contact_person_until_one_above() {
        let mut course = running("a", "2024-01-08", "2024-06-30");
        follow_up(&mut course, "2024-01-12", json!({"belonging": 5}));
        follow_up(&mut course, "2024-02-05", json!({"belonging": 4}));
        follow_up(&mut course, "2024-02-29", json!({"belonging": 9, "contact_person_there": false}));
        expect_levels(&course, "not-belonging", &[("2024-02-28", ""), ("2024-02-29", "notice"), ("2024-03-01", "notice")]);
        follow_up(&mut course, "2024-03-10", json!({"phase": "setback"}));
        expect_levels(&course, "not-belonging", &[("2024-03-10", "notice")]);
        follow_up(&mut course, "2024-03-20", json!({"belonging": 6}));
        expect_levels(&course, "not-belonging", &[("2024-03-20", "")]);
    }
}
