//! `training-without-learning` (L2): people remembered training as merely *keeping us busy*. Half of the first agreed period is
//! over and no skill has improved; then the whole. An extension does not clear it, learning does. Whoever was away has not been kept
//! busy: of a paused period half of the days present have to be over.

use crate::domain::{
    internships::{course::Course, internship::Internship, purpose::InternshipType},
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
    values::{
        day::{Period, days_in, plus},
        localized::localized,
        text::folded,
        working_days::plus_days_but,
    },
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("training-without-learning"),
    about: About::Internship,
    basis: Basis::Reference("BAB § 60(2) no. 2 (L2)"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("Ingen af færdighederne har flyttet sig endnu.", "None of the skills has moved yet."),
        why: (
            "En træningspraktik uden læring er bare beskæftigelse.",
            "A training internship without learning is merely keeping busy.",
        ),
        now: (
            "Aftal med virksomheden, hvem der lærer borgeren hvad – eller stop, og find et sted, hvor der er noget at lære.",
            "Agree with the company on who teaches what – or stop, and find a place where there is something to learn.",
        ),
    },
    resolution: cleared_or_closed,
    until_seen: false,
};

/// Whether a follow-up has put a skill above where it stood when the training was agreed.
fn has_learned(internship: &Internship) -> bool {
    let agreed = || internship.versions().flat_map(|version| version.terms.purpose.skills.iter().flatten());
    internship.held().flat_map(|held| held.record.skills.iter().flatten()).any(|now| {
        let same = |named: &str| folded(named) == folded(now.skill.as_str());
        agreed().find(|skill| same(skill.skill.as_str())).is_some_and(|begun| now.now.get() > begun.now.get())
    })
}

/// The day after half of the days present; a pause late in the period makes it no earlier than half of the calendar.
fn half_gone(internship: &Internship, whole: Period, figures: &Figures) -> NaiveDate {
    let away: Vec<Period> = internship.pauses.iter().map(|pause| pause.waited_for(figures)).collect();
    let half = |days: i64| (days + 1) / 2;
    let present = whole.days() - days_in(&away.iter().filter_map(|days| days.shared(&whole)).collect::<Vec<_>>());
    let before = plus(whole.first, -1);
    plus(plus_days_but(before, half(present), &away).max(plus(before, half(whole.days()))), 1)
}

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    let open = course.internships.iter().filter(|internship| internship.is_open());
    open.filter(|internship| internship.standing().terms.kind() == InternshipType::Training && !has_learned(internship))
        .filter_map(|internship| {
            let started = internship.started_on?;
            let end = internship.first.terms.period.last.max(started);
            let half = half_gone(internship, Period { first: started, last: end }, figures);
            Some(Finding {
                subject: Subject::Internship(internship.id.clone()),
                occasion: String::new(),
                steps: two_steps([half, end.max(half)], [&[Audience::Consultant], &[Audience::Consultant]]),
                evidence: vec![
                    compared(localized("Praktik", "Internship"), &internship.reference),
                    compared(localized("Begyndt", "Begun"), started),
                    compared(localized("Første aftalte slutdato", "First agreed end"), end),
                    compared(localized("Halvdelen er gået", "Half of it has gone"), half),
                    compared(localized("Opfølgninger indtil nu", "Follow-ups so far"), internship.held().count()),
                ],
                paused: false,
                until: None,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::{input::read, internships::course::Course, testing::*, values::day::plus};
    use serde_json::json;

    fn training(first: &str, last: &str) -> Course {
        let mut course = running("a", first, last);
        let purpose = json!({"kind": "training", "skills": [{"skill": "Kundebetjening", "now": 2, "target": 4}]});
        course.internships[0].first.terms.purpose = read(&purpose).unwrap();
        course
    }

    #[test]
    fn half_of_the_first_period_and_its_end_whatever_it_is_extended_to() {
        // 91 days from 2024-01-08: 46 have gone on the morning of 2024-02-23.
        let mut course = training("2024-01-08", "2024-04-07");
        let days = [
            ("2024-02-22", ""),
            ("2024-02-23", "notice"),
            ("2024-02-24", "notice"),
            ("2024-04-06", "notice"),
            ("2024-04-07", "warning"),
            ("2024-04-08", "warning"),
        ];
        expect_levels(&course, "training-without-learning", &days);
        extend_first(&mut course, "2024-02-01", "2024-06-30");
        course.internships[0].later[0].terms.purpose = course.internships[0].first.terms.purpose.clone();
        expect_levels(&course, "training-without-learning", &days);
    }

    #[test]
    fn a_skill_that_has_moved_clears_it_however_it_is_written() {
        for (skill, now, level) in [("kundebetjening ", 3, ""), ("Kundebetjening", 2, "notice"), ("Kasse", 4, "notice")] {
            let mut course = training("2024-01-08", "2024-04-07");
            follow_up(&mut course, "2024-02-20", json!({"skills": [{"skill": skill, "now": now}]}));
            expect_levels(&course, "training-without-learning", &[("2024-02-23", level)]);
        }
        let course = running("a", "2024-01-08", "2024-04-07");
        expect_levels(&course, "training-without-learning", &[("2024-04-07", "")]);
    }

    #[test]
    fn of_a_paused_period_half_of_the_days_present_are_over() {
        for (from, to, half) in [
            // 70 days present: the 35th is 2024-03-03.
            ("2024-01-15", Some("2024-02-04"), "2024-03-04"),
            // Late in the period it makes half no earlier than that of the calendar.
            ("2024-03-11", Some("2024-03-31"), "2024-02-23"),
            // An open one is waited for four weeks.
            ("2024-01-15", None, "2024-03-08"),
        ] {
            let mut course = training("2024-01-08", "2024-04-07");
            course.internships[0].pauses = vec![pause("holiday", from, to)];
            let before = plus(day(half), -1).to_string();
            let days = [(before.as_str(), ""), (half, "notice"), ("2024-04-06", "notice"), ("2024-04-07", "warning")];
            expect_levels(&course, "training-without-learning", &days);
        }
    }
}
