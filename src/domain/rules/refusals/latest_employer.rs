//! `latest-employer` (L8, L9, L9a): no internship at the person's latest employer, a subsidised job included. The job-ready are
//! refused; others are asked for a new function. A job or wage subsidy recorded here becomes the latest employer from its first
//! day. A sick-listed person without employment may return to the same workplace and function if the person agrees; that
//! agreement is the citizen's own confirmation, without which nothing starts.

use crate::domain::{
    people::access::Role,
    rules::{
        about::About,
        evidence::compared,
        refusals::{
            ask_rule::AskRule,
            check::{Act, Check},
            refusal_rule::{Found, RefusalRule},
        },
    },
    values::localized::localized,
};

pub const RULE: RefusalRule =
    RefusalRule { id: AskRule::LatestEmployer.id(), figure: "latest_employer", about: About::Booking, check };

fn check(check: &Check) -> Option<Found> {
    let moved = match check.act {
        Act::Booking => true,
        Act::Change => check.moves_place() || check.changes_occupation(),
        Act::Extension => false,
    };
    let place = &check.terms.place;
    let citizen = &check.course.citizen;
    let back_from_illness = check.is_sick_listed() && !citizen.in_employment;
    if !moved || check.is_kept() || back_from_illness || !check.course.is_latest_employer(place, check.terms.period.first) {
        return None;
    }
    let ready = citizen.is_job_ready(check.figures);
    let figure = if ready { "latest_employer" } else { "latest_employer_function" };
    Some(Found {
        figure: Some(figure),
        reason: if ready {
            localized(
                "Arbejdspladsen er borgerens seneste arbejdsgiver. En jobparat borger kan ikke være i praktik der.",
                "The workplace is the citizen's latest employer. A job-ready citizen cannot be an intern there.",
            )
        } else {
            localized(
                "Arbejdspladsen er borgerens seneste arbejdsgiver. Skriv, hvordan funktionen er en anden.",
                "The workplace is the citizen's latest employer. State how the function is another one.",
            )
        },
        compared: vec![
            compared(localized("Arbejdsplads", "Workplace"), format!("{} ({})", place.name, place.p_number)),
            compared(localized("Målgruppe", "Target group"), citizen.target_group.as_str()),
        ],
        passes_if: if ready {
            localized("Vælg en anden arbejdsplads.", "Choose another workplace.")
        } else {
            localized("Skriv, hvad den nye funktion er.", "State the new function.")
        },
        missing: if ready { Vec::new() } else { vec!["new-function"] },
        ask_of: (!ready).then_some(Role::Consultant),
        ..Found::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::internships::outcome::OutcomeStep;
    use crate::domain::testing::*;

    #[test]
    fn the_job_ready_are_refused_and_others_are_asked_for_the_new_function() {
        for (group, function, refused, asked) in
            [("2", false, true, false), ("2", true, true, false), ("3", false, false, true), ("3", true, false, false)]
        {
            let mut case = RuleCase::new();
            case.group(group);
            case.end("2024-02-04");
            case.latest_employer_here();
            if function {
                case.reason("latest-employer", false);
            }
            assert_eq!(case.refused("latest-employer"), refused, "group {group}, function {function}");
            assert_eq!(case.asked("latest-employer"), asked, "group {group}, function {function}");
        }
    }

    #[test]
    fn a_job_recorded_here_becomes_the_latest_employer_from_its_first_day() {
        for (first_day, asked) in [("2024-01-07", true), ("2024-01-08", true), ("2024-01-09", false)] {
            for step in [OutcomeStep::OrdinaryPartTime, OutcomeStep::WageSubsidy] {
                let mut case = RuleCase::new();
                case.course.outcomes.push(outcome(None, step, Some("here"), first_day));
                assert_eq!(case.asked("latest-employer"), asked, "{first_day} {step}");
            }
        }
        let mut case = RuleCase::new();
        case.latest_employer_here();
        case.course.outcomes.push(outcome(None, OutcomeStep::FlexJob, Some("there"), "2023-06-01"));
        assert!(!case.asked("latest-employer"), "another job has come between");
    }

    #[test]
    fn sick_listed_without_employment_may_come_back() {
        for (group, employed, asked) in [("6", false, false), ("7", false, false), ("6", true, false), ("5", false, true)] {
            let mut case = RuleCase::new();
            case.group(group);
            case.latest_employer_here();
            case.course.citizen.in_employment = employed;
            assert_eq!(case.asked("latest-employer"), asked, "group {group}, employed {employed}");
        }
    }
}
