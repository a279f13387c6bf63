//! `pause-open` (S26, S30): an internship was paused without an end, and weeks have gone. A pause is agreed, so while it lasts nobody is
//! asked about follow-ups; without an end it would keep a course quiet for ever. The consultant is asked how long it goes on, then the
//! team leader is told, until its last day is recorded or the internship ends.
//!
//! What must never happen: the flag says why it pauses. Illness is health data.

use crate::domain::{
    internships::{course::Course, internship::Internship},
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared_or_closed},
            steps::two_steps,
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{day::plus, localized::localized},
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("pause-open"),
    about: About::Internship,
    basis: Basis::Figure("pause_open_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: (
            "Praktikken har været sat på pause i flere uger, og pausen har ingen slutdato.",
            "The internship has been paused for weeks, and the pause has no end.",
        ),
        why: (
            "Praktikkens periode løber videre under en pause. Uden en slutdato bliver pausen let til ventetid.",
            "The period of the internship runs on during a pause. Without an end a pause easily becomes waiting.",
        ),
        now: (
            "Tal med borgeren om, hvornår praktikken kan gå videre. Skriv pausens sidste dag – eller afslut praktikken.",
            "Talk with the citizen about when the internship can go on. Record the last day of the pause – or end the internship.",
        ),
    },
    resolution: cleared_or_closed,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    let live = course.internships.iter().filter(|internship| !internship.is_closed());
    live.flat_map(|internship| of_internship(internship, figures)).collect()
}

fn of_internship(internship: &Internship, figures: &Figures) -> Vec<Finding> {
    use Audience::{Consultant, TeamLeader};
    let open = internship.pauses.iter().filter(|pause| pause.to.is_none());
    open.map(|pause| Finding {
        subject: Subject::Internship(internship.id.clone()),
        occasion: pause.id.to_string(),
        steps: two_steps(figures.pause_open_steps.map(|days| plus(pause.from, days)), [&[Consultant], &[Consultant, TeamLeader]]),
        evidence: vec![
            compared(localized("Praktik", "Internship"), &internship.reference),
            compared(localized("Pause siden", "Paused since"), pause.from),
            compared(localized("Praktikken slutter", "The internship ends"), internship.last_day()),
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
    fn four_and_six_weeks_after_it_began_until_its_last_day_is_recorded() {
        let mut course = running("a", "2024-01-08", "2024-07-07");
        course.internships[0].pauses = vec![pause("illness", "2024-02-01", None)];
        expect_levels(
            &course,
            "pause-open",
            &[
                ("2024-02-28", ""),
                ("2024-02-29", "notice"),
                ("2024-03-01", "notice"),
                ("2024-03-13", "notice"),
                ("2024-03-14", "warning"),
                ("2024-08-01", "warning"),
            ],
        );
        course.internships[0].pauses[0].to = Some(day("2024-03-20"));
        expect_levels(&course, "pause-open", &[("2024-03-14", ""), ("2024-03-21", "")]);
    }

    #[test]
    fn the_end_of_the_internship_ends_it() {
        let mut course = running("a", "2024-01-08", "2024-07-07");
        course.internships[0].pauses = vec![pause("holiday", "2024-02-01", None)];
        end(&mut course, "a", "2024-02-20");
        expect_levels(&course, "pause-open", &[("2024-02-29", "")]);
    }
}
