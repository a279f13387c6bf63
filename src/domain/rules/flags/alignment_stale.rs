//! `alignment-stale` (S1, L25): a new version of the agreement is unconfirmed beside the old one, which stays in force meanwhile, or
//! all have confirmed an extension and its decision is missing. The first version is the subject of `alignment-missing`.

use crate::domain::{
    internships::course::Course,
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared_or_closed},
            steps::{missing_parties, two_steps, unconfirmed},
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{localized::localized, working_days::plus_days_but},
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("alignment-stale"),
    about: About::Internship,
    basis: Basis::Figure("alignment_stale_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: (
            "En ny udgave af aftalen er ikke bekræftet af alle.",
            "A new version of the agreement is not confirmed by everyone.",
        ),
        why: (
            "Så længe gælder den gamle, og de tre har hver sin forestilling om, hvad der er aftalt.",
            "Until then the old one stands, and the three hold different ideas of what is agreed.",
        ),
        now: (
            "Tal med den, der mangler, og få en bekræftelse – eller ret aftalen.",
            "Talk with whoever is missing and get a confirmation – or change the agreement.",
        ),
    },
    resolution: cleared_or_closed,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    let live = course.internships.iter().filter(|internship| !internship.is_closed());
    live.filter_map(|internship| {
        let newest = Some(internship.newest()).filter(|newest| newest.number > 1 && newest.waits())?;
        let audience = unconfirmed(newest);
        let away = internship.away_among(&newest.unconfirmed(), figures);
        let with_leader = [audience.as_slice(), &[Audience::TeamLeader]].concat();
        Some(Finding {
            subject: Subject::Internship(internship.id.clone()),
            occasion: newest.number.to_string(),
            steps: two_steps(
                figures.alignment_stale_steps.map(|days| plus_days_but(newest.made_on, days, &away)),
                [&audience, &with_leader],
            ),
            evidence: vec![
                compared(localized("Praktik", "Internship"), &internship.reference),
                compared(localized("Udgave", "Version"), newest.number),
                compared(localized("Lavet", "Made"), newest.made_on),
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
    use crate::domain::{internships::alignment::Party, rules::flags::finding::Audience, testing::*};

    #[test]
    fn a_week_and_two_weeks_over_the_change_to_summer_time() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        extend_first(&mut course, "2024-03-25", "2024-05-05");
        course.internships[0].later[0].confirmations.retain(|confirmation| confirmation.party == Party::Consultant);
        expect_levels(
            &course,
            "alignment-stale",
            &[
                ("2024-03-31", ""),
                ("2024-04-01", "notice"),
                ("2024-04-07", "notice"),
                ("2024-04-08", "warning"),
                ("2024-04-09", "warning"),
            ],
        );
        assert_eq!(
            notified(&course, "alignment-stale", "2024-04-01"),
            [Audience::Citizen, Audience::Consultant, Audience::CompanyContact]
        );
        assert!(notified(&course, "alignment-stale", "2024-04-08").contains(&Audience::TeamLeader));
    }

    #[test]
    fn what_is_confirmed_and_a_first_version_are_not_stale() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        extend_first(&mut course, "2024-03-25", "2024-05-05");
        expect_levels(&course, "alignment-stale", &[("2024-04-09", "")]);
        let course = waiting("2024-01-02", "2024-02-05", &[]);
        expect_levels(&course, "alignment-stale", &[("2024-01-20", "")]);
    }

    #[test]
    fn days_on_which_who_has_not_confirmed_is_away_do_not_count() {
        for (missing, level) in [(Party::Company, ""), (Party::Citizen, "warning")] {
            let mut course = running("a", "2024-01-08", "2024-04-07");
            extend_first(&mut course, "2024-03-25", "2024-05-05");
            course.internships[0].later[0].confirmations.retain(|confirmation| confirmation.party != missing);
            course.internships[0].closures = vec![closed("2024-03-28", "2024-04-05")];
            expect_levels(&course, "alignment-stale", &[("2024-04-09", level)]);
            expect_levels(
                &course,
                "alignment-stale",
                &[("2024-04-10", if missing == Party::Company { "notice" } else { level })],
            );
        }
    }
}
