//! `alignment-missing` (S1): the start is near or has come, and nothing is in force: never have all three confirmed the same purpose.
//! Whoever has not confirmed is told, and the consultant; from the start day on the team leader. It stands until all have confirmed
//! or the booking is cancelled, however long its period has been over: a booking that nobody cares for is never silent. A later
//! version beside one in force is the subject of `alignment-stale`; one that replaces a booking nobody confirmed is told there until
//! the start day.

use crate::domain::{
    internships::course::Course,
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, FlagStep, Level, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared_or_closed},
            steps::{NEVER, missing_parties, unconfirmed},
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{
        day::plus,
        localized::localized,
        working_days::{plus_working_days_but, working_day_until},
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
            "Tal med den, der mangler, og få en bekræftelse – eller ret aftalen, så alle kan stå ved den. Bliver den ikke til noget, så aflys den.",
            "Talk with whoever is missing and get a confirmation – or change the agreement so that all can stand by it. If nothing comes of it, cancel it.",
        ),
    },
    resolution: cleared_or_closed,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    let waiting = course.internships.iter().filter(|internship| internship.is_waiting() && internship.in_force().is_none());
    waiting
        .filter_map(|internship| {
            let newest = internship.newest();
            let start = newest.terms.period.first;
            let near = working_day_until(plus(start, -figures.alignment_missing_before_days))
                .max(plus(newest.made_on, figures.alignment_missing_after_booking_days));
            let first = if newest.number == 1 { near } else { NEVER };
            let come = start.max(plus(newest.made_on, 1));
            let away = internship.away_among(&newest.unconfirmed(), figures);
            let late = plus_working_days_but(come, figures.alignment_missing_after_start_days, &away);
            let audience = unconfirmed(newest);
            let with_leader = [audience.as_slice(), &[Audience::TeamLeader]].concat();
            (!newest.unconfirmed().is_empty()).then(|| Finding {
                subject: Subject::Internship(internship.id.clone()),
                occasion: newest.number.to_string(),
                steps: vec![
                    FlagStep { level: Level::Notice, on: first, audience },
                    FlagStep { level: Level::Warning, on: come, audience: with_leader.clone() },
                    FlagStep { level: Level::Alarm, on: late, audience: with_leader },
                ],
                evidence: vec![
                    compared(localized("Praktik", "Internship"), &internship.reference),
                    compared(localized("Begynder", "Begins"), start),
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
    fn a_week_before_the_start_on_the_day_and_three_working_days_after_it_until_it_is_cancelled() {
        // The seventh day before it is New Year's Day, and the 30th a Saturday.
        let mut course = waiting("2023-12-01", "2024-01-08", &[Party::Consultant]);
        expect_levels(
            &course,
            "alignment-missing",
            &[
                ("2023-12-28", ""),
                ("2023-12-29", "notice"),
                ("2024-01-07", "notice"),
                ("2024-01-08", "warning"),
                ("2024-01-10", "warning"),
                ("2024-01-11", "alarm"),
                // Its period has been over for months, and nobody has said what came of it.
                ("2024-12-02", "alarm"),
            ],
        );
        let parties = [Audience::Citizen, Audience::Consultant, Audience::CompanyContact];
        assert_eq!(notified(&course, "alignment-missing", "2024-01-01"), parties);
        assert!(notified(&course, "alignment-missing", "2024-01-08").contains(&Audience::TeamLeader));
        course.internships[0].cancelled_on = Some(day("2024-01-12"));
        expect_levels(&course, "alignment-missing", &[("2024-01-12", "")]);
    }

    #[test]
    fn what_replaces_an_unconfirmed_booking_waits_for_the_start_day_and_what_is_in_force_is_not_missing() {
        let mut course = waiting("2023-12-01", "2024-01-08", &[]);
        extend_first(&mut course, "2023-12-20", "2024-04-07");
        course.internships[0].later[0].confirmations.clear();
        expect_levels(&course, "alignment-missing", &[("2024-01-07", ""), ("2024-01-08", "warning")]);
        let mut course = waiting("2023-12-01", "2024-01-08", Party::ALL);
        extend_first(&mut course, "2023-12-20", "2024-04-07");
        course.internships[0].later[0].confirmations.clear();
        expect_levels(&course, "alignment-missing", &[("2024-01-11", "")]);
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
    fn all_confirmed_is_no_flag() {
        expect_levels(&waiting("2023-12-01", "2024-01-08", Party::ALL), "alignment-missing", &[("2024-01-08", "")]);
    }

    #[test]
    fn the_alarm_waits_for_a_company_that_is_closed() {
        for (confirmed, level) in
            [([Party::Consultant, Party::Citizen], "warning"), ([Party::Consultant, Party::Company], "alarm")]
        {
            let mut course = waiting("2023-12-01", "2024-01-08", &confirmed);
            course.internships[0].closures = vec![closed("2024-01-09", "2024-01-12")];
            expect_levels(
                &course,
                "alignment-missing",
                &[("2024-01-08", "warning"), ("2024-01-16", level), ("2024-01-17", "alarm")],
            );
        }
    }
}
