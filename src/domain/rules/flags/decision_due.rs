//! `decision-due` (S7): a clear either–or works. A hiring decision has a date; the company is reminded and asked to answer *hire*
//! or *no*; silence escalates. An answer of *more time* keeps the flag. A date that is replaced after it passed, or a second time,
//! without an answer closes the flag as unanswered: else a date that is moved each time it comes would never be answered. Where dates
//! are moved before anybody was reminded of them, no flag stood that could close: the next one then stands from the move on.

use crate::domain::{
    internships::{
        course::Course,
        internship::{AnswerKind, Internship},
    },
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, FlagStep, Level, Resolution, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared_or_closed},
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{
        localized::localized,
        working_days::{beside, beside_but},
    },
};
use chrono::NaiveDate;

/// What is said until the date.
pub const AHEAD: (&str, &str) =
    ("Virksomheden skal snart svare på, om den ansætter.", "The company is soon to answer whether it hires.");

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("decision-due"),
    about: About::Internship,
    basis: Basis::Figure("decision_due_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("Virksomheden har ikke svaret på, om den ansætter.", "The company has not answered whether it hires."),
        why: (
            "En dato for svar virker, når nogen holder fast i den. Tavshed ender som regel i endnu en forlængelse.",
            "A date for the answer works when someone insists on it. Silence mostly ends in one more extension.",
        ),
        now: ("Ring til virksomheden, og få et svar: ansættelse eller nej.", "Call the company and get an answer: hire, or no."),
    },
    resolution,
    until_seen: false,
};

fn resolution(course: &Course, subject: &Subject, occasion: &str, today: NaiveDate) -> Resolution {
    if let Subject::Internship(id) = subject
        && let Some(internship) = course.internship(id)
        && internship.is_open()
        && let Ok(date) = occasion.parse::<NaiveDate>()
        && internship.decision_on() != Some(date)
        && !is_answered(internship, date)
        && ((date < today && stood_when_it_passed(internship, date)) || replaced_unanswered(internship, date) > 1)
    {
        return Resolution::Unanswered;
    }
    cleared_or_closed(course, subject, occasion, today)
}

fn is_answered(internship: &Internship, date: NaiveDate) -> bool {
    internship.answers.iter().any(|answer| answer.decision_on == Some(date) && answer.answer != AnswerKind::MoreTime)
}

/// How many dates have been replaced without an answer, up to and including this one.
fn replaced_unanswered(internship: &Internship, date: NaiveDate) -> usize {
    let in_force = internship.versions().filter(|version| version.in_force_since().is_some());
    let mut dates: Vec<NaiveDate> = in_force.filter_map(|version| version.terms.decision_on).collect();
    dates.dedup();
    let until = dates.iter().rposition(|own| *own == date).map_or(0, |last| last + 1);
    dates.iter().take(until).filter(|own| !is_answered(internship, **own)).count()
}

/// Since when the present date stands, where it is the third at the least without an answer and the one before it was replaced before
/// its first reminder.
fn slipped_since(internship: &Internship, date: NaiveDate, figures: &Figures) -> Option<NaiveDate> {
    let [first_reminder, ..] = figures.decision_due_steps;
    let mut before = None;
    for version in internship.versions() {
        let (Some(since), Some(own)) = (version.in_force_since(), version.terms.decision_on) else { continue };
        if own == date {
            let unseen = before.is_some_and(|replaced| since < beside(replaced, first_reminder));
            return before.filter(|replaced| unseen && replaced_unanswered(internship, *replaced) > 1).map(|_| since);
        }
        before = Some(own);
    }
    None
}

/// Whether the date was still current at the end of its day: the schedule may run only days after it was replaced.
fn stood_when_it_passed(internship: &Internship, date: NaiveDate) -> bool {
    let standing = internship.versions().rev().find(|version| version.in_force_since().is_some_and(|since| since <= date));
    standing.is_some_and(|version| version.terms.decision_on == Some(date))
}

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    use Audience::{CompanyContact, Consultant, Liaison, TeamLeader};
    let open = course.internships.iter().filter(|internship| {
        internship.is_open() && internship.answered().is_none() && !course.hire_agreed_since(internship, figures)
    });
    open.filter_map(|internship| {
        let (date, started) = (internship.decision_on()?, internship.started_on?);
        let away = internship.company_away(figures);
        let step = |days: &i64| {
            let (level, audience) = match days {
                7.. => (Level::Alarm, vec![CompanyContact, Consultant, Liaison, TeamLeader]),
                1.. => (Level::Warning, vec![CompanyContact, Consultant, Liaison]),
                _ => (Level::Notice, vec![CompanyContact]),
            };
            FlagStep { level, on: beside_but(date, *days, &away).max(started), audience }
        };
        let slipped = slipped_since(internship, date, figures);
        let told_at_once = slipped.map(|on| FlagStep { level: Level::Warning, on: on.max(started), audience: vec![TeamLeader] });
        let ladder = figures.decision_due_steps.iter().map(step);
        let lowest = if slipped.is_some() { Level::Warning } else { Level::Notice };
        let ladder = ladder.map(|step| FlagStep { level: step.level.max(lowest), ..step });
        Some(Finding {
            subject: Subject::Internship(internship.id.clone()),
            occasion: date.to_string(),
            steps: told_at_once.into_iter().chain(ladder).collect(),
            evidence: vec![
                compared(localized("Praktik", "Internship"), &internship.reference),
                compared(localized("Dato for svar", "Decision date"), date),
                compared(localized("Slutter", "Ends"), internship.last_day()),
                compared(localized("Svar indtil nu", "Answers so far"), internship.answers.len()),
            ],
            paused: false,
            until: None,
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::domain::values::ids::InternshipId;
    use crate::domain::{
        internships::internship::{Answer, AnswerKind},
        rules::flags::finding::{Resolution, Subject},
        testing::*,
    };

    #[test]
    fn the_company_is_reminded_and_silence_is_escalated() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        decide_on(&mut course, "2024-03-25");
        expect_levels(
            &course,
            "decision-due",
            &[
                ("2024-03-10", ""),
                ("2024-03-11", "notice"),
                ("2024-03-25", "notice"),
                // Maundy Thursday, Good Friday and Easter Monday lie between.
                ("2024-04-01", "notice"),
                ("2024-04-02", "warning"),
                ("2024-04-07", "warning"),
                ("2024-04-08", "alarm"),
            ],
        );
        expect_step(
            &course,
            "decision-due",
            &[("2024-03-11", 0), ("2024-03-17", 0), ("2024-03-18", 1), ("2024-03-24", 1), ("2024-03-25", 2)],
        );
        // Fourteen and seven days before a Sunday: the Fridays before.
        let mut course = running("a", "2024-01-08", "2024-04-07");
        decide_on(&mut course, "2024-03-10");
        expect_step(
            &course,
            "decision-due",
            &[("2024-02-23", 0), ("2024-02-29", 0), ("2024-03-01", 1), ("2024-03-10", 2), ("2024-03-13", 3)],
        );
    }

    #[test]
    fn days_on_which_the_company_is_away_do_not_count_after_the_date() {
        let mut course = running("a", "2024-04-08", "2024-07-07");
        decide_on(&mut course, "2024-07-01");
        course.internships[0].closures = vec![closed("2024-06-24", "2024-07-12")];
        expect_levels(
            &course,
            "decision-due",
            &[("2024-06-17", "notice"), ("2024-07-16", "notice"), ("2024-07-17", "warning"), ("2024-07-23", "alarm")],
        );
        expect_step(&course, "decision-due", &[("2024-06-24", 1), ("2024-07-01", 2)]);
        // So is a pause that the place caused; the citizen's own holiday is none of the company's.
        course.internships[0].closures.clear();
        for (kind, level) in [("closure", "notice"), ("holiday", "alarm")] {
            course.internships[0].pauses = vec![pause(kind, "2024-06-24", Some("2024-07-12"))];
            expect_levels(&course, "decision-due", &[("2024-07-16", level)]);
        }
    }

    #[test]
    fn a_date_moved_a_second_time_without_an_answer_closes_as_unanswered() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        decide_on(&mut course, "2024-02-05");
        for (on, next) in [("2024-02-05", "2024-02-26"), ("2024-02-26", "2024-03-18")] {
            extend_first(&mut course, on, "2024-04-07");
            let moved = course.internships[0].later.last_mut().unwrap();
            moved.terms.decision_on = Some(day(next));
        }
        let subject = Subject::Internship(InternshipId::stored("a"));
        let resolution = |course: &_, date| (RULE.resolution)(course, &subject, date, day("2024-02-26"));
        assert_eq!(resolution(&course, "2024-02-05"), Resolution::Cleared, "moved once, before it passed");
        assert_eq!(resolution(&course, "2024-02-26"), Resolution::Unanswered);
        let mut answer = Answer {
            id: crate::domain::values::ids::AnswerId::stored("answer"),
            answer: AnswerKind::MoreTime,
            words: None,
            on: day("2024-02-05"),
            decision_on: Some(day("2024-02-05")),
            given_by: None,
            first_day: None,
            weekly_hours: None,
        };
        course.internships[0].answers.push(answer.clone());
        assert_eq!(resolution(&course, "2024-02-26"), Resolution::Unanswered, "more time is no answer");
        answer.answer = AnswerKind::No;
        course.internships[0].answers.push(answer);
        assert_eq!(resolution(&course, "2024-02-26"), Resolution::Cleared, "the first was answered");
    }

    #[test]
    fn dates_moved_ahead_of_every_reminder_are_told_the_team_leader_from_the_second_on() {
        let mut course = running("a", "2024-01-08", "2024-06-30");
        decide_on(&mut course, "2024-03-01");
        let mut move_on = |on: &str, next: &str| {
            extend_first(&mut course, on, "2024-06-30");
            course.internships[0].later.last_mut().unwrap().terms.decision_on = Some(day(next));
            course.clone()
        };
        // Fifteen days before the date nobody has been reminded of it.
        let once = move_on("2024-02-15", "2024-04-01");
        expect_levels(&once, "decision-due", &[("2024-02-15", ""), ("2024-03-15", ""), ("2024-03-18", "notice")]);
        let twice = move_on("2024-03-15", "2024-05-01");
        let days = [("2024-03-15", "warning"), ("2024-04-17", "warning"), ("2024-05-06", "warning"), ("2024-05-13", "alarm")];
        expect_levels(&twice, "decision-due", &days);
        expect_step(&twice, "decision-due", &[("2024-04-16", 0), ("2024-04-17", 1), ("2024-05-01", 3)]);
        // The third is replaced when the company has been reminded: its flag closes, and the next begins as usual.
        let thrice = move_on("2024-04-20", "2024-06-01");
        expect_levels(&thrice, "decision-due", &[("2024-04-20", ""), ("2024-05-17", "notice")]);
        // Whoever has answered is asked no more.
        let mut answered = twice;
        answer_with(&mut answered, "no", "2024-03-20");
        expect_levels(&answered, "decision-due", &[("2024-03-21", "")]);
    }

    #[test]
    fn an_answer_closes_it_and_more_time_keeps_it() {
        for (answer, level) in [("hire", ""), ("no", ""), ("more-time", "notice")] {
            let mut course = running("a", "2024-01-08", "2024-04-07");
            decide_on(&mut course, "2024-03-25");
            answer_with(&mut course, answer, "2024-03-20");
            expect_levels(&course, "decision-due", &[("2024-03-26", level)]);
        }
    }

    #[test]
    fn a_date_replaced_after_it_passed_closes_as_unanswered_whenever_that_is_seen() {
        for (replaced, expected) in [
            ("2024-03-20", Resolution::Cleared),
            ("2024-03-25", Resolution::Cleared),
            ("2024-03-26", Resolution::Unanswered),
            ("2024-03-28", Resolution::Unanswered),
        ] {
            let mut course = running("a", "2024-01-08", "2024-04-07");
            decide_on(&mut course, "2024-03-25");
            extend_first(&mut course, replaced, "2024-05-05");
            course.internships[0].later[0].terms.decision_on = Some("2024-04-29".parse().unwrap());
            let subject = Subject::Internship(InternshipId::stored("a"));
            let resolution = RULE.resolution;
            for seen in ["2024-03-28", "2024-04-20"] {
                assert_eq!(
                    resolution(&course, &subject, "2024-03-25", seen.parse().unwrap()),
                    expected,
                    "replaced {replaced}, seen {seen}"
                );
            }
        }
    }
}
