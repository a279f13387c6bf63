//! `series` (S6): one more internship after several without a job needs reasons, from a warning on the team leader's.

use crate::domain::{
    people::access::Role,
    rules::{
        about::About,
        evidence::compared,
        flags::{finding::Level, flag_rule::level, internship_series},
        refusals::{
            ask_rule::AskRule,
            check::{Act, Check},
            refusal_rule::{Found, RefusalRule},
        },
    },
    values::localized::localized,
};

pub const RULE: RefusalRule = RefusalRule { id: AskRule::Series.id(), figure: "series", about: About::Booking, check };

fn check(check: &Check) -> Option<Found> {
    if check.act != Act::Booking || check.is_kept() {
        return None;
    }
    let level = level(&internship_series::RULE.about_course(check.course, check.figures, check.today), check.today)?;
    let of = if level >= Level::Warning { Role::TeamLeader } else { Role::Consultant };
    Some(Found {
        reason: localized(
            "Borgeren er i en række praktikker uden job. Skriv, hvad den næste gør anderledes.",
            "The citizen is in a series of internships without a job. State what the next one does differently.",
        ),
        compared: vec![compared(
            localized("Flaget om en række praktikker står som", "The flag on a series of internships stands at"),
            level.label(),
        )],
        passes_if: match of {
            Role::TeamLeader => localized(
                "Bed teamlederen om en skriftlig begrundelse, eller få et job på plads i stedet.",
                "Ask the team leader for written reasons, or settle a job instead.",
            ),
            _ => localized("Skriv en begrundelse.", "Give reasons."),
        },
        missing: vec!["series-reason"],
        ask_of: Some(of),
        ..Found::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    #[test]
    fn a_series_asks_the_consultant_and_from_a_warning_the_team_leader() {
        for (earlier, leader, asked) in [(2, false, false), (3, false, true), (3, true, true), (4, false, true), (4, true, true)]
        {
            let mut case = RuleCase::new();
            case.earlier_internships(earlier);
            assert_eq!(case.asked("series"), asked, "{earlier} earlier");
            case.reason("series", leader);
            let answered = asked && (earlier == 3 || leader);
            assert_eq!(case.asked("series"), asked && !answered, "{earlier} earlier, by a leader: {leader}");
        }
    }
}
