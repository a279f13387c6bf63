//! `start-not-recorded` (S1, S5): all three have confirmed, the first day has come, and nobody has recorded a start. Either the citizen
//! is there, and everything that counts days is blind, or nothing came of it, and nobody has said so. It stands until one of the two
//! is recorded, and says what the start gate still misses.

use crate::domain::{
    internships::{course::Course, gate, internship::Internship},
    rules::{
        about::About,
        evidence::{compared, listed},
        flags::{
            finding::{Audience, Finding, Subject},
            flag_rule::{Basis, Evaluate, FlagRule, Wording, cleared_or_closed},
            steps::three_steps,
        },
        rule_id::RuleId,
        rulebook::Figures,
    },
    values::{localized::localized, working_days::plus_working_days},
};
use chrono::NaiveDate;

pub const RULE: FlagRule = FlagRule {
    id: RuleId::new("start-not-recorded"),
    about: About::Internship,
    basis: Basis::Figure("start_not_recorded_steps"),
    evaluate: Evaluate::Course(evaluate),
    words: Wording {
        what: (
            "Den første dag er passeret, og det er ikke registreret, om praktikken er begyndt.",
            "The first day has passed, and it is not recorded whether the internship has begun.",
        ),
        why: (
            "Så længe starten ikke er registreret, bliver der hverken fulgt op eller talt dage.",
            "While no start is recorded, nothing is followed up and no day is counted.",
        ),
        now: (
            "Registrér starten med den dag, borgeren mødte – eller aflys praktikken.",
            "Record the start with the day on which the citizen came – or cancel the internship.",
        ),
    },
    resolution: cleared_or_closed,
    until_seen: false,
};

fn evaluate(course: &Course, figures: &Figures, _: NaiveDate) -> Vec<Finding> {
    let waiting = course.internships.iter().filter(|internship| internship.is_waiting());
    waiting.filter(|internship| internship.newest().unconfirmed().is_empty()).map(|own| of_internship(own, figures)).collect()
}

fn of_internship(internship: &Internship, figures: &Figures) -> Finding {
    use Audience::{Consultant, TeamLeader};
    let first_day = internship.newest().terms.period.first;
    let missing = listed(gate::missing(internship).into_iter().map(|lack| lack.what.label()));
    Finding {
        subject: Subject::Internship(internship.id.clone()),
        occasion: first_day.to_string(),
        steps: three_steps(
            figures.start_not_recorded_steps.map(|days| plus_working_days(first_day, days)),
            [&[Consultant], &[Consultant, TeamLeader], &[Consultant, TeamLeader]],
        ),
        evidence: vec![
            compared(localized("Praktik", "Internship"), &internship.reference),
            compared(localized("Aftalt første dag", "Agreed first day"), first_day),
            compared(
                localized("Mangler for at begynde", "Missing for the start"),
                if missing.da.is_empty() { localized("–", "–") } else { missing },
            ),
        ],
        paused: false,
        until: None,
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::{internships::alignment::Party, testing::*};

    #[test]
    fn one_three_and_ten_working_days_after_the_agreed_first_day() {
        // A Thursday; the week after begins on the 15th.
        let mut course = waiting("2024-01-02", "2024-01-11", Party::ALL);
        expect_levels(
            &course,
            "start-not-recorded",
            &[
                ("2024-01-11", ""),
                ("2024-01-12", "notice"),
                ("2024-01-15", "notice"),
                ("2024-01-16", "warning"),
                ("2024-01-24", "warning"),
                ("2024-01-25", "alarm"),
                // Long after the period has gone by.
                ("2024-12-02", "alarm"),
            ],
        );
        course.internships[0].started_on = Some(day("2024-01-11"));
        expect_levels(&course, "start-not-recorded", &[("2024-01-25", "")]);
    }

    #[test]
    fn while_somebody_has_not_confirmed_it_is_another_flag_and_cancelled_is_none() {
        let mut course = waiting("2024-01-02", "2024-01-11", &[Party::Citizen]);
        expect_levels(&course, "start-not-recorded", &[("2024-01-25", "")]);
        expect_levels(&course, "alignment-missing", &[("2024-01-25", "alarm")]);
        course = waiting("2024-01-02", "2024-01-11", Party::ALL);
        course.internships[0].cancelled_on = Some(day("2024-01-12"));
        expect_levels(&course, "start-not-recorded", &[("2024-01-25", "")]);
    }
}
