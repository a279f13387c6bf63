//! `commitment-broken` (S5, S7, S18): the company promised a job, in a written commitment or by answering *we hire*, the latest first day
//! has passed, and no hire there is recorded. An extension was bought with that word, so breaking it is said aloud. An answer *we hire*
//! names no day; its job begins at the latest when the internship has ended.

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
            flag_rule::{Basis, Evaluate, FlagRule, Wording},
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{
        localized::{Localized, localized},
        working_days::plus_working_days_but,
    },
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("commitment-broken"),
    about: About::Internship,
    basis: Basis::Figure("commitment_broken_days"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: (
            "Virksomheden har lovet et job, dagen er passeret, og der er ikke registreret en ansættelse.",
            "The company promised a job, its day has passed, and no hire is recorded.",
        ),
        why: (
            "Tilsagnet var grunden til, at praktikken fortsatte. Uden jobbet har borgeren arbejdet gratis.",
            "The promise was the reason for going on. Without the job the citizen has worked for nothing.",
        ),
        now: (
            "Ring til virksomheden. Registrér ansættelsen, eller aftal med borgeren, hvad der nu skal ske.",
            "Call the company. Record the hire, or agree with the citizen on what happens now.",
        ),
    },
    resolution: |_, _, _, _| Resolution::Cleared,
    until_seen: false,
};

/// What a company has promised.
struct Promise {
    /// Since when it stands.
    on: NaiveDate,
    latest_first_day: NaiveDate,
    /// Position, or the company's answer, as evidence.
    what: Localized,
}

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    course.internships.iter().filter_map(|internship| of_internship(course, internship, figures)).collect()
}

/// The newest promise of an internship: a new one takes the place of the one before.
fn promise(internship: &Internship) -> Option<Promise> {
    let written = internship.versions().filter_map(|version| {
        let commitment = version.papers.as_ref()?.commitment.as_ref()?;
        Some(Promise {
            on: version.in_force_since()?,
            latest_first_day: commitment.latest_first_day,
            what: localized(commitment.position.as_str(), commitment.position.as_str()),
        })
    });
    let answered = internship.answers.last().filter(|answer| answer.answer == AnswerKind::Hire).map(|answer| Promise {
        on: answer.on,
        latest_first_day: answer.first_day.unwrap_or_else(|| internship.last_day().max(answer.on)),
        what: answer.answer.label(),
    });
    written.chain(answered).max_by_key(|promise| (promise.on, promise.latest_first_day))
}

fn of_internship(course: &Course, internship: &Internship, figures: &Figures) -> Option<Finding> {
    use Audience::{Consultant, Liaison, TeamLeader};
    let promise = promise(internship)?;
    // A job elsewhere asks for this one no more.
    let kept = course.hires(figures, NaiveDate::MAX).any(|hire| {
        hire.from.as_ref() == Some(&internship.id) || (hire.recorded_on >= promise.on && hire.first_day >= promise.on)
    });
    (!kept && internship.cancelled_on.is_none()).then(|| Finding {
        subject: Subject::Internship(internship.id.clone()),
        occasion: promise.latest_first_day.to_string(),
        steps: vec![FlagStep {
            level: Level::Warning,
            on: plus_working_days_but(
                promise.latest_first_day,
                figures.commitment_broken_days,
                &internship.company_away(figures),
            ),
            audience: vec![Consultant, Liaison, TeamLeader],
        }],
        evidence: vec![
            compared(localized("Praktik", "Internship"), &internship.reference),
            compared(localized("Lovet", "Promised"), promise.what),
            compared(localized("Lovet den", "Promised on"), promise.on),
            compared(localized("Seneste første dag", "Latest first day"), promise.latest_first_day),
            compared(localized("Ansættelse registreret", "Hire recorded"), localized("nej", "no")),
        ],
        paused: false,
        until: None,
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::{
        input::read,
        internships::{alignment::ExtensionPapers, course::Course, outcome::OutcomeStep},
        testing::*,
    };
    use serde_json::json;

    fn promised(latest_first_day: &str) -> Course {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        extend_first(&mut course, "2024-04-02", "2024-06-30");
        let commitment =
            json!({"position": "Sælger", "weekly_hours": 30, "latest_first_day": latest_first_day, "condition": "Kørekort"});
        course.internships[0].later[0].papers =
            Some(ExtensionPapers { commitment: Some(read(&commitment).unwrap()), ..ExtensionPapers::default() });
        course
    }

    #[test]
    fn three_working_days_after_the_latest_first_day_until_a_hire_or_a_new_commitment() {
        // A Saturday.
        let mut course = promised("2024-06-01");
        expect_levels(&course, "commitment-broken", &[("2024-06-04", ""), ("2024-06-06", "warning"), ("2025-01-01", "warning")]);
        end(&mut course, "a", "2024-06-30");
        expect_levels(&course, "commitment-broken", &[("2024-07-05", "warning")]);
        course.outcomes.push(outcome(Some("a"), OutcomeStep::OrdinaryPartTime, Some("here"), "2024-07-01"));
        expect_levels(&course, "commitment-broken", &[("2024-07-05", "")]);
    }

    #[test]
    fn we_hire_and_then_nothing_is_a_broken_word() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        answer_with(&mut course, "hire", "2024-03-25");
        expect_levels(&course, "commitment-broken", &[("2024-04-09", ""), ("2024-04-10", "warning")]);
        answer_with(&mut course, "no", "2024-04-11");
        expect_levels(&course, "commitment-broken", &[("2024-04-11", "")]);
    }

    #[test]
    fn a_new_commitment_takes_the_place_of_the_one_before() {
        let mut course = promised("2024-06-01");
        let mut next = course.internships[0].later[0].clone();
        (next.number, next.terms.period.last) = (3, day("2024-09-29"));
        for confirmation in &mut next.confirmations {
            confirmation.on = day("2024-06-20");
        }
        if let Some(commitment) = next.papers.as_mut().and_then(|papers| papers.commitment.as_mut()) {
            commitment.latest_first_day = day("2024-10-01");
        }
        course.internships[0].later.push(next);
        expect_levels(&course, "commitment-broken", &[("2024-06-30", ""), ("2024-10-04", "warning")]);
    }

    #[test]
    fn days_on_which_the_company_is_closed_do_not_count() {
        let mut course = promised("2024-07-05");
        course.internships[0].closures = vec![closed("2024-07-08", "2024-07-26")];
        expect_levels(&course, "commitment-broken", &[("2024-07-30", ""), ("2024-07-31", "warning")]);
    }
}
