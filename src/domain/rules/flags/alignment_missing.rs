//! `alignment-missing` (S1): the start is near, and not all three have confirmed the same purpose. Whoever has not confirmed is
//! told, and the consultant. Nobody is reminded on the day on which a version is made, because everybody has just been asked.

use crate::domain::{
    internships::course::Course,
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Finding, FlagStep, Level, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared_or_closed},
            steps::{missing_parties, unconfirmed},
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
    id: RuleId::new("alignment-missing"),
    about: About::Internship,
    basis: Basis::Figure("alignment_missing_before_days"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("Ikke alle har bekræftet forventningsafstemningen.", "Not everyone has confirmed the expectation alignment."),
        why: (
            "Praktikken kan først begynde, når borger, konsulent og virksomhed er enige om, hvad den er til for.",
            "The internship can start only when citizen, consultant and company agree on what it is for.",
        ),
        now: (
            "Tal med den, der mangler, og få en bekræftelse – eller ret aftalen, så alle kan stå ved den.",
            "Talk with whoever is missing and get a confirmation – or change the agreement so that all can stand by it.",
        ),
    },
    resolution: cleared_or_closed,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
    let waiting = course.internships.iter().filter(|internship| internship.awaits_start(today));
    waiting
        .filter_map(|internship| {
            let newest = internship.newest();
            let start = newest.terms.period.first;
            let first = plus(start, -figures.alignment_missing_before_days)
                .max(plus(newest.made_on, figures.alignment_missing_after_booking_days));
            let audience = unconfirmed(newest);
            (!newest.unconfirmed().is_empty()).then(|| Finding {
                subject: Subject::Internship(internship.id.clone()),
                occasion: newest.number.to_string(),
                steps: vec![
                    FlagStep { level: Level::Notice, on: first, audience: audience.clone() },
                    FlagStep { level: Level::Warning, on: start.max(plus(newest.made_on, 1)), audience },
                ],
                evidence: vec![
                    compared(localized("Praktik", "Internship"), &internship.reference),
                    compared(localized("Begynder", "Begins"), danish(start)),
                    missing_parties(newest),
                ],
                paused: false,
                until: None,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::internships::alignment::Party;
    use crate::domain::{rules::flags::finding::Audience, testing::*};

    #[test]
    fn a_week_before_the_start_and_on_the_day() {
        let course = waiting("2023-12-01", "2024-01-08", &[Party::Consultant]);
        expect_levels(
            &course,
            "alignment-missing",
            &[("2023-12-31", ""), ("2024-01-01", "notice"), ("2024-01-07", "notice"), ("2024-01-08", "warning")],
        );
        assert_eq!(
            notified(&course, "alignment-missing", "2024-01-01"),
            [Audience::Citizen, Audience::Consultant, Audience::CompanyContact]
        );
    }

    #[test]
    fn nobody_is_reminded_before_the_second_day_after_booking_but_on_the_start_day_always() {
        let course = waiting("2024-01-04", "2024-01-08", &[]);
        expect_levels(&course, "alignment-missing", &[("2024-01-05", ""), ("2024-01-06", "notice")]);
        let course = waiting("2024-01-07", "2024-01-08", &[]);
        expect_levels(&course, "alignment-missing", &[("2024-01-07", ""), ("2024-01-08", "warning")]);
        let course = waiting("2024-01-08", "2024-01-08", &[]);
        expect_levels(&course, "alignment-missing", &[("2024-01-08", ""), ("2024-01-09", "warning")]);
    }

    #[test]
    fn all_confirmed_or_period_over_is_no_flag() {
        expect_levels(&waiting("2023-12-01", "2024-01-08", Party::ALL), "alignment-missing", &[("2024-01-08", "")]);
        expect_levels(
            &waiting("2023-12-01", "2024-01-08", &[]),
            "alignment-missing",
            &[("2024-04-07", "warning"), ("2024-04-08", "")],
        );
    }
}
