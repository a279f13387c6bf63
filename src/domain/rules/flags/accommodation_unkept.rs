//! `accommodation-unkept` (S3): accommodations decide whether somebody can stay. A follow-up says that an agreed accommodation
//! was not kept; the next one says so again. The flag clears when a follow-up says that they were kept. Which accommodation it is
//! stands in the follow-up, never here.

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
    id: RuleId::new("accommodation-unkept"),
    about: About::Internship,
    basis: Basis::Reference("S3"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("Et aftalt skånehensyn er ikke blevet holdt.", "An agreed accommodation was not kept."),
        why: (
            "Skånehensyn afgør, om borgeren kan blive – i praktikken og i jobbet bagefter.",
            "Accommodations decide whether the citizen can stay – in the internship and in the job after it.",
        ),
        now: (
            "Tal med virksomheden i dag, og aftal, hvordan det holdes fra i morgen.",
            "Talk with the company today and agree on how it is kept from tomorrow on.",
        ),
    },
    resolution: cleared_or_closed,
    until_seen: false,
};

fn evaluate(course: &Course, _: &Figures, _: NaiveDate) -> Vec<Finding> {
    course.internships.iter().filter(|internship| internship.is_open()).filter_map(of_internship).collect()
}

fn of_internship(internship: &Internship) -> Option<Finding> {
    // Since the last time that all were kept.
    let spoken: Vec<(&Held, bool)> = internship.held().filter_map(|held| Some((held, held.record.all_kept()?))).collect();
    let unkept: Vec<&Held> = spoken.iter().rev().take_while(|(_, kept)| !kept).map(|(held, _)| *held).collect();
    let first = unkept.last()?;
    let again = unkept.iter().rev().nth(1);
    let audience = || vec![Audience::Consultant, Audience::Liaison];
    Some(Finding {
        subject: Subject::Internship(internship.id.clone()),
        occasion: first.on.to_string(),
        steps: vec![
            FlagStep { level: Level::Warning, on: first.recorded_on, audience: audience() },
            FlagStep { level: Level::Warning, on: again.map_or(NEVER, |again| again.recorded_on), audience: audience() },
        ],
        evidence: vec![
            compared(localized("Praktik", "Internship"), &internship.reference),
            compared(
                localized("Ikke holdt ved den seneste", "Not kept at the latest"),
                unkept.first().map_or(0, |held| held.record.accommodations.iter().flatten().filter(|item| !item.kept).count()),
            ),
            compared(
                localized("Opfølgninger, hvor de ikke var holdt", "Follow-ups at which they were not kept"),
                unkept.iter().rev().map(|held| danish(held.on)).collect::<Vec<_>>().join(", "),
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

    fn kept(kept: bool) -> serde_json::Value {
        let id = "019b8d2b-8c00-7093-b040-6bde3d32a790";
        json!({"accommodations": [{"accommodation": id, "kept": kept}]})
    }

    #[test]
    fn one_and_the_next_one_again_until_they_are_kept() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        follow_up(&mut course, "2024-01-12", kept(true));
        expect_levels(&course, "accommodation-unkept", &[("2024-01-12", "")]);
        follow_up(&mut course, "2024-02-05", kept(false));
        expect_levels(
            &course,
            "accommodation-unkept",
            &[("2024-02-04", ""), ("2024-02-05", "warning"), ("2024-02-06", "warning")],
        );
        follow_up(&mut course, "2024-02-20", json!({"phase": "progression"}));
        expect_step(&course, "accommodation-unkept", &[("2024-02-20", 0)]);
        follow_up(&mut course, "2024-03-04", kept(false));
        expect_step(&course, "accommodation-unkept", &[("2024-03-03", 0), ("2024-03-04", 1), ("2024-03-05", 1)]);
        follow_up(&mut course, "2024-03-24", kept(true));
        expect_levels(&course, "accommodation-unkept", &[("2024-03-24", "")]);
    }
}
