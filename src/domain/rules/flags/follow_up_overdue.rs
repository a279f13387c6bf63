//! `follow-up-overdue` (L19): a follow-up is a duty. The consultant, then the team leader, is told of one that is past its date,
//! until it is held, moved or cancelled.

use crate::domain::{
    internships::course::Course,
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared_or_closed},
            steps::two_steps,
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{localized::localized, working_days::plus_working_days},
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("follow-up-overdue"),
    about: About::Internship,
    basis: Basis::Figure("follow_up_overdue_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("En opfølgning er ikke holdt til tiden.", "A follow-up was not held in time."),
        why: (
            "Det, der går skævt i en praktik, ses først ved opfølgningen – og den er en pligt.",
            "What goes wrong in an internship is first seen at the follow-up – and it is a duty.",
        ),
        now: ("Hold opfølgningen nu, eller flyt den til en ny dato.", "Hold the follow-up now, or move it to a new date."),
    },
    resolution: cleared_or_closed,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    use Audience::{Consultant, TeamLeader};
    let open = course.internships.iter().filter(|internship| internship.is_open());
    open.flat_map(|internship| internship.follow_ups.iter().map(move |follow_up| (internship, follow_up)))
        .filter(|(_, follow_up)| follow_up.is_open())
        .map(|(internship, follow_up)| Finding {
            subject: Subject::Internship(internship.id.clone()),
            // A new date is a new occasion.
            occasion: format!("{} {}", follow_up.id, follow_up.due_on),
            steps: two_steps(
                figures.follow_up_overdue_steps.map(|days| plus_working_days(follow_up.due_on, days)),
                [&[Consultant], &[Consultant, TeamLeader]],
            ),
            evidence: vec![
                compared(localized("Praktik", "Internship"), &internship.reference),
                compared(localized("Opfølgning skulle holdes", "Follow-up was due"), follow_up.due_on),
                compared(localized("Hvorfor den er planlagt", "Why it is planned"), follow_up.kind.label()),
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
    fn three_and_ten_working_days_past_its_date_over_the_end_of_summer_time() {
        let mut course = running("a", "2024-10-01", "2024-12-30");
        plan_follow_up(&mut course, "2024-10-25");
        expect_levels(
            &course,
            "follow-up-overdue",
            &[("2024-10-29", ""), ("2024-10-30", "notice"), ("2024-11-07", "notice"), ("2024-11-08", "warning")],
        );
        course.internships[0].follow_ups[0].due_on = "2024-11-20".parse().unwrap();
        expect_levels(&course, "follow-up-overdue", &[("2024-11-08", ""), ("2024-11-25", "notice")]);
        course.internships[0].follow_ups[0].cancelled_on = Some("2024-11-23".parse().unwrap());
        expect_levels(&course, "follow-up-overdue", &[("2024-11-23", "")]);
    }

    #[test]
    fn one_that_was_held_or_whose_internship_has_ended_is_not_overdue() {
        let mut course = running("a", "2023-12-31", "2024-03-30");
        follow_up(&mut course, "2024-01-04", serde_json::json!({}));
        expect_levels(&course, "follow-up-overdue", &[("2024-01-14", "")]);
        plan_follow_up(&mut course, "2024-02-26");
        expect_levels(&course, "follow-up-overdue", &[("2024-02-28", ""), ("2024-02-29", "notice")]);
        end(&mut course, "a", "2024-02-29");
        expect_levels(&course, "follow-up-overdue", &[("2024-02-29", "")]);
    }
}
