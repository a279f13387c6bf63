//! `long-stay` (S5): a year and a half in one supermarket with no job at the end. It counts days of internship at one workplace
//! without a hire, including those of an extension by another name; its subject is the citizen at that workplace.
//!
//! It clears when the citizen is hired, or when the stay ended so long ago that a new one would count from the beginning. A wage
//! subsidy pauses it.

use crate::domain::{
    internships::{
        course::{Course, Stay},
        internship::Internship,
    },
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, Resolution, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording},
            steps::{NEVER, three_steps},
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{
        day::{Period, days_in, nth_day, plus},
        localized::localized,
    },
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("long-stay"),
    about: About::CitizenAtWorkplace,
    basis: Basis::Figure("long_stay_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: (
            "Borgeren har været længe i praktik samme sted uden at blive ansat.",
            "The citizen has long been an intern at one place without being hired.",
        ),
        why: (
            "Så længe lærer man jobbet. Uden en ansættelse bliver praktikken til gratis arbejdskraft.",
            "In that time one learns the job. Without a hire the internship becomes free labour.",
        ),
        now: (
            "Tal med virksomheden om ansættelse nu – ordinært, fleksjob eller timer – eller find et sted med udsigt til job.",
            "Talk with the company about a job now – ordinary, flex job or some hours – or find a place with a job in sight.",
        ),
    },
    resolution,
    until_seen: false,
};

fn resolution(course: &Course, subject: &Subject, _: &str, _: NaiveDate) -> Resolution {
    let Subject::CitizenAt(_, place) = subject else { return Resolution::Closed };
    let stays = course.internships.iter().filter(|internship| internship.standing().terms.place.workplace == *place);
    let latest = stays.filter_map(|internship| internship.started_on).max();
    let hired =
        course.outcomes.iter().any(|outcome| outcome.step.is_hire() && latest.is_some_and(|first| outcome.recorded_on >= first));
    if hired { Resolution::Cleared } else { Resolution::Closed }
}

fn evaluate(course: &Course, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
    let stays = || {
        course
            .internships
            .iter()
            .filter(|internship| internship.started_on.is_some() && !course.kept_at_own_workplace(internship, figures))
    };
    // The latest stay at each workplace, with those it continues.
    stays()
        .filter(|internship| {
            let place = &internship.standing().terms.place.workplace;
            !stays().any(|later| later.standing().terms.place.workplace == *place && later.started_on > internship.started_on)
        })
        .filter_map(|latest| finding(course, latest, figures, today))
        .collect()
}

fn finding(course: &Course, latest: &Internship, figures: &Figures, today: NaiveDate) -> Option<Finding> {
    let lineage = course.lineage(Stay::of(latest), figures);
    let days: Vec<Period> = lineage.iter().copied().chain([latest]).filter_map(Internship::stay).collect();
    let first = days.iter().map(|period| period.first).min()?;
    let there = &latest.standing().terms.place.workplace;
    // Hired there; or elsewhere, once the stay there is over.
    let hired = course.hires(figures, today).any(|hire| {
        hire.first_day >= first && hire.recorded_on >= first && (latest.ended.is_some() || hire.workplace.as_ref() == Some(there))
    });
    let paused = course.in_wage_subsidy(today);
    let over = !paused && latest.ended.is_some() && plus(latest.last_day(), figures.another_name_days) < today;
    if hired || over {
        return None;
    }
    use Audience::{Consultant, Liaison, TeamLeader};
    let so_far: Vec<Period> = days.iter().filter_map(|period| Period::new(period.first, period.last.min(today))).collect();
    Some(Finding {
        subject: Subject::CitizenAt(course.citizen.id.clone(), latest.standing().terms.place.workplace.clone()),
        occasion: String::new(),
        steps: three_steps(
            figures.long_stay_steps.map(|limit| nth_day(&days, limit).unwrap_or(NEVER)),
            [&[Consultant, Liaison], &[Consultant, Liaison, TeamLeader], &[Consultant, Liaison, TeamLeader]],
        ),
        evidence: vec![
            compared(
                localized("Praktik", "Internship"),
                lineage
                    .iter()
                    .copied()
                    .chain([latest])
                    .map(|internship| internship.reference.as_str())
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
            compared(localized("Første dag", "First day"), first),
            compared(localized("Dage i praktik der til nu", "Days in internship there so far"), days_in(&so_far)),
            compared(
                localized("Grænser i dage", "Limits in days"),
                figures.long_stay_steps.map(|limit| limit.to_string()).join(" / "),
            ),
        ],
        paused,
        until: latest.ended.as_ref().map(|ended| plus(ended.last_day, figures.another_name_days + 1)),
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::internships::outcome::OutcomeStep;
    use crate::domain::testing::*;

    #[test]
    fn the_day_before_the_day_and_the_day_after() {
        // Begun 2024-01-08: day 182 is 2024-07-07, over 29 February; day 273 is 2024-10-06, day 364 is 2025-01-05.
        let course = running("a", "2024-01-08", "2025-03-31");
        expect_levels(
            &course,
            "long-stay",
            &[
                ("2024-07-06", ""),
                ("2024-07-07", "notice"),
                ("2024-10-05", "notice"),
                ("2024-10-06", "warning"),
                ("2025-01-04", "warning"),
                ("2025-01-05", "alarm"),
                ("2025-01-06", "alarm"),
            ],
        );
    }

    #[test]
    fn a_gap_does_not_count_and_a_stay_that_ended_long_ago_starts_afresh() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        end(&mut course, "a", "2024-04-07");
        add(&mut course, "b", "2024-05-06", "2024-12-31");
        // 91 days before, so day 182 is the 91st of the second.
        expect_levels(&course, "long-stay", &[("2024-08-03", ""), ("2024-08-04", "notice")]);
        let mut course = running("a", "2024-01-08", "2024-07-31");
        end(&mut course, "a", "2024-07-31");
        expect_levels(&course, "long-stay", &[("2024-09-25", "notice"), ("2024-09-26", "")]);
    }

    #[test]
    fn a_hire_clears_it_and_a_wage_subsidy_only_pauses() {
        let mut course = running("a", "2024-01-08", "2024-07-31");
        course.outcomes.push(outcome(Some("a"), OutcomeStep::WageSubsidy, Some("here"), "2024-08-01"));
        assert!(paused(&course, "long-stay", "2024-08-02"));
        expect_levels(&course, "long-stay", &[("2024-08-02", "notice")]);
        course.outcomes.push(outcome(Some("a"), OutcomeStep::OrdinaryFullTime, Some("here"), "2024-09-01"));
        expect_levels(&course, "long-stay", &[("2024-09-01", "")]);
    }

    #[test]
    fn a_job_that_began_or_was_recorded_before_the_stay_clears_nothing() {
        for (first_day, recorded_on, level) in [
            ("2024-08-01", "2024-08-01", ""),
            ("2024-01-08", "2024-01-08", ""),
            ("2024-01-07", "2024-08-01", "notice"),
            ("2024-02-01", "2024-01-07", "notice"),
        ] {
            let mut course = running("a", "2024-01-08", "2024-09-30");
            let mut hire = outcome(None, OutcomeStep::FlexJob, Some("here"), first_day);
            hire.recorded_on = day(recorded_on);
            course.outcomes.push(hire);
            expect_levels(&course, "long-stay", &[("2024-08-02", level)]);
        }
        // Hired elsewhere: only once the stay is over.
        let mut course = running("a", "2024-01-08", "2024-07-31");
        course.outcomes.push(outcome(None, OutcomeStep::FlexJob, Some("there"), "2024-07-15"));
        expect_levels(&course, "long-stay", &[("2024-07-20", "notice")]);
        end(&mut course, "a", "2024-07-31");
        expect_levels(&course, "long-stay", &[("2024-07-31", "")]);
    }

    #[test]
    fn one_that_ended_is_looked_at_again_when_it_is_too_long_ago_to_be_continued() {
        let mut course = running("a", "2024-01-08", "2024-07-31");
        end(&mut course, "a", "2024-07-31");
        let on = day("2024-09-01");
        let found = super::evaluate(&course, book().on(on), on);
        assert_eq!(found.iter().filter_map(|finding| finding.next(on)).collect::<Vec<_>>(), [day("2024-09-26")]);
    }
}
