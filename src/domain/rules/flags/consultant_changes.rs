//! `consultant-changes` (S9): three changes in three and a half years *was plenty*; each time the story had to be told again. It
//! counts the different consultants who were responsible on any day of the window. A change that the citizen wished for is not counted,
//! and a substitute is no consultant.

use crate::domain::{
    internships::course::Course,
    people::continuity::consultants_within,
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared},
            steps::{NEVER, two_steps},
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{
        day::{Period, months_back, plus},
        localized::localized,
    },
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("consultant-changes"),
    about: About::Citizen,
    basis: Basis::Figure("consultant_changes_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("Borgeren har haft mange konsulenter på kort tid.", "The citizen has had many consultants in a short time."),
        why: (
            "Hvert skift sætter borgeren tilbage, fordi historien skal fortælles forfra.",
            "Each change sets the citizen back, since the story has to be told from the beginning.",
        ),
        now: (
            "Lad borgeren beholde sin konsulent, og sørg for, at overleveringen er læst.",
            "Let the citizen keep this consultant, and see to it that the handover has been read.",
        ),
    },
    resolution: cleared,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
    let window = Period { first: months_back(today, figures.consultant_changes_months), last: today };
    let consultants = i64::try_from(consultants_within(course, window).len()).unwrap_or(i64::MAX);
    let reached = |limit: i64| if consultants >= limit { today } else { NEVER };
    let steps = figures.consultant_changes_steps.map(reached);
    if course.changes.is_empty() {
        return Vec::new();
    }
    vec![Finding {
        subject: Subject::Citizen(course.citizen.id.clone()),
        occasion: String::new(),
        steps: two_steps(steps, [&[Audience::TeamLeader], &[Audience::TeamLeader]]),
        evidence: vec![
            compared(localized("Forskellige konsulenter", "Different consultants"), consultants),
            compared(localized("Talt fra", "Counted from"), window.first),
            compared(
                localized("Skift", "Changes"),
                course
                    .changes
                    .iter()
                    .filter(|change| !change.wished_by_citizen)
                    .map(|change| change.on.to_string())
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
        ],
        paused: false,
        // The window moves every day: what stands may fall out of it.
        until: Some(plus(today, 1)).filter(|_| steps.contains(&today)),
    }]
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    #[test]
    fn three_within_two_years_then_four_until_fewer_are_in_the_window() {
        let mut course = course();
        course.citizen.registered_on = Some("2022-01-03".parse().unwrap());
        for (on, from, to) in [("2022-02-28", "a", "b"), ("2023-01-09", "b", "c"), ("2023-06-01", "c", "d")] {
            change_consultant(&mut course, on, from, to);
        }
        expect_levels(
            &course,
            "consultant-changes",
            &[
                ("2023-01-08", ""),
                ("2023-01-09", "notice"),
                ("2023-05-31", "notice"),
                ("2023-06-01", "warning"),
                // The first was responsible until 2022-02-27, which is two years before 2024-02-27.
                ("2024-02-27", "warning"),
                ("2024-02-28", "notice"),
                // The second until 2023-01-08.
                ("2025-01-08", "notice"),
                ("2025-01-09", ""),
            ],
        );
    }

    #[test]
    fn a_change_that_the_citizen_wished_for_is_not_counted() {
        let changes = [("2023-01-09", "a", "b"), ("2023-06-01", "b", "c"), ("2023-09-01", "c", "d")];
        for (wished, level) in [(None, "warning"), (Some(0), "notice"), (Some(1), "notice"), (Some(2), "notice")] {
            let mut course = course();
            course.citizen.registered_on = Some("2022-01-03".parse().unwrap());
            for (index, (on, from, to)) in changes.into_iter().enumerate() {
                change_consultant(&mut course, on, from, to);
                course.changes[index].wished_by_citizen = wished == Some(index);
            }
            expect_levels(&course, "consultant-changes", &[("2023-09-01", level)]);
        }
    }

    #[test]
    fn somebody_who_comes_back_is_no_other() {
        let mut course = course();
        course.citizen.registered_on = Some("2022-01-03".parse().unwrap());
        change_consultant(&mut course, "2022-06-01", "a", "b");
        change_consultant(&mut course, "2022-12-31", "b", "a");
        expect_levels(&course, "consultant-changes", &[("2022-12-31", "")]);
    }
}
