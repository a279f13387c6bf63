//! `without-consultant` (S9): nobody is forgotten when somebody leaves. The account of who is responsible for a citizen, or keeps the
//! company of a workplace where something is under way, is closed. It clears when another person has taken over, or the account is
//! opened again. A substitute reads what comes meanwhile, and takes nothing over.

use crate::domain::{
    companies::workplace::Workplace,
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
    values::{day::plus, localized::localized},
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("without-consultant"),
    about: About::CitizenOrWorkplace,
    basis: Basis::Figure("without_consultant_steps"),
    evaluate: Evaluate::Both { course: about_citizen, workplace: about_workplace },
    words: Wording {
        what: ("Den ansvarlige medarbejder er her ikke længere.", "The person who is responsible is no longer here."),
        why: (
            "Uden en ansvarlig er der ingen, der følger op, og det, der er aftalt, kan gå tabt.",
            "With nobody responsible, nobody follows up, and what was agreed can get lost.",
        ),
        now: (
            "Overdrag borgeren eller virksomheden til en kollega, og skriv en overlevering.",
            "Hand the citizen or the company over to a colleague, and write a handover.",
        ),
    },
    resolution: cleared,
    until_seen: false,
};

fn about_citizen(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    let closed_on = course.citizen.consultant_closed_on;
    closed_on.map(|on| finding(Subject::Citizen(course.citizen.id.clone()), on, figures)).into_iter().collect()
}

fn about_workplace(workplace: &Workplace, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    let closed_on = workplace.liaison_closed_on.filter(|_| workplace.is_in_use());
    closed_on.map(|on| finding(Subject::Workplace(workplace.id.clone()), on, figures)).into_iter().collect()
}

fn finding(subject: Subject, closed_on: NaiveDate, figures: &Figures) -> Finding {
    Finding {
        subject,
        // Whoever takes over and leaves too is another occasion.
        occasion: closed_on.to_string(),
        steps: two_steps(
            figures.without_consultant_steps.map(|days| plus(closed_on, days)),
            [&[Audience::TeamLeader], &[Audience::TeamLeader]],
        ),
        evidence: vec![compared(localized("Kontoen er lukket", "The account was closed"), closed_on)],
        paused: false,
        until: None,
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    #[test]
    fn a_citizen_from_the_day_on_which_the_account_is_closed_and_louder_after_two_weeks() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        expect_levels(&course, "without-consultant", &[("2024-02-01", "")]);
        course.citizen.consultant_closed_on = Some(day("2024-02-01"));
        expect_levels(
            &course,
            "without-consultant",
            &[("2024-01-31", ""), ("2024-02-01", "notice"), ("2024-02-14", "notice"), ("2024-02-15", "warning")],
        );
        course.internships.clear();
        expect_levels(&course, "without-consultant", &[("2024-02-15", "warning")]);
    }

    #[test]
    fn a_workplace_only_where_something_is_under_way() {
        let days: &[(&str, &str)] = &[("2024-01-31", ""), ("2024-02-01", "notice"), ("2024-02-15", "warning")];
        let nothing: &[(&str, &str)] = &[("2024-02-15", "")];
        let mut place = workplace("here");
        place_intern(&mut place, "a", "2024-01-08", "2024-04-07", 20.0);
        expect_levels_at(&place, "without-consultant", nothing);
        place.liaison_closed_on = Some(day("2024-02-01"));
        expect_levels_at(&place, "without-consultant", days);
        place.placements[0].ended_on = Some(day("2024-01-31"));
        expect_levels_at(&place, "without-consultant", nothing);
        place.is_offered = true;
        expect_levels_at(&place, "without-consultant", days);
    }
}
