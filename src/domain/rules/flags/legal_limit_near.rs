//! `legal-limit-near` (L5, L6): the stay nears day 182, or a later limit of 91 days more; beyond it a special need has to be
//! stated and assessed again. It clears when the limit is passed or the stay is extended beyond it. Stays of the job-ready cannot
//! be extended (L3) and are not flagged.

use crate::domain::{
    internships::{
        course::{Course, Stay},
        internship::Internship,
    },
    rules::{
        about::About,
        evidence::compared,
        flags::{
            finding::{Audience, Finding, FlagStep, Level, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared_or_closed},
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
    id: RuleId::new("legal-limit-near"),
    about: About::Internship,
    basis: Basis::Figure("legal_limit_near_days"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: ("Praktikken nærmer sig en lovlig grænse.", "The internship nears a legal limit."),
        why: (
            "Ud over grænsen kræves et ganske særligt behov, som vurderes på ny.",
            "Beyond the limit a quite special need is required, assessed anew.",
        ),
        now: (
            "Aftal nu, hvad der skal ske: ansættelse, en anden vej – eller en ny vurdering i god tid.",
            "Settle now what is to happen: a job, another road – or a new assessment in good time.",
        ),
    },
    resolution: cleared_or_closed,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, today: NaiveDate) -> Vec<Finding> {
    let job_ready = course.citizen.is_job_ready(figures);
    let open = course.internships.iter().filter(|internship| internship.is_open() && !job_ready);
    open.filter_map(|internship| of_internship(course, internship, figures, today)).collect()
}

fn of_internship(course: &Course, internship: &Internship, figures: &Figures, today: NaiveDate) -> Option<Finding> {
    let stay = internship.stay()?;
    let before = course.days_before(Stay::of(internship), figures, true);
    let days: Vec<Period> = before.iter().copied().chain([stay]).collect();
    let (first, step) = (figures.without_special_need_days, figures.special_need_step_days.max(1));
    let beyond = (days_in(&days) - first).max(0);
    let limit = first + (beyond + step - 1) / step * step;
    // As if the stay went on: the day of the limit, and the day on which it comes near.
    let going_on: Vec<Period> = before.into_iter().chain([Period { first: stay.first, last: plus(stay.first, limit) }]).collect();
    let on = nth_day(&going_on, limit)?;
    let near = plus(on, -figures.legal_limit_near_days).max(stay.first);
    (near <= stay.last && today <= on).then(|| Finding {
        subject: Subject::Internship(internship.id.clone()),
        occasion: limit.to_string(),
        steps: vec![FlagStep { level: Level::Notice, on: near, audience: vec![Audience::Consultant] }],
        evidence: vec![
            compared(localized("Praktik", "Internship"), &internship.reference),
            compared(localized("Grænse i dage", "Limit in days"), limit),
            compared(localized("Dagen for grænsen", "The limit's day"), on),
            compared(localized("Slutter nu", "Ends now"), stay.last),
        ],
        paused: false,
        until: Some(plus(on, 1)),
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    #[test]
    fn three_weeks_before_day_182_over_a_leap_day_until_it_is_passed() {
        // Begun 2024-01-08: day 182 is 2024-07-07, three weeks before it is 2024-06-16.
        let course = running("a", "2024-01-08", "2024-07-07");
        expect_levels(
            &course,
            "legal-limit-near",
            &[
                ("2024-06-15", ""),
                ("2024-06-16", "notice"),
                ("2024-06-17", "notice"),
                ("2024-07-07", "notice"),
                ("2024-07-08", ""),
            ],
        );
    }

    #[test]
    fn a_stay_that_ends_before_is_not_near_and_an_extension_beyond_makes_the_next_limit() {
        let course = running("a", "2024-01-08", "2024-06-15");
        expect_levels(&course, "legal-limit-near", &[("2024-06-15", "")]);
        let mut course = running("a", "2024-01-08", "2024-07-07");
        extend_first(&mut course, "2024-06-20", "2024-10-06");
        // Day 273 is 2024-10-06, over the end of summer time three weeks before is 2024-09-15.
        expect_levels(
            &course,
            "legal-limit-near",
            &[("2024-06-20", ""), ("2024-09-14", ""), ("2024-09-15", "notice"), ("2024-09-16", "notice"), ("2024-10-07", "")],
        );
    }

    #[test]
    fn the_job_ready_have_none() {
        let mut course = running("a", "2023-12-31", "2024-06-29");
        expect_levels(&course, "legal-limit-near", &[("2024-06-07", ""), ("2024-06-08", "notice")]);
        course.citizen.target_group = crate::domain::values::target_group::TargetGroup::parse("2").unwrap();
        expect_levels(&course, "legal-limit-near", &[("2024-06-08", "")]);
    }
}
