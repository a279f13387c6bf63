//! `began-before-gate` (S1): an internship began before all had confirmed, the accommodations were agreed or the law's papers were
//! there. It is recorded so, because it happened; a team leader has approved that, and sees it here once more.

use crate::domain::{
    internships::{course::Course, gate, internship::Internship},
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
    values::{day::danish, localized::localized},
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("began-before-gate"),
    about: About::Internship,
    basis: Basis::Reference("S1"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("Praktikken begyndte, før alt var aftalt.", "The internship began before everything was agreed."),
        why: (
            "Det, der aftales bagefter, er sjældent det, de tre hver især regnede med.",
            "What is agreed afterwards is seldom what each of the three expected.",
        ),
        now: (
            "Se, hvad der manglede, og tal med jobkonsulenten om, hvordan det undgås næste gang.",
            "See what was missing, and talk with the consultant about how to avoid it next time.",
        ),
    },
    resolution: cleared_or_closed,
    until_seen: true,
};

fn evaluate(course: &Course, _: &Figures, _: NaiveDate) -> Vec<Finding> {
    course.internships.iter().filter_map(of_internship).collect()
}

fn of_internship(internship: &Internship) -> Option<Finding> {
    let start = internship.start.as_ref().filter(|start| start.before_gate)?;
    let open_since = gate::open_since(internship).map_or_else(|| "–".to_owned(), danish);
    Some(Finding {
        subject: Subject::Internship(internship.id.clone()),
        occasion: String::new(),
        steps: vec![FlagStep { level: Level::Warning, on: start.recorded_on, audience: vec![Audience::TeamLeader] }],
        evidence: vec![
            compared(localized("Praktik", "Internship"), &internship.reference),
            compared(localized("Begyndte", "Began"), internship.started_on.map_or_else(|| "–".to_owned(), danish)),
            compared(localized("Alt var aftalt den", "Everything was agreed on"), open_since),
            compared(localized("Registreret den", "Recorded on"), start.recorded_on),
        ],
        paused: false,
        until: None,
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::{internships::internship::StartRecord, testing::*};

    #[test]
    fn from_the_day_it_is_recorded_where_it_lay_before_the_gate() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        let mut start = StartRecord { recorded_on: day("2024-01-15"), reasons: Some("Glemt".into()), before_gate: false };
        course.internships[0].start = Some(start.clone());
        expect_levels(&course, "began-before-gate", &[("2024-01-16", "")]);
        start.before_gate = true;
        course.internships[0].start = Some(start);
        expect_levels(&course, "began-before-gate", &[("2024-01-14", ""), ("2024-01-15", "warning"), ("2024-12-01", "warning")]);
    }
}
