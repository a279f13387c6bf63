//! `prospect-withdrawn` (S2): a recruitment whose job prospect is gone. The consultant tells the citizen, and a new prospect is
//! found or the purpose is changed.

use crate::domain::{
    internships::{course::Course, internship::State, purpose::InternshipType},
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
    values::localized::localized,
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("prospect-withdrawn"),
    about: About::Internship,
    basis: Basis::Reference("S2"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: (
            "Jobbet, som praktikken sigter mod, er der ikke længere.",
            "The job that the internship aims at is no longer there.",
        ),
        why: (
            "Uden udsigt til job bliver en rekrutteringspraktik til gratis arbejdskraft.",
            "Without a job in sight a recruitment internship becomes free labour.",
        ),
        now: (
            "Fortæl borgeren det i dag. Find en ny jobudsigt, ret formålet, eller slut praktikken.",
            "Tell the citizen today. Find a new prospect, change the purpose, or end the internship.",
        ),
    },
    resolution: cleared_or_closed,
    until_seen: false,
};

fn evaluate(course: &Course, _: &Figures, today: NaiveDate) -> Vec<Finding> {
    let live = course.internships.iter().filter(|internship| {
        internship.standing().terms.kind() == InternshipType::Recruitment
            && matches!(internship.state(today), State::Booked | State::Running | State::Over)
    });
    live.filter_map(|internship| {
        let gone = internship.prospect_gone_on?;
        Some(Finding {
            subject: Subject::Internship(internship.id.clone()),
            occasion: String::new(),
            steps: vec![FlagStep { level: Level::Warning, on: gone, audience: vec![Audience::Consultant] }],
            evidence: vec![
                compared(localized("Praktik", "Internship"), &internship.reference),
                compared(localized("Jobudsigten er væk siden", "The prospect has been gone since"), gone),
            ],
            paused: false,
            until: None,
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::{input::read, testing::*};
    use serde_json::json;

    #[test]
    fn a_recruitment_from_the_day_its_prospect_went_and_no_other_type() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        course.internships[0].prospect_gone_on = Some("2024-02-29".parse().unwrap());
        expect_levels(&course, "prospect-withdrawn", &[("2024-02-29", "")]);
        course.internships[0].first.terms.purpose = read(&json!({"kind": "recruitment"})).unwrap();
        expect_levels(&course, "prospect-withdrawn", &[("2024-02-28", ""), ("2024-02-29", "warning"), ("2024-03-01", "warning")]);
        course.internships[0].prospect_gone_on = None;
        expect_levels(&course, "prospect-withdrawn", &[("2024-03-01", "")]);
    }
}
