//! `absence` (S30): who is bound to a place that leads nowhere calls in sick, since leaving it costs the benefit. Absence is recorded
//! without a cause; when it grows, the first question is whether a job is in sight. Days in pause are agreed: they are no days on which
//! anybody was expected.

use crate::domain::{
    internships::{course::Course, follow_up::Held, internship::Internship},
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, FlagStep, Level, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared_or_closed},
            steps::NEVER,
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{
        day::{Period, danish, plus},
        localized::localized,
    },
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("absence"),
    about: About::Internship,
    basis: Basis::Figure("absence_percent"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("Borgeren har været meget væk fra praktikken.", "The citizen was away from the internship much."),
        why: (
            "Fravær er ofte svaret på en praktik, der ikke fører til noget.",
            "Absence is often the answer to an internship that leads nowhere.",
        ),
        now: (
            "Spørg først, om der er et job i sigte. Tal så med borgeren om, hvad der skal ændres.",
            "Ask first whether a job is in sight. Then talk with the citizen about what is to change.",
        ),
    },
    resolution: cleared_or_closed,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    course.internships.iter().filter(|own| own.is_open()).filter_map(|own| of_internship(own, figures)).collect()
}

fn of_internship(internship: &Internship, figures: &Figures) -> Option<Finding> {
    let mut since = internship.started_on?;
    // Each follow-up that spoke of it: days away, of so many days, whether that is much.
    let mut spoken: Vec<(&Held, i64, i64)> = Vec::new();
    for held in internship.held() {
        let days = (held.on - since).num_days();
        let paused = Period::new(plus(since, 1), held.on).map_or(0, |days| internship.days_paused(days));
        // Of days that were all in pause nothing is said.
        let counts = paused == 0 || paused < days;
        spoken.extend(held.record.days_absent.filter(|_| counts).map(|away| (held, away.get(), days - paused)));
        since = held.on;
    }
    let much = |away: i64, days: i64| away >= figures.absence_days && away * 100 >= days * figures.absence_percent;
    let mut row: Vec<_> = spoken.iter().rev().take_while(|(_, away, days)| much(*away, *days)).collect();
    row.reverse();
    let (first, ..) = row.first()?;
    let on = |count: i64| {
        usize::try_from(count - 1).ok().and_then(|index| row.get(index)).map_or(NEVER, |(held, ..)| held.recorded_on)
    };
    let [notice, warning] = figures.absence_steps.map(on);
    use Audience::{Consultant, TeamLeader};
    Some(Finding {
        subject: Subject::Internship(internship.id.clone()),
        occasion: first.on.to_string(),
        steps: vec![
            FlagStep { level: Level::Notice, on: notice, audience: vec![Consultant] },
            FlagStep { level: Level::Warning, on: warning, audience: vec![Consultant, TeamLeader] },
        ],
        evidence: vec![
            compared(localized("Praktik", "Internship"), &internship.reference),
            compared(
                localized("Opfølgning: dage væk af dage", "Follow-up: days away of days"),
                row.iter().map(|(held, away, days)| format!("{}: {away}/{days}", danish(held.on))).collect::<Vec<_>>().join(", "),
            ),
        ],
        paused: false,
        until: None,
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;
    use serde_json::json;

    #[test]
    fn a_fifth_of_the_days_and_at_least_three_then_twice_in_a_row() {
        for (away, level) in [(5, ""), (6, "notice"), (28, "notice")] {
            let mut course = running("a", "2024-01-08", "2024-06-30");
            follow_up(&mut course, "2024-02-05", json!({"days_absent": away}));
            expect_levels(&course, "absence", &[("2024-02-04", ""), ("2024-02-05", level), ("2024-02-06", level)]);
        }
        let mut course = running("a", "2024-01-08", "2024-06-30");
        follow_up(&mut course, "2024-01-12", json!({"days_absent": 2}));
        expect_levels(&course, "absence", &[("2024-01-12", "")]);
        follow_up(&mut course, "2024-02-05", json!({"days_absent": 6}));
        follow_up(&mut course, "2024-02-20", json!({"phase": "stagnation"}));
        follow_up(&mut course, "2024-03-04", json!({"days_absent": 4}));
        expect_levels(&course, "absence", &[("2024-03-03", "notice"), ("2024-03-04", "warning")]);
        follow_up(&mut course, "2024-04-01", json!({"days_absent": 0}));
        expect_levels(&course, "absence", &[("2024-04-01", "")]);
    }

    #[test]
    fn days_in_pause_are_left_out_of_the_days_since_the_last_follow_up() {
        // Four of 28 days are few; of the seven that were not in pause they are many.
        for (paused, level) in [(None, ""), (Some(Some("2024-01-29")), "notice"), (Some(None), "")] {
            let mut course = running("a", "2024-01-08", "2024-06-30");
            let pauses = paused.map(|to| pause("illness", "2024-01-09", to));
            course.internships[0].pauses = pauses.into_iter().collect();
            follow_up(&mut course, "2024-02-05", json!({"days_absent": 4}));
            expect_levels(&course, "absence", &[("2024-02-05", level)]);
        }
    }
}
