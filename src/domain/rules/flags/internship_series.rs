//! `internship-series` (S6): one internship after another, each time starting from scratch. It counts internships at all
//! companies, whoever booked them, within a window of months, since the latest hire or education.

use crate::domain::{
    internships::{course::Course, internship::Internship},
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared},
            steps::three_steps,
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{
        day::{Period, days_in, months_back, plus},
        localized::localized,
    },
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("internship-series"),
    about: About::Citizen,
    basis: Basis::Figure("series_internships_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: (
            "Borgeren har længe været i praktik uden at få job.",
            "The citizen has been in internships for long without getting a job.",
        ),
        why: (
            "Hver ny praktik begynder forfra, og troen på et job bliver mindre for hver gang.",
            "Each new internship begins from scratch, and the belief in a job shrinks every time.",
        ),
        now: (
            "Stop op sammen med borgeren: hvad skal den næste praktik gøre anderledes, og hvor er der et job i sigte?",
            "Pause together with the citizen: what is the next one to do differently, and where is a job in sight?",
        ),
    },
    resolution: cleared,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
    let Some(window) = Period::new(months_back(today, figures.series_window_months), today) else { return Vec::new() };
    let since = course.series_began_after(figures, today);
    let counted: Vec<(&Internship, Period)> = course
        .internships
        .iter()
        .filter(|internship| !course.kept_at_own_workplace(internship, figures))
        .filter_map(|internship| Some((internship, internship.stay()?)))
        .filter(|(_, stay)| since.is_none_or(|hired| stay.first > hired))
        .filter_map(|(internship, stay)| Some((internship, stay.shared(&window)?)))
        .collect();
    let days = days_in(&counted.iter().map(|(_, stay)| *stay).collect::<Vec<_>>());
    let count = i64::try_from(counted.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Vec::new();
    }
    // A step not reached yet is reached at the earliest if every day until then is a day of internship; one that was reached is
    // evaluated again tomorrow, because the window moves.
    let on = |step: usize| {
        let internships = figures.series_internships_steps.get(step).copied().unwrap_or(i64::MAX);
        let limit = figures.series_days_steps.get(step).copied().unwrap_or(i64::MAX);
        if count >= internships || days >= limit { today } else { plus(today, (limit - days).max(1)) }
    };
    use Audience::{Consultant, TeamLeader};
    vec![Finding {
        subject: Subject::Citizen(course.citizen.id.clone()),
        occasion: String::new(),
        steps: three_steps([on(0), on(1), on(2)], [&[Consultant], &[Consultant, TeamLeader], &[Consultant, TeamLeader]]),
        evidence: vec![
            compared(
                localized("Praktikker", "Internships"),
                counted.iter().map(|(internship, _)| internship.reference.as_str()).collect::<Vec<_>>().join(", "),
            ),
            compared(localized("Antal", "How many"), count),
            compared(localized("Dage i praktik", "Days in internship"), days),
            compared(localized("Talt fra", "Counted from"), since.map_or(window.first, |hired| hired.max(window.first))),
            compared(
                localized("Grænser: antal", "Limits: internships"),
                figures.series_internships_steps.map(|limit| limit.to_string()).join(" / "),
            ),
            compared(
                localized("Grænser: dage", "Limits: days"),
                figures.series_days_steps.map(|limit| limit.to_string()).join(" / "),
            ),
        ],
        paused: course.in_wage_subsidy(today),
        // The window moves every day: what stands may fall out of it.
        until: Some(plus(today, 1)).filter(|_| on(0) <= today),
    }]
}

#[cfg(test)]
mod tests {
    use crate::domain::internships::outcome::OutcomeStep;
    use crate::domain::testing::*;

    fn series(starts: &[&str]) -> crate::domain::internships::course::Course {
        let mut course = course();
        for (index, start) in starts.iter().enumerate() {
            let id = format!("i{index}");
            add_at(&mut course, &id, &format!("place{index}"), start, start);
            end(&mut course, &id, start);
        }
        course
    }

    #[test]
    fn the_third_within_the_window_is_a_notice_the_fifth_an_alarm() {
        let course = series(&["2023-01-02", "2023-06-05", "2024-01-08", "2024-06-03", "2024-12-02"]);
        expect_levels(
            &course,
            "internship-series",
            &[
                ("2024-01-07", ""),
                ("2024-01-08", "notice"),
                ("2024-06-02", "notice"),
                ("2024-06-03", "warning"),
                ("2024-12-01", "warning"),
                ("2024-12-02", "alarm"),
            ],
        );
    }

    #[test]
    fn an_internship_leaves_the_window_on_the_day_after_its_day_number() {
        let course = series(&["2022-03-01", "2023-01-02", "2023-06-05"]);
        expect_levels(&course, "internship-series", &[("2024-03-01", "notice"), ("2024-03-02", "")]);
        // 24 months before 29 February is 28 February.
        let course = series(&["2022-02-28", "2023-01-02", "2023-06-05"]);
        expect_levels(&course, "internship-series", &[("2024-02-29", "notice"), ("2024-03-01", "")]);
    }

    #[test]
    fn days_count_once_and_a_hire_or_education_begins_anew() {
        let mut course = running("a", "2024-01-08", "2025-12-31");
        add_at(&mut course, "b", "there", "2024-06-01", "2024-09-01");
        // 364 different days: 2024-01-08 to 2025-01-05.
        expect_levels(&course, "internship-series", &[("2025-01-04", ""), ("2025-01-05", "notice")]);
        for step in [OutcomeStep::OrdinaryPartTime, OutcomeStep::Education] {
            let mut course = series(&["2023-01-02", "2023-06-05", "2024-01-08"]);
            course.outcomes.push(outcome(None, step, None, "2024-02-01"));
            expect_levels(&course, "internship-series", &[("2024-02-01", "")]);
        }
        let mut course = series(&["2023-01-02", "2023-06-05", "2024-01-08"]);
        course.outcomes.push(outcome(None, OutcomeStep::WageSubsidy, None, "2024-02-01"));
        assert!(paused(&course, "internship-series", "2024-02-01"));
    }

    #[test]
    fn a_hire_that_did_not_hold_thirteen_weeks_counts_as_if_it_had_not_been() {
        for (ended, level) in [("2024-05-01", "notice"), ("2024-05-02", "")] {
            let mut course = series(&["2023-01-02", "2023-06-05", "2024-01-08"]);
            let mut hire = outcome(None, OutcomeStep::OrdinaryFullTime, None, "2024-02-01");
            hire.ended_on = Some(ended.parse().unwrap());
            course.outcomes.push(hire);
            expect_levels(&course, "internship-series", &[("2024-05-03", level)]);
        }
    }

    #[test]
    fn what_began_after_the_first_day_of_the_job_is_counted() {
        for (first, level) in [("2024-02-01", ""), ("2024-02-02", "notice")] {
            let mut course = series(&[first, "2024-03-01", "2024-04-01"]);
            course.outcomes.push(outcome(None, OutcomeStep::FlexJob, None, "2024-02-01"));
            expect_levels(&course, "internship-series", &[("2024-04-01", level)]);
        }
    }
}
