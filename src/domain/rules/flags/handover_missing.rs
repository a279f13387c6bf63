//! `handover-missing` (S9): the harm is the lost knowledge; a good handover avoids it. The consultant has changed, and no
//! handover has been read since. A later handover that is read closes it.

use crate::domain::{
    internships::course::Course,
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared},
            steps::two_steps,
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{
        day::{danish, plus},
        localized::localized,
    },
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("handover-missing"),
    about: About::Citizen,
    basis: Basis::Figure("handover_missing_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: (
            "Konsulenten er skiftet, og ingen overlevering er læst.",
            "The consultant has changed, and no handover has been read.",
        ),
        why: (
            "Uden overlevering skal borgeren fortælle alt forfra, og det, der er aftalt, går tabt.",
            "Without a handover the citizen has to tell everything again, and what was agreed is lost.",
        ),
        now: (
            "Den tidligere skriver overleveringen nu; den nye læser den og bekræfter det.",
            "The former one writes the handover now; the new one reads it and confirms.",
        ),
    },
    resolution: cleared,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    use Audience::{Consultant, FormerConsultant, TeamLeader};
    let unread = course.changes.iter().rev().take_while(|change| change.read_on.is_none());
    unread
        .map(|change| Finding {
            subject: Subject::Citizen(course.citizen.id.clone()),
            occasion: change.id.to_string(),
            steps: two_steps(
                figures.handover_missing_steps.map(|days| plus(change.on, days)),
                [&[Consultant, FormerConsultant], &[Consultant, FormerConsultant, TeamLeader]],
            ),
            evidence: vec![
                compared(localized("Skift af konsulent", "Change of consultant"), change.on),
                compared(
                    localized("Overlevering skrevet", "Handover written"),
                    change.handed_over_on.map_or_else(|| "–".to_owned(), danish),
                ),
                compared(localized("Overlevering læst", "Handover read"), "–"),
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
    fn two_weeks_and_four_weeks_after_the_change_until_a_handover_is_read() {
        let mut course = course();
        change_consultant(&mut course, "2024-02-19", "a", "b");
        expect_levels(
            &course,
            "handover-missing",
            &[
                ("2024-03-03", ""),
                ("2024-03-04", "notice"),
                ("2024-03-05", "notice"),
                ("2024-03-17", "notice"),
                ("2024-03-18", "warning"),
            ],
        );
        course.changes[0].handed_over_on = Some("2024-03-10".parse().unwrap());
        expect_levels(&course, "handover-missing", &[("2024-03-18", "warning")]);
        course.changes[0].read_on = Some("2024-03-18".parse().unwrap());
        expect_levels(&course, "handover-missing", &[("2024-03-18", "")]);
    }

    #[test]
    fn a_later_handover_that_is_read_closes_an_earlier_one() {
        let mut course = course();
        change_consultant(&mut course, "2023-12-31", "a", "b");
        change_consultant(&mut course, "2024-02-01", "b", "c");
        expect_levels(&course, "handover-missing", &[("2024-01-14", "notice")]);
        course.changes[1].read_on = Some("2024-02-02".parse().unwrap());
        expect_levels(&course, "handover-missing", &[("2024-03-01", "")]);
    }
}
